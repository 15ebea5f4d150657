"""What the page “What is where” asks of the desk behind it. Layer: ui; all of it on the vault's lane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from ournydesk.domain.operations import OpId
    from ournydesk.domain.whereabouts import CheckOut, Whereabouts
    from ournydesk.domain.wire import Trouble


class WhereDesk(Protocol):
    """Where everything is, and what a person can do about it. Every method may raise a DeskError."""

    def where(self) -> Whereabouts:
        """How everything stands. Raises Refused("refused.no_team")."""
        ...

    def check_out(self) -> CheckOut:
        """Seal what can be sealed and say whether anything is on this laptop only."""
        ...

    def look_again(self, op_id: OpId) -> None:
        """Offer a refused operation again, or check one anew that was set aside."""
        ...

    def save_aside(self, op_id: OpId, target: Path) -> None:
        """The sealed bytes of one that was refused or set aside."""
        ...

    def dismiss(self, trouble: Trouble) -> None:
        """Somebody has read it. Raises Refused("refused.alarm") for what stops syncing."""
        ...

    def settle_alarm(self, trouble: Trouble, passphrase: str, by: str) -> None:
        """A coordinator looked into an alarm: proven with the seat's words, signed, sent to the staff.

        Takes about a second. Raises WrongPassphrase, and BadInput without a name.
        """
        ...
