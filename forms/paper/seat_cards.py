"""The cards of a clinic's seats: which seat, six words, until when, and what to do when it does not open.

Layer: forms.paper. The words stand on these pages and nowhere else; whoever prints them cuts them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from forms.paper.columns import Cell, Column, Columns
from forms.paper.fonts import Fonts, Weight, system_fonts
from forms.paper.page import (
    BODY,
    CAPTION,
    HEADING,
    LEFT,
    RIGHT,
    SMALL,
    Box,
    Edges,
    Strip,
    keep,
    paginate,
    printed,
    space,
)
from forms.paper.typesetting import Style, Typesetter
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import Printout
from ournydesk.domain.seats import SeatCard

_WIDE = RIGHT - LEFT
_INSIDE, _PAD = LEFT + 18.0, 18.0
_NUMBER = Style(size=20, weight=Weight.BOLD, colour="acc", tight=True)
_WORD = Style(size=16, weight=Weight.BOLD, tight=True)
_PLACE = CAPTION
_EACH = (_WIDE - 2 * _PAD) / 3
HELP = (
    "Choose this seat in the list, type the six words in this order, press Enter. If it does not open: look "
    "whether another seat is chosen, compare word by word, wait until the seconds have run down. Then call "
    "the clinic lead. Wrong words delete nothing."
)
CARE = "Whoever holds this card can open this seat. Give it back; tell the lead at once if it is gone."


def printout(cards: Sequence[SeatCard], printed_at: datetime, fonts: Fonts | None = None) -> Printout:
    """The cards as a PDF, Letter size, three on a page. ``printed_at`` in the zone of the clinic."""
    typesetter = Typesetter(fonts or system_fonts())
    columns = Columns(typesetter)
    strips = [strip for card in cards for strip in _card(card, columns, printed_at)]
    pages = paginate(strips)
    clinics = ", ".join(dict.fromkeys(card.clinic.title for card in cards))
    edges = Edges(
        title="Cards of seats",
        subject="Cards of seats",
        left=f"Cards of seats · {clinics}",
        footing="Cut apart, one to each seat. Do not copy, photograph or send them.",
        printed_at=printed_at,
    )
    return Printout(pdf=printed(pages, edges, typesetter), pages=len(pages))


def when(moment: datetime, like: datetime) -> str:
    """A moment as people say it, in the zone of another."""
    there = moment.astimezone(like.tzinfo)
    return f"{english_day(there)}, {there:%H:%M}"


def _card(card: SeatCard, columns: Columns, printed_at: datetime) -> Iterator[Strip]:
    strips = [space(2), *_head(card, columns, printed_at), *_words(card, columns)]
    column = (Column(_INSIDE, _WIDE - 2 * _PAD),)
    strips += columns.band(column, ([Cell(HELP, SMALL)],), above=6, below=3)
    strips += columns.band(column, ([Cell(CARE, SMALL.but(weight=Weight.BOLD))],), below=7)
    framed = [_framed(strip) for strip in strips]
    yield from keep([replace(framed[0], boxes=(Box(LEFT, 0, _WIDE, 0.75, "acc.line"), *framed[0].boxes))])
    yield from keep(framed[1:])
    yield Strip(height=14, boxes=(Box(LEFT, 0, _WIDE, 0.75, "acc.line"),))


def _head(card: SeatCard, columns: Columns, printed_at: datetime) -> tuple[Strip, ...]:
    left, right = Column(_INSIDE, 100), Column(_INSIDE + 110, _WIDE - 2 * _PAD - 110)
    about = [
        Cell(card.clinic.title, HEADING),
        Cell(f"For new work until {when(card.clinic.closes, printed_at)}. It still sends afterwards.", BODY),
        Cell(f"In the list: {card.name}", CAPTION.but(size=9)),
    ]
    return columns.band((left, right), ([Cell(f"Seat {card.number}", _NUMBER)], about), above=5, below=6)


def _words(card: SeatCard, columns: Columns) -> Iterator[Strip]:
    for row in (0, 3):
        places, words = [], []
        for at in range(3):
            places.append(Column(_INSIDE + at * _EACH, _EACH - 8))
            words.append([Cell(f"Word {row + at + 1}", _PLACE), Cell(card.words[row + at], _WORD)])
        for strip in columns.band(places, words, above=3, below=3):
            yield replace(strip, boxes=(Box(LEFT + 8, 0, _WIDE - 16, strip.height, "acc.tint"), *strip.boxes))


def _framed(strip: Strip) -> Strip:
    """The strip between the card's two edges."""
    sides = (
        Box(LEFT, 0, 0.75, strip.height, "acc.line"),
        Box(RIGHT - 0.75, 0, 0.75, strip.height, "acc.line"),
    )
    return replace(strip, boxes=(*sides, *strip.boxes))
