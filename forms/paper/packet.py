"""The case packet: cover with inventory, answers in two languages, the attorney's sheet.

Layer: forms.paper. Takes a plain :class:`~ournydesk.domain.documents.Packet`, gives a PDF. The
client's language stands first and as large as English; for a language read from the right, first
is on the right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from forms.paper.answers import Answers
from forms.paper.attorney import ANCHOR, TITLE, attorney_sheet
from forms.paper.columns import Cell, Column, Columns, barred, ruled
from forms.paper.fonts import Fonts, Weight, system_fonts
from forms.paper.page import (
    ANSWER,
    BODY,
    CAPTION,
    DISPLAY,
    HEADING,
    LEFT,
    RIGHT,
    SMALL,
    Box,
    Edges,
    Page,
    Strip,
    keep,
    on,
    paginate,
    printed,
    space,
)
from forms.paper.typesetting import Typesetter
from forms.paper.words import Words, words_for
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import Bilingual, Packet, Printout

_WIDE = RIGHT - LEFT
_FACTS = (Column(LEFT, 110), Column(LEFT + 116, 100), Column(LEFT + (_WIDE + 24) / 2, (_WIDE - 24) / 2))
_NUMBER = 40.0  # the column of page numbers


def packet(document: Packet, fonts: Fonts | None = None) -> bytes:
    """The packet as a PDF file, Letter size. Its metadata name no client.

    Raises BadInput when this machine has no face for the client's language.
    """
    return printout(document, fonts).pdf


def printout(document: Packet, fonts: Fonts | None = None) -> Printout:
    """The packet as :func:`packet` gives it, with its number of pages."""
    fonts = fonts or system_fonts()
    fonts.require(document.client_language)
    typesetter = Typesetter(fonts)
    builder = _Builder(document, words_for(document.client_language), typesetter)
    pages = builder.pages()
    form = f"{document.title} ({document.form_id}), version {document.form_version}"
    edges = Edges(
        title=f"Case packet, ticket {document.ticket}",
        subject=form,
        left=f"Case packet · Ticket {document.ticket}",
        footing=f"{form} · printed {builder.printed_at}",
        printed_at=document.printed_at,
        notice="Draft: answers are missing" if document.missing else "",
    )
    return Printout(pdf=printed(pages, edges, typesetter), pages=len(pages))


class _Builder:
    """Lays out one packet."""

    def __init__(self, document: Packet, words: Words, typesetter: Typesetter) -> None:
        self._document = document
        self._words = words
        self._typesetter = typesetter
        self._columns = Columns(typesetter)
        self._answers = Answers(words, self._columns)
        at = document.printed_at
        self.printed_at = f"{english_day(at)}, {at:%H:%M} {at.tzname() or ''}".strip()

    def pages(self) -> tuple[Page, ...]:
        """All pages; set twice, because the inventory tells on which page each section begins."""
        body = list(self._body())
        first = paginate([*self._cover({}), *body])
        return paginate([*self._cover(_begins(first)), *body])

    def _body(self) -> Iterator[Strip]:
        for at, section in enumerate(self._document.sections):
            strips = tuple(self._answers.section(section, f"section-{at}"))
            yield from on(strips, lambda strip, at=at: replace(strip, new_page=at == 0))  # type: ignore[misc]
        if self._document.attorney:
            yield from attorney_sheet(self._document, self._document.attorney, self._answers, self._columns)

    def _cover(self, begins: Mapping[str, int]) -> Iterator[Strip]:
        document = self._document
        yield replace(space(34), boxes=(Box(LEFT, 0, 64, 4, "acc"),))
        yield from self._answers.pair(self._words["packet"], DISPLAY, below=4)
        yield from self._answers.whole(document.title, SMALL.but(size=12, colour="ink2"), below=20)
        yield from self._facts()
        if document.missing:
            yield from self._draft()
        yield space(14)
        yield from self._inventory(begins)
        yield space(18)
        yield from self._answers.pair(self._words["about"], SMALL.but(colour="ink2"))
        if not self._words.english_only:
            yield from self._about_the_words()

    def _facts(self) -> Iterator[Strip]:
        document = self._document
        facts = [
            ("client", document.client_name),
            ("ticket", str(document.ticket)),
            ("language", self._language()),
        ]
        if document.a_number:
            facts.insert(1, ("a_number", written_a_number(document.a_number)))
        facts += [("form", f"{document.form_id} · {document.form_version}"), ("printed", self.printed_at)]
        for key, value in facts:
            said = self._words[key]
            caption = CAPTION.but(size=9.5)
            labels = [([Cell(said.client, self._answers.style(caption))])] if said.client else []
            columns = _FACTS if labels else (_FACTS[0], _FACTS[-1])
            cells = (*labels, [Cell(said.english, caption)], [Cell(value or "—", ANSWER)])
            yield from ruled(self._columns.band(columns, cells, above=5, below=5), LEFT, _WIDE)

    def _language(self) -> str:
        named = self._document.client_language_name or self._document.client_language
        return " · ".join(filter(None, (self._words.own, named)))

    def _draft(self) -> Iterator[Strip]:
        inside = Answers(self._words, self._columns, left=LEFT + 14, right=RIGHT - 10)
        strips = list(
            inside.pair(self._words["draft"], BODY.but(weight=Weight.BOLD, colour="amb"), above=8, below=4)
        )
        strips = list(keep(strips))
        for missing in self._document.missing:
            strips += inside.pair(missing, SMALL, below=3)
        strips.append(space(6))
        yield space(16, keep=True)
        yield from barred(tuple(strips), LEFT, _WIDE, "amb.tint", "amb.line")

    def _inventory(self, begins: Mapping[str, int]) -> Iterator[Strip]:
        yield from keep(list(self._answers.pair(self._words["inside"], HEADING, below=5)))
        titles = [(f"section-{at}", section.title) for at, section in enumerate(self._document.sections)]
        if self._document.attorney:
            titles.append((ANCHOR, Bilingual(english=TITLE)))
        for anchor, title in titles:
            strips = self._entry(title, str(begins.get(anchor, "")))
            yield from on(strips, lambda strip, anchor=anchor: replace(strip, goes_to=anchor))  # type: ignore[misc]
        if self._document.inventory:
            yield space(10, keep=True)
            yield from keep(list(self._answers.pair(self._words["also"], HEADING, below=5)))
            for what in self._document.inventory:
                yield from self._entry(Bilingual(english=what), "")

    def _entry(self, title: Bilingual, number: str) -> tuple[Strip, ...]:
        client, english = (_short_of_numbers(side) for side in self._answers.sides(LEFT, RIGHT))
        numbers = Column(RIGHT - _NUMBER, _NUMBER, to_the_right=True)
        text = [Cell(number, SMALL)]
        said = self._answers.style(SMALL)
        columns: tuple[Column, ...] = (client, english, numbers)
        cells: tuple[list[Cell], ...] = ([Cell(title.client, said)], [Cell(title.english, SMALL)], text)
        if self._words.english_only or not title.client:
            columns, cells = (Column(LEFT, _WIDE - _NUMBER), numbers), ([Cell(title.english, SMALL)], text)
        return ruled(self._columns.band(columns, cells, above=3, below=3), LEFT, _WIDE)

    def _about_the_words(self) -> Iterator[Strip]:
        said = []
        if not self._words.translated:
            said.append("This packet’s own words are not translated into the client’s language yet.")
        elif not self._words.reviewed:
            said.append(
                "This packet’s own words in the client’s language are a draft that nobody has reviewed yet."
            )
        if self._typesetter.undrawn:
            shown = " ".join(f"U+{ord(char):04X}" for char in sorted(self._typesetter.undrawn))
            said.append(f"No font on this machine draws these characters, a box stands for each: {shown}.")
        if said:
            yield space(8)
            yield from self._answers.whole(" ".join(said), CAPTION)


def written_a_number(number: str) -> str:
    """Nine digits in groups, ``A-061-234-507``; anything else as it is."""
    if len(number) == 9 and number.isdigit():
        return f"A-{number[:3]}-{number[3:6]}-{number[6:]}"
    return number


def _short_of_numbers(column: Column) -> Column:
    """A column that leaves room for page numbers where it reaches the right edge."""
    return replace(column, width=min(column.width, RIGHT - _NUMBER - column.x))


def _begins(pages: tuple[Page, ...]) -> dict[str, int]:
    return {
        strip.anchor: number
        for number, page in enumerate(pages, 1)
        for strip, _ in page.placed
        if strip.anchor
    }


__all__ = ["packet", "printout", "written_a_number"]
