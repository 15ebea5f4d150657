"""Where everything is, for the open vault. Layer: bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ournydesk.bootstrap.files import write_chosen
from ournydesk.clock import Clock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.operations import OpId
from ournydesk.domain.whereabouts import CheckOut, Whereabouts
from ournydesk.domain.wire import Trouble
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import troubles, whereabouts


class LaptopWhere:
    """``ui.where_desk.WhereDesk`` on the vault that is open now."""

    def __init__(self, vault: Callable[[], OpenVault], words: WordBook, clock: Clock) -> None:
        self._vault, self._words, self._clock = vault, words, clock

    def where(self) -> Whereabouts:
        """How everything stands."""
        return whereabouts.whereabouts(self._vault(), self._words, self._clock)

    def check_out(self) -> CheckOut:
        """Whether the laptop can be handed back."""
        return whereabouts.check_out(self._vault(), self._words, self._clock)

    def look_again(self, op_id: OpId) -> None:
        """Try one that was refused or set aside once more."""
        whereabouts.look_again(op_id, vault=self._vault(), clock=self._clock)

    def save_aside(self, op_id: OpId, target: Path) -> None:
        """Its sealed bytes as a file."""
        operation = self._vault().operations.get(op_id)
        if operation is None or not operation.envelope:
            raise Refused("refused.empty")
        write_chosen(target, operation.envelope)

    def dismiss(self, trouble: Trouble) -> None:
        """Somebody has read it; an alarm needs :meth:`settle_alarm`."""
        if trouble.code in troubles.ALARMS:
            raise Refused("refused.alarm")
        troubles.dealt_with(trouble.code, trouble.about, vault=self._vault())

    def settle_alarm(self, trouble: Trouble, passphrase: str, by: str) -> None:
        """An alarm was looked into."""
        troubles.settle_alarm(
            trouble.code, trouble.about, passphrase, by, vault=self._vault(), clock=self._clock
        )
