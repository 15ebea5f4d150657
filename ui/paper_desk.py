"""What the print page asks of the desk behind it beyond an intake's own papers. Layer: ui.

Every method may raise a DeskError and is called on the vault's lane.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from ournydesk.domain.case import CaseRow
    from ournydesk.domain.documents import Printout
    from ournydesk.domain.editions import Standing
    from ournydesk.domain.handouts import Handout
    from ournydesk.domain.ids import IntakeId
    from ournydesk.domain.incident import Recipient
    from ournydesk.domain.sheets import SheetKind

    Draw = Callable[[], Printout]
    """Draws the paper; called on the paper lane."""


class PaperDesk(Protocol):
    """Papers read on the vault's lane and drawn on the paper lane; editions of agencies' forms."""

    def official(self, intake: IntakeId, reason: str = "") -> Draw:
        """The agency's form. Raises what ``Desk.official`` raises; drawing may raise BadInput."""
        ...

    def packet(self, intake: IntakeId) -> Draw:
        """The packet in two languages."""
        ...

    def sheet(self, intake: IntakeId, kind: SheetKind) -> Draw:
        """Terms, evidence checklist or mailing cover; the cover raises what ``official`` raises."""
        ...

    def handouts(self) -> tuple[Handout, ...]:
        """The team's own handouts, none outside a team."""
        ...

    def handout(self, chosen: Handout) -> Draw:
        """One of them as a page."""
        ...

    def incident(self, intake: IntakeId, recipient: Recipient) -> Draw:
        """What one reader may learn of an incident. Raises Refused("refused.not_shared")."""
        ...

    def docket(self, rows: tuple[CaseRow, ...]) -> Draw:
        """The attorney's docket of these cases."""
        ...

    def edition(self, form_id: str) -> Standing | None:
        """What is known of the edition an intake of this form is printed on; None without a blank."""
        ...

    def confirm_edition(self, form_id: str, until: date | None) -> Standing:
        """The agency's site was looked at today: it takes this edition until that day, or names none.

        Raises Refused("refused.shut_out") where somebody else decides for the team.
        """
        ...
