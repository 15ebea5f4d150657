"""Papers of the open vault: what is read on the vault's lane and drawn on another. Layer: bootstrap."""
# ruff: noqa: PLC0415 - what draws and knows the law is loaded when the first paper is made

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from ournydesk.clock import Clock
from ournydesk.domain.case import CaseRow
from ournydesk.domain.documents import Bilingual, Packet, Printout
from ournydesk.domain.editions import Standing
from ournydesk.domain.handouts import Handout
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.incident import Recipient
from ournydesk.domain.intake import IntakeHead
from ournydesk.domain.operations import RecordId
from ournydesk.domain.sheets import SheetKind
from ournydesk.domain.takehome import Bring
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import editions, papers
from ournydesk.services.intakes import OpenedIntake

if TYPE_CHECKING:
    from forms.engine import Session

Draw = Callable[[], Printout]
"""Makes the paper; touches no vault."""


class LaptopPapers:
    """``ui.paper_desk.PaperDesk`` on the vault that is open now."""

    def __init__(
        self, vault: Callable[[], OpenVault], clock: Clock, opened: Callable[[IntakeId], OpenedIntake]
    ) -> None:
        self._vault, self._clock, self._opened = vault, clock, opened

    def official(self, intake: IntakeId, reason: str = "") -> Draw:
        """The agency's form of an intake; of an edition that is over only with an attorney's reason."""
        from forms.paper import official

        self._check_settled(intake)
        opened = self._opened(intake)
        form = papers.official_form(opened.head.form_id)
        if form is not None:
            editions.check(
                form, record=RecordId(intake), reason=reason, vault=self._vault(), clock=self._clock
            )
        return papers.official(opened, blanks=self._vault().blanks, fill=official.printout, clock=self._clock)

    def packet(self, intake: IntakeId) -> Draw:
        """The packet in two languages, with the attorney's sheet."""
        self._check_settled(intake)
        opened = self._opened(intake)
        return lambda: self.drawn(opened)

    def drawn(self, opened: OpenedIntake) -> Printout:
        """The packet of an intake that was read already."""
        from forms.paper import packet

        return papers.packet(opened, build=self._build, draw=packet.printout, clock=self._clock)

    def sheet(self, intake: IntakeId, kind: SheetKind) -> Draw:
        """Terms, evidence checklist or mailing cover of an intake."""
        opened = self._opened(intake)
        head, clock = opened.head, self._clock
        filled = self.official(intake) if kind is SheetKind.MAILING else None
        known = self.edition(head.form_id)

        def draw() -> Printout:
            from forms.engine import Session
            from forms.paper import sheet
            from ournydesk.services import evidence, sheets

            session = Session.open(opened.form, opened.answers, clock.now())
            at = clock.now().astimezone()
            if filled is not None:
                made = evidence.mailing(session, head, at, _say(head), filled(), known)
            elif kind is SheetKind.EVIDENCE:
                made = evidence.evidence(session, head, at, _say(head))
            else:
                made = sheets.terms(session, head, at)
            return sheet.printout(made)

        return draw

    def docket(self, rows: tuple[CaseRow, ...]) -> Draw:
        """The attorney's docket of these cases."""
        at = self._clock.now().astimezone()

        def draw() -> Printout:
            from forms.paper import sheet
            from ournydesk.services import sheets

            return sheet.printout(sheets.docket(rows, at))

        return draw

    def handouts(self) -> tuple[Handout, ...]:
        """The team's own handouts."""
        from ournydesk.services import handouts

        return handouts.handouts(self._vault())

    def handout(self, chosen: Handout) -> Draw:
        """One of them as a page."""
        at = self._clock.now().astimezone()

        def draw() -> Printout:
            from forms.paper import sheet
            from ournydesk.services import handouts

            return sheet.printout(handouts.sheet(chosen, at))

        return draw

    def incident(self, intake: IntakeId, recipient: Recipient) -> Draw:
        """What an incident's report says to this recipient.

        Raises Refused("refused.not_shared"), Refused("refused.no_report") for an intake of another form.
        """
        from forms.engine import Session
        from forms.library.incident.sharing import consents
        from forms.paper import sheet
        from ournydesk.services import sheets

        opened = self._opened(intake)
        if opened.head.form_id != "incident":
            raise Refused("refused.no_report")
        session = Session.open(opened.form, opened.answers, self._clock.now())
        made = sheets.incident(session, opened.head, recipient, self._clock.now().astimezone(), consents)
        return lambda: sheet.printout(made)

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

    def _check_settled(self, intake: IntakeId) -> None:
        """Nothing is printed of which nobody knows which of two answers is right."""
        from forms.engine import load_form
        from ournydesk.services import settling

        settling.check(intake, load=load_form, vault=self._vault(), clock=self._clock)

    def _build(self, session: Session, opened: OpenedIntake) -> Packet:
        from ournydesk.bootstrap.cases import attorneys_sheet
        from ournydesk.services.documents import build_packet

        sheet = attorneys_sheet(session, opened.head, self._clock.today())
        return build_packet(session, opened.head, self._clock.now().astimezone(), sheet)


def _say(head: IntakeHead) -> Callable[[Bring], Bilingual]:
    """Kinds of papers in the words of the page to take home, which has them in eight languages."""
    from forms.engine import language_code
    from forms.paper.takehome_words import ENGLISH, take_home_words

    words = take_home_words(language_code(head.language))

    def say(kind: Bring) -> Bilingual:
        client = "" if words.said is ENGLISH else words.said[kind.value]
        return Bilingual(english=ENGLISH[kind.value], client=client)

    return say
