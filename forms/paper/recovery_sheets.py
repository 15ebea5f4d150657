"""Two sheets for a recovery kit: one for who keeps the words, one for who keeps the file. Layer: forms.paper.

The words are written by hand: a printer remembers what it printed. Neither sheet alone opens anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from forms.paper.columns import Cell, Column, Columns, barred, ruled
from forms.paper.fonts import Fonts, Weight, system_fonts
from forms.paper.page import (
    BODY,
    CAPTION,
    HEADING,
    LEFT,
    RIGHT,
    SECTION,
    SMALL,
    Edges,
    Strip,
    on,
    paginate,
    printed,
    space,
)
from forms.paper.typesetting import Style, Typesetter
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import Printout
from ournydesk.domain.recovery import WORDS

_WIDE = RIGHT - LEFT
_WHOLE = (Column(LEFT, _WIDE),)
_STEP = (Column(LEFT, 18), Column(LEFT + 20, _WIDE - 20))
_FACTS = (Column(LEFT, 150), Column(LEFT + 158, _WIDE - 158))
_NUMBER = 22.0
_GAP = 18.0
_DRILLS = (Column(LEFT, 110), Column(LEFT + 122, 250), Column(LEFT + 384, _WIDE - 384))
_FACT = Style(size=11, weight=Weight.BOLD)

WORDS_HOLDER = (
    (
        "You keep the twelve words of your team's recovery kit. Somebody else keeps the file they open. "
        "Neither opens anything without the other; together they open every case of the team."
    ),
    (
        (
            "Write the twelve words below by hand, on two prints of this sheet. Do not photograph, scan or "
            "type them."
        ),
        "Put each sheet into an envelope of its own, seal it, and sign across the flap.",
        (
            "Keep the two envelopes in two locked places. Neither place holds the file, and neither is a "
            "laptop bag."
        ),
        (
            "Once a year you are asked to a drill: the coordinator brings the file, you bring one envelope. "
            "You type the words yourself. Afterwards seal the sheet into a new envelope."
        ),
        (
            "Give the words to nobody on the telephone, by mail or in a chat, whoever asks. The person who "
            "keeps the file comes to you."
        ),
        (
            "If an envelope is missing or was opened, or you leave the organisation: tell a coordinator "
            "today. They make a new kit."
        ),
    ),
)
FILE_HOLDER = (
    (
        "You keep the file of your team's recovery kit, on two USB sticks. Somebody else keeps the twelve "
        "words that open it. The file opens nothing without them, and nobody but the two of you together can "
        "use it."
    ),
    (
        (
            "Keep the two sticks in two locked places. Neither place holds the words. Write nothing on a "
            "stick but the name of the kit."
        ),
        "Do not put the file on a laptop, in a mailbox or into any cloud folder.",
        (
            "Once a year you are asked to a drill: bring one stick, the other person brings the words. The "
            "desk opens the file and says whether everything is in order. Nothing of it stays on the desk."
        ),
        (
            "If every coordinator's laptop or passphrase is lost: put a stick into a computer with OurNY "
            "Desk, fetch the person with the words, and run: ournydesk recovery open --help. It says what "
            "else is needed. Any program for age files opens the file, too: age -d recovery.age"
        ),
        (
            "If a stick is missing or broken, or you leave the organisation: tell a coordinator today. They "
            "make a new kit."
        ),
    ),
)


def printout(
    team: str, kit: Sequence[str], made: date | None, printed_at: datetime, fonts: Fonts | None = None
) -> Printout:
    """Both sheets as a PDF, Letter size, a page each. ``kit`` are the four words that name it.

    ``printed_at`` in the zone of the person who prints it.
    """
    typesetter = Typesetter(fonts or system_fonts())
    columns = Columns(typesetter)
    strips = [
        *_sheet("For the person who keeps the words", *WORDS_HOLDER, (team, kit, made), columns),
        *_words(columns),
        *_whom(columns, "The person who keeps the file"),
        *on(
            tuple(_sheet("For the person who keeps the file", *FILE_HOLDER, (team, kit, made), columns)),
            lambda first: replace(first, new_page=True),
        ),
        *_whom(columns, "The person who keeps the words"),
        *_drills(columns),
    ]
    pages = paginate(strips)
    edges = Edges(
        title="Recovery kit",
        subject="Recovery kit",
        left=f"Recovery kit · {team}",
        footing=f"Keep under lock and key. Printed {english_day(printed_at)}",
        printed_at=printed_at,
        notice="Confidential",
    )
    return Printout(pdf=printed(pages, edges, typesetter), pages=len(pages))


def _sheet(
    title: str,
    what: str,
    steps: Sequence[str],
    facts: tuple[str, Sequence[str], date | None],
    columns: Columns,
) -> Iterator[Strip]:
    team, kit, made = facts
    yield from _line(columns, "Recovery kit", SECTION.but(size=20), below=2)
    yield from _line(columns, title, HEADING, below=8)
    day = english_day(made) if made is not None else ""
    for name, value in (("Team", team), ("Kit", " ".join(kit)), ("Made on", day)):
        cells = ([Cell(name, SMALL.but(colour="ink2"))], [Cell(value or " ", _FACT)])
        yield from ruled(columns.band(_FACTS, cells, above=4, below=4), LEFT, _WIDE)
    yield space(10)
    strips = columns.band((Column(LEFT + 12, _WIDE - 20),), ([Cell(what, BODY)],), above=5, below=5)
    yield from barred(strips, LEFT, _WIDE, "acc.tint", "acc")
    yield space(10)
    for number, step in enumerate(steps, 1):
        cells = ([Cell(str(number), BODY.but(weight=Weight.BOLD, colour="acc"))], [Cell(step, BODY)])
        yield from columns.band(_STEP, cells, below=5)


def _words(columns: Columns) -> Iterator[Strip]:
    """Twelve numbered lines to write on, three in a row."""
    yield space(8)
    yield from _line(columns, "The twelve words, in their order, in capital letters", HEADING, below=2)
    wide = (_WIDE - 2 * _GAP) / 3
    for row in range(0, WORDS, 3):
        starts = [LEFT + at * (wide + _GAP) for at in range(3)]
        numbers = tuple(Column(start, _NUMBER) for start in starts)
        cells = tuple([Cell(str(row + at + 1), CAPTION)] for at in range(3))
        [strip] = columns.band(numbers, cells, above=16, below=2)
        for start in starts:
            [strip] = ruled((strip,), start + _NUMBER, wide - _NUMBER, "ink3")
        yield strip


def _whom(columns: Columns, other: str) -> Iterator[Strip]:
    yield space(12)
    yield from _line(columns, "Whom to call", HEADING, below=0)
    for name in ("Coordinator", "A second coordinator", other):
        cells = ([Cell(name, CAPTION)], [Cell(" ", SMALL)])
        yield from ruled(columns.band(_FACTS, cells, above=14, below=3), LEFT, _WIDE, "ink3")


def _drills(columns: Columns) -> Iterator[Strip]:
    """Room to note the drills of the coming years."""
    yield space(14)
    yield from _line(columns, "Drills", HEADING, below=0)
    for cells in (("Day", "Who was there", "It opened"), *[(" ", " ", "☐ yes   ☐ no")] * 4):
        row = tuple([Cell(text, CAPTION)] for text in cells)
        yield from ruled(columns.band(_DRILLS, row, above=10, below=3), LEFT, _WIDE)


def _line(columns: Columns, text: str, style: Style, *, below: float) -> tuple[Strip, ...]:
    return columns.band(_WHOLE, ([Cell(text, style)],), below=below)
