"""What the print page asks of the desk behind it beyond an intake's own papers. Layer: ui.

Every method may raise a DeskError and is called on the vault's lane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from ournydesk.domain.editions import Standing


class PaperDesk(Protocol):
    """Editions of agencies' forms."""

    def edition(self, form_id: str) -> Standing | None:
        """What is known of the edition an intake of this form is printed on; None without a blank."""
        ...

    def confirm_edition(self, form_id: str, until: date | None) -> Standing:
        """The agency's site was looked at today: it takes this edition until that day, or names none.

        Raises Refused("refused.shut_out") where somebody else decides for the team.
        """
        ...
