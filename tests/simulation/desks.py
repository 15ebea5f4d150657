"""A desk of the simulated world: one vault, one clock that may be wrong, power that may go."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, cast

from ournydesk.domain.membership import Role
from ournydesk.domain.operations import DeviceId
from ournydesk.ports import OpenVault
from ournydesk.services.membership import identity_of
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault

PARTS: Final = (
    "forms",
    "blanks",
    "preferences",
    "membership",
    "keys",
    "operations",
    "outgoing",
    "intakes",
)
WRITES: Final = frozenset(
    (
        *("add", "adopt", "append", "carried", "destroy", "extend", "follow", "forget_payloads"),
        *("forget_record", "keep", "keep_group", "keep_record", "mark_handed_over", "mark_sealed", "mirror"),
        *("offered", "purge", "receive", "received", "remove", "set", "settle", "start", "unnumber"),
    )
)
"""The methods of a vault that write."""


class PowerCut(BaseException):
    """The laptop is off. Nothing of the product may catch it."""


@dataclass
class DeskClock:
    """The world's time as this laptop believes it."""

    world: TickingClock
    wrong_by: timedelta = timedelta()

    def now(self) -> datetime:
        return self.world.now() + self.wrong_by

    def today(self) -> date:
        return self.now().date()


@dataclass
class Desk:
    """One laptop and who sits at it."""

    name: str
    role: Role
    reads: bool
    vault: OpenVault
    clock: DeskClock
    marks: set[str] = field(default_factory=set)
    """What happened to it that changes what can be expected: revoked, restored, cloned."""

    @property
    def device(self) -> DeviceId:
        return identity_of(self.vault).device

    def powered_for(self, writes: int, work: Callable[[], None]) -> bool:
        """Do something with power for so many writes; whether the power went. The desk is open again."""
        whole = self.vault
        self.vault = cast("OpenVault", _Powered(whole, _Power(writes)))
        try:
            work()
        except PowerCut:
            self.vault = reopened(whole)
            return True
        self.vault = whole
        return False


def reopened(vault: OpenVault) -> OpenVault:
    """The vault after a start: what was written is there, and the mirror holds what waits again."""
    if not isinstance(vault, FakeOpenVault):
        return vault
    identity = vault.membership.identity()
    for operation in vault.operations.outbox(10_000, 10**9):
        if identity is not None and operation.header.dev == identity.device:
            vault.outgoing.mirror(operation.op_id, operation.envelope)
    kept = (vault.operations.get(name) for name in vault.outgoing.names())
    vault.outgoing.remove([one.op_id for one in kept if one is not None and one.n is not None])
    return vault


def copy_of(vault: OpenVault) -> FakeOpenVault:
    """A second vault with the same in it: yesterday's backup, or a cloned disk."""
    if not isinstance(vault, FakeOpenVault):
        raise TypeError("only a vault in memory is copied this way")
    other = FakeOpenVault(vault.card.name)
    other.card = vault.card
    for part in PARTS:
        mine, its = getattr(vault, part), getattr(other, part)
        for name, value in vars(mine).items():
            if isinstance(value, (dict, list, set)):
                setattr(its, name, copy.copy(value))
            elif not name.startswith(("_forms", "_operations", "_membership")):
                setattr(its, name, value)
    return other


@dataclass
class _Power:
    left: int

    def use(self) -> None:
        if self.left == 0:
            raise PowerCut
        self.left -= 1


class _Powered:
    """A vault, or a part of one, whose every write uses power."""

    def __init__(self, of: object, power: _Power) -> None:
        self._of = of
        self._power = power

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._of, name)
        if name in PARTS:
            return _Powered(found, self._power)
        if name not in WRITES:
            return found

        def write(*given: object, **named: object) -> object:
            self._power.use()
            return found(*given, **named)

        return write
