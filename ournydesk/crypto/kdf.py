"""How a passphrase becomes a key: Argon2id, between a floor and a ceiling. Layer: crypto. FORMAT.md §5."""
# ruff: noqa: PLC0415 - a header is read, and vaults are listed, without loading any cipher

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ournydesk.crypto.keys import SALT_BYTES, KeyEncryptionKey
from ournydesk.errors import Refused, Tampered

MIB: Final = 1024
"""KiB in a MiB: Argon2's memory cost is counted in KiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs: ``memory`` in KiB, passes over it, lanes side by side."""

    memory: int
    iterations: int
    lanes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The cheapest and the dearest derivation this desk will run.

    The floor stops a header edited to make guessing cheap; the ceiling one that would fill the
    laptop's memory. Both are checked before anything is derived.
    """

    floor: Cost
    ceiling: Cost

    def check(self, cost: Cost) -> None:
        """Raise Tampered when a cost stands outside the limits: nobody here ever wrote it."""
        inside = (
            self.floor.memory <= cost.memory <= self.ceiling.memory
            and self.floor.iterations <= cost.iterations <= self.ceiling.iterations
            and self.floor.lanes <= cost.lanes <= self.ceiling.lanes
        )
        if not inside:
            raise Tampered("vault.limits", memory=cost.memory, iterations=cost.iterations, lanes=cost.lanes)


POLICY: Final = Policy(
    # RFC 9106 §4, second recommended option.
    floor=Cost(memory=64 * MIB, iterations=3, lanes=4),
    ceiling=Cost(memory=1024 * MIB, iterations=10, lanes=8),
)
LONGEST_WAIT: Final = 1.0
"""Seconds an unlock may take on the laptop the vault is made on."""


def derive(passphrase: bytes, salt: bytes, cost: Cost, policy: Policy) -> KeyEncryptionKey:
    """The key a passphrase stands for. Takes about a second and the memory of ``cost``.

    Raises Tampered when the cost is outside the policy, Refused when the laptop has not that much
    memory left.
    """
    policy.check(cost)
    if len(salt) != SALT_BYTES:
        raise Tampered("vault.limits", salt=len(salt))
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    argon2 = Argon2id(
        salt=salt,
        length=KeyEncryptionKey.length,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    )
    try:
        return KeyEncryptionKey(argon2.derive(passphrase))
    except MemoryError as error:
        raise Refused("refused.memory", mebibytes=cost.memory // MIB) from error


def choose_cost(
    *,
    policy: Policy = POLICY,
    seconds: Callable[[Cost], float] | None = None,
    memory: int | None = None,
) -> Cost:
    """The largest of one, two and four times the floor's memory this laptop does in about a second.

    Never more than a quarter of ``memory`` (KiB of RAM, measured when not given), never less than
    the floor. ``seconds`` times one derivation.
    """
    timed = seconds or _seconds
    room = (_memory() if memory is None else memory) // 4
    chosen = policy.floor
    for times in (2, 4):
        larger = Cost(
            memory=policy.floor.memory * times,
            iterations=policy.floor.iterations,
            lanes=policy.floor.lanes,
        )
        if larger.memory > min(room, policy.ceiling.memory) or timed(chosen) * 2 > LONGEST_WAIT:
            break
        chosen = larger
    return chosen


def _seconds(cost: Cost) -> float:
    before = time.perf_counter()
    derive(b"measured, never kept", bytes(SALT_BYTES), cost, Policy(floor=cost, ceiling=cost)).forget()
    return time.perf_counter() - before


def _memory() -> int:
    """KiB of RAM, or 0 where the system does not say: then only the floor fits."""
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names or "SC_PAGE_SIZE" not in names:
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024
