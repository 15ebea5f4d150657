"""What was on a laptop: the list a coordinator works through after one was lost. Layer: forms.paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from forms.paper.columns import Cell, Column, Columns, barred, ruled
from forms.paper.fonts import Fonts, Weight, system_fonts
from forms.paper.page import (
    ANSWER,
    BODY,
    CAPTION,
    HEADING,
    LEFT,
    RIGHT,
    SECTION,
    SMALL,
    Edges,
    Strip,
    keep,
    paginate,
    printed,
    space,
    with_heads,
)
from forms.paper.typesetting import Style, Typesetter
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import Printout
from ournydesk.domain.exposure import ExposedRecord, Exposure, as_table

_WIDE = RIGHT - LEFT
_WHOLE = (Column(LEFT, _WIDE),)
_TABLE = (
    Column(LEFT, 58),
    Column(LEFT + 66, 38),
    Column(LEFT + 112, 172),
    Column(LEFT + 292, 108),
    Column(LEFT + 408, 54),
    Column(RIGHT - 34, 34),
)


def printout(
    exposure: Exposure, sentences: Sequence[str], printed_at: datetime, fonts: Fonts | None = None
) -> Printout:
    """The list as a PDF, Letter size. ``sentences`` say what is sure and what is not.

    ``printed_at`` in the zone of the person who prints it. The file's own description names nobody.
    """
    typesetter = Typesetter(fonts or system_fonts())
    columns = Columns(typesetter)
    pages = paginate(list(_strips(exposure, sentences, columns)))
    day = f"{english_day(printed_at)}, {printed_at:%H:%M}"
    edges = Edges(
        title="What was on a laptop",
        subject="What was on a laptop",
        left=f"What was on a laptop · {exposure.name}",
        footing=f"Names of clients. Keep it locked away, shred it when everybody was told. Printed {day}",
        printed_at=printed_at,
        notice="Confidential",
    )
    return Printout(pdf=printed(pages, edges, typesetter), pages=len(pages))


def _strips(exposure: Exposure, sentences: Sequence[str], columns: Columns) -> Iterator[Strip]:
    yield from keep(_line(columns, "What was on a laptop", SECTION.but(size=20), below=4))
    yield from _line(columns, exposure.name or exposure.device[:8], HEADING, below=10)
    for sentence in sentences:
        strips = columns.band((Column(LEFT + 12, _WIDE - 20),), ([Cell(sentence, BODY)],), above=4, below=4)
        yield from barred(strips, LEFT, _WIDE, "amb.tint", "amb.line")
    clients = exposure.clients
    yield space(16, keep=True)
    yield from keep(_line(columns, f"Records it could open: {len(clients)}", HEADING, below=4))
    yield from _table(clients, columns, told=True)
    if exposure.let_go:
        yield space(16, keep=True)
        told = f"Not on it any more, as the laptop signed: {len(exposure.let_go)}"
        yield from keep(_line(columns, told, HEADING, below=4))
        yield from _table(exposure.let_go, columns, told=False)


def _table(records: Sequence[ExposedRecord], columns: Columns, *, told: bool) -> Iterator[Strip]:
    heads, *rows = as_table(records)
    if not rows:
        yield from _line(columns, "None that this desk knows of.", BODY.but(colour="ink3"), below=8)
        return
    last = "Told" if told else ""
    cells = tuple([Cell(text, CAPTION)] for text in (*heads, last))
    head = keep(ruled(columns.band(_TABLE, cells, below=4), LEFT, _WIDE, "acc.line"))
    yield from head
    for row in rows:
        name = ANSWER if row[2] else SMALL.but(colour="ink3")
        shown = (row[0], row[1] or "—", row[2] or "not readable here", *row[3:])
        styles = (SMALL, ANSWER, name, SMALL, SMALL)
        set_in = [[Cell(text, style)] for text, style in zip(shown, styles, strict=True)]
        box = [Cell("☐" if told else "", SMALL.but(size=12, weight=Weight.BOLD))]
        yield from with_heads(
            ruled(columns.band(_TABLE, (*set_in, box), above=5, below=5), LEFT, _WIDE), head
        )


def _line(columns: Columns, text: str, style: Style, *, below: float) -> tuple[Strip, ...]:
    return columns.band(_WHOLE, ([Cell(text, style)],), below=below)
