"""The attorney's sheet: what the rules worked out, and why. Layer: forms.paper. Never for the client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forms.paper.answers import Answers
from forms.paper.columns import Cell, Column, Columns, barred, ruled
from forms.paper.fonts import Weight
from forms.paper.page import (
    ANSWER,
    BODY,
    CAPTION,
    HEADING,
    LEFT,
    RIGHT,
    SECTION,
    SMALL,
    Strip,
    keep,
    on,
    space,
    with_heads,
)
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import AttorneySheet, Finding, Packet, PacketRow

TITLE = "Attorney’s sheet"
ANCHOR = "attorney"
_WIDE = RIGHT - LEFT
_COLUMNS = (Column(LEFT + 12, 216), Column(LEFT + 246, 104), Column(LEFT + 366, _WIDE - 374))


def attorney_sheet(
    document: Packet, sheet: AttorneySheet, answers: Answers, columns: Columns
) -> Iterator[Strip]:
    """Findings with inputs and citations, flagged answers, what is missing; on pages of its own."""
    strips = [
        *_top(document, sheet, answers),
        *_findings(sheet, columns),
        *_flagged(document, answers),
        *_missing(sheet, answers),
    ]
    yield from on(
        [replace(strip, attorney=True) for strip in strips], lambda first: replace(first, new_page=True)
    )


def _top(document: Packet, sheet: AttorneySheet, answers: Answers) -> Iterator[Strip]:
    about = (
        f"Law as of {english_day(sheet.law_as_of)}. "
        + (f"Worked out for filing on {english_day(sheet.filing_date)}. " if sheet.filing_date else "")
        + "Inputs are the client’s answers, not checked documents."
    )
    yield from on(
        keep(answers.whole(TITLE, SECTION, below=2)),
        lambda strip: replace(strip, anchor=ANCHOR, bookmark=TITLE),
    )
    who = " · ".join(filter(None, (document.client_name, f"Ticket {document.ticket}")))
    yield from keep(answers.whole(who, SMALL, below=8 if sheet.outcome else 2))
    if sheet.outcome:
        yield from keep(answers.whole(sheet.outcome, HEADING, below=4))
    yield from keep(answers.whole(about, CAPTION, below=10))


def _findings(sheet: AttorneySheet, columns: Columns) -> Iterator[Strip]:
    heads = tuple([Cell(name, CAPTION)] for name in ("What the rules say", "Result", "Source"))
    head = keep(ruled(columns.band(_COLUMNS, heads, above=4, below=4), LEFT, _WIDE, "acc.line"))
    yield from head
    if not sheet.findings:
        said = [Cell("No rule spoke on these answers.", BODY)]
        yield from ruled(columns.band(_COLUMNS[:1], (said,), above=6, below=6), LEFT, _WIDE)
    for finding in sorted(sheet.findings, key=lambda each: not each.needs_attorney):
        strips = ruled(columns.band(_COLUMNS, _cells(finding), above=6, below=6), LEFT, _WIDE)
        if finding.needs_attorney:
            strips = barred(strips, LEFT, _WIDE, "amb.tint", "amb.line")
        yield from with_heads(strips, head)


def _cells(finding: Finding) -> tuple[list[Cell], list[Cell], list[Cell]]:
    spoke = "worked out" if finding.worked_out else "fired"
    what = [Cell(finding.title, ANSWER)]
    if finding.text:
        what.append(Cell(finding.text, SMALL.but(tight=True)))
    if finding.inputs:
        what.append(Cell(finding.inputs, CAPTION))
    source = [Cell(finding.citation, SMALL.but(colour="acc"))] if finding.citation else []
    if finding.mark:
        source.append(Cell(finding.mark, CAPTION.but(weight=Weight.BOLD, colour="amb")))
    return what, [Cell(finding.result, ANSWER), Cell(spoke, CAPTION)], source


def _flagged(document: Packet, answers: Answers) -> Iterator[Strip]:
    rows = document.flagged
    if not rows:
        return
    count = "1 flagged answer" if len(rows) == 1 else f"{len(rows)} flagged answers"
    yield space(18, keep=True)
    yield from keep(answers.whole(count, HEADING, below=4))
    for row in rows:
        yield from answers.row(PacketRow(question=row.question, answer=row.answer))


def _missing(sheet: AttorneySheet, answers: Answers) -> Iterator[Strip]:
    if not sheet.missing:
        return
    yield space(18, keep=True)
    yield from keep(answers.whole("Still missing", HEADING, below=4))
    for what in sheet.missing:
        yield from ruled(answers.whole(what, SMALL, above=3, below=3), LEFT, _WIDE)
