"""Which open cases other law data would read differently. Layer: services.

Compares what an attorney would read before and after, so that nothing an attorney sees can change unsaid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from forms.engine import Session
from ournydesk.domain.documents import AttorneySheet, Finding
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead
from ournydesk.domain.law_changes import LawTouched
from ournydesk.domain.operations import RecordId
from ournydesk.errors import Refused
from ournydesk.services.cases import Cases

Sheets = tuple[AttorneySheet | None, AttorneySheet | None]


def open_cases(
    room: Cases, sheets: Callable[[Session, IntakeHead], Sheets]
) -> Iterator[tuple[RecordId, str, Sheets]]:
    """Every case nobody has decided yet, with its two sheets; one whose form is still away is left out."""
    for row in room.rows():
        if row.decision is not None:
            continue
        try:
            opened = room.opened(room.vault.intakes.row(IntakeId(row.id)))
        except Refused:
            continue
        session = Session.open(opened.form, opened.answers, room.clock.now().astimezone())
        yield row.id, row.client, sheets(session, opened.head)


def touched(cases: Iterable[tuple[RecordId, str, Sheets]]) -> tuple[LawTouched, ...]:
    """The cases (record, client, sheets before and after) that differ, with what differs, in their order."""
    found = []
    for record, client, (before, after) in cases:
        changes = tuple(_changes(before, after)) if before is not None and after is not None else ()
        if changes:
            found.append(LawTouched(record=record, client=client, changes=changes))
    return tuple(found)


def _changes(before: AttorneySheet, after: AttorneySheet) -> Iterator[str]:
    if before.outcome != after.outcome:
        yield f"{before.outcome} → {after.outcome}"
    old, new = _named(before), _named(after)
    for title, finding in old.items():
        if title not in new:
            yield f"No longer: {title}"
        elif finding.result != new[title].result:
            yield f"{title}: {finding.result} → {new[title].result}"
        elif (finding.text, finding.inputs) != (new[title].text, new[title].inputs):
            yield f"{title}: {new[title].text or new[title].inputs}"
        elif (finding.citation, finding.mark) != (new[title].citation, new[title].mark):
            yield f"{title}: another source, {new[title].citation}"
    for title in new:
        if title not in old:
            yield f"New: {title}"


def _named(sheet: AttorneySheet) -> Mapping[str, Finding]:
    """Findings by title; of several with one title, each has its number."""
    seen: Counter[str] = Counter()
    found = {}
    for finding in sheet.findings:
        seen[finding.title] += 1
        number = seen[finding.title]
        found[finding.title if number == 1 else f"{finding.title} ({number})"] = finding
    return found
