"""Cases of the open vault, put together. Layer: bootstrap."""
# ruff: noqa: PLC0415 - the law and the forms are loaded when the first case is read

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

from ournydesk.clock import Clock
from ournydesk.domain.answers import Answer
from ournydesk.domain.case import CaseRow, CaseView
from ournydesk.domain.documents import AttorneySheet, Urgent
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.intake import IntakeHead
from ournydesk.domain.keeping import EraseReason
from ournydesk.domain.law_changes import LawTouched
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.record import Choice
from ournydesk.ports import OpenVault

if TYPE_CHECKING:
    from forms.engine import Session
    from ournydesk.law.tables import Tables
    from ournydesk.services.cases import Cases
    from ournydesk.services.screening_review import Screened

READ_BY_LAW: Final = frozenset({"naturalization", "screening"})


class LaptopCases:
    """``ui.desk.CaseDesk`` on the vault that is open now."""

    def __init__(self, vault: Callable[[], OpenVault], clock: Clock) -> None:
        self._vault = vault
        self._clock = clock
        self._cases: Cases | None = None

    def cases(self) -> tuple[CaseRow, ...]:
        """The cases this desk can read."""
        return self.room().rows()

    def case(self, record: RecordId) -> CaseView:
        """One case; that it was opened is noted."""
        from ournydesk.services import reading_log

        view = self.room().view(record)
        reading_log.opened(record, vault=self._vault(), clock=self._clock)
        return view

    def sheet(self, session: Session, head: IntakeHead) -> AttorneySheet | None:
        """What the rules say of an intake that is being filled."""
        return attorneys_sheet(session, head, self._clock.today())

    def law_changes(self, folder: FilePath) -> tuple[LawTouched, ...]:
        """The open cases that the law data in a folder would read differently."""
        from ournydesk.law.tables import read_tables
        from ournydesk.services import law_changes

        law, today = read_tables(folder), self._clock.today()

        def sheets(session: Session, head: IntakeHead) -> law_changes.Sheets:
            return attorneys_sheet(session, head, today), attorneys_sheet(session, head, today, law)

        return law_changes.touched(law_changes.open_cases(self.room(), sheets))

    def note(self, record: RecordId, text: str) -> CaseView:
        """Add a signed note."""
        self.room().note(record, text)
        return self.room().view(record)

    def decide(self, record: RecordId, choice: Choice, reason: str) -> CaseView:
        """Sign a decision."""
        self.room().decide(record, choice, reason)
        return self.room().view(record)

    def settle(self, record: RecordId, path: Path, answer: Answer) -> CaseView:
        """One answer in place of all that were given."""
        self.room().settle(record, path, answer)
        return self.room().view(record)

    def settle_row(self, record: RecordId, path: Path, row: RowId, *, keep: bool) -> CaseView:
        """A torn row stays, or goes."""
        self.room().settle_row(record, path, row, keep=keep)
        return self.room().view(record)

    def lend(self, record: RecordId, device: DeviceId) -> CaseView:
        """Grant the record to one named desk."""
        self.room().lend(record, device)
        return self.room().view(record)

    def erase(self, record: RecordId, reason: EraseReason, passphrase: str) -> None:
        """Erase a record on every desk."""
        from ournydesk.services import erasing

        self._vault().prove(passphrase)
        erasing.erase(record, reason, vault=self._vault(), clock=self._clock)

    def room(self) -> Cases:
        """The cases of the vault that is open; those of another vault are forgotten."""
        from forms.engine import load_form
        from ournydesk.services.cases import Cases

        vault = self._vault()
        if self._cases is None or self._cases.vault is not vault:
            self._cases = Cases(vault, self._clock, load_form, attorneys_sheet, urgency)
        return self._cases

    def forget(self) -> None:
        """Drop what was read: the vault is locked."""
        self._cases = None


def attorneys_sheet(
    session: Session, head: IntakeHead, today: date, law: Tables | None = None
) -> AttorneySheet | None:
    """What the rules work out for an attorney; None for a form that no law here reads.

    ``law``: other tables than those this program brings.
    """
    from ournydesk.services.review import attorney_sheet
    from ournydesk.services.screening_review import screening_sheet

    if head.form_id not in READ_BY_LAW:
        return None
    missing = [session.text(state.path).text for state in session.violations()]
    if head.form_id == "screening":
        return screening_sheet(_screened(session, today, law or _tables()), missing)
    from forms.library.naturalization.facts import facts, filing_day
    from ournydesk.law.naturalization import assess

    tables = law or _tables()
    told = facts(session, filing_day(session, today))
    return attorney_sheet(told, assess(told, tables), tables.naturalization.provenance.as_of, missing)


def urgency(session: Session, head: IntakeHead, today: date) -> Urgent | None:
    """How soon an attorney must see it; None for a form that does not ask."""
    from ournydesk.services.screening_review import urgent

    match head.form_id:
        case "screening":
            from forms.library.screening import urgent as screening

            return urgent(screening.urgency_of(session, today, _tables()), today)
        case "incident":
            from forms.library.incident import urgent as incident

            return urgent(incident.urgency_of(session, today, _tables().urgency), today)
        case _:
            return None


def _screened(session: Session, today: date, tables: Tables) -> Screened:
    from forms.library.screening.facts import facts
    from forms.library.screening.heard import Heard
    from forms.library.screening.people import tps_statuses
    from forms.library.screening.urgent import exposure_of, one_year_date, urgency_of
    from ournydesk.law.screening import screen
    from ournydesk.services.screening_review import Screened

    heard = Heard(session)
    found = screen(facts(heard, today, tables), tables.screening)
    return Screened(
        today=today,
        law_as_of=tables.screening.provenance.as_of,
        urgency=urgency_of(heard, today, tables, found),
        screening=found,
        exposure=exposure_of(heard, today, tables),
        asylum=one_year_date(heard, today, tables),
        tps=tps_statuses(heard, today, tables.tps),
        stale=tables.stale(today),
    )


@cache
def _tables() -> Tables:
    """The law as this program brings it, read once."""
    from ournydesk.law.tables import read_tables

    return read_tables()
