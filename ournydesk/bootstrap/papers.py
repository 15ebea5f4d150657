"""Papers of the open vault that need more than an intake: editions. Layer: bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ournydesk.clock import Clock
from ournydesk.domain.editions import Standing
from ournydesk.domain.intake import IntakeHead
from ournydesk.domain.operations import RecordId
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import editions, papers


class LaptopPapers:
    """``ui.paper_desk.PaperDesk`` on the vault that is open now."""

    def __init__(self, vault: Callable[[], OpenVault], clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    def edition(self, form_id: str) -> Standing | None:
        """What is known of the edition that an intake of this form is printed on."""
        form = papers.official_form(form_id)
        return editions.standing(form, vault=self._vault()) if form else None

    def confirm_edition(self, form_id: str, until: date | None) -> Standing:
        """Say that the agency's site was looked at today, and until when it takes this edition."""
        form = papers.official_form(form_id)
        if form is None:
            raise Refused("refused.no_official", form=form_id)
        return editions.confirm(form, until, vault=self._vault(), clock=self._clock)

    def check(self, head: IntakeHead, reason: str) -> None:
        """Refuse an edition that is over, unless an attorney signs a reason."""
        form = papers.official_form(head.form_id)
        if form is not None:
            editions.check(
                form, record=RecordId(head.id), reason=reason, vault=self._vault(), clock=self._clock
            )
