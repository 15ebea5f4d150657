"""What a filled form says, by readers unlike the one that wrote it: pypdf and poppler."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

from forms.paper.paper_map import Box, Column, Listing, PaperMap, Question
from tests.integration.paper.reading import by_place
from tests.integration.paper.unseen import reads_as, squeezed

REFERENCE = re.compile(r"(See ?)?(below|Part ?\d+|sheet ?\d+)|\*")
HEADING = re.compile(r"Page Number (\d+)\s+Part Number (\S+)(?:\s+Item Number (\S+))?(?:\s+\(continued\))?\s")
FOOT = re.compile(
    r"Applicant['’]s Signature|Date of Signature.*|Form .* Edition .*|Continuation sheet \d+ of \d+"
)
CONTINUED = re.compile(r"\(continued ?on ?continuation ?sheet ?\d+\)")
WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
Place = tuple[int, str, str]
"""Page, part and item as the form counts them."""


@dataclass(frozen=True)
class Read:
    """A fillable form: fields by name (``fresh`` are those of the empty one), and what moved by its place."""

    fields: Mapping[str, str]
    fresh: Mapping[str, str]
    moved: Mapping[Place, str]


def read(pdf: bytes, empty: bytes, paper_map: PaperMap) -> Read:
    """Read a fillable form beside the same form without an answer."""
    fields = {**by_place(pdf, paper_map), **_printed(pdf, paper_map)}
    moved: dict[Place, str] = defaultdict(str)
    for block in paper_map.blocks:
        page, part, item, text = (
            fields.get(box.field, "") for box in (block.page, block.part, block.item, block.text)
        )
        if text:
            moved[int(page), part, item] += squeezed(CONTINUED.sub("", text))
    for place, text in _sheets(pdf, paper_map.pages):
        moved[place] += squeezed(text)
    return Read(fields, by_place(empty, paper_map), moved)


def _printed(pdf: bytes, paper_map: PaperMap) -> dict[str, str]:
    """What stands in the boxes that the agency printed without a field."""
    boxes = [box for _, box, _ in paper_map.boxes() if box.printed]
    if not boxes:
        return {}
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    found: dict[str, str] = defaultdict(str)
    for number, page in enumerate(done.stdout.decode("utf-8").split("<page ")[1:], 1):
        here = [box for box in boxes if box.page == number]
        for left, top, right, bottom, word in WORD.findall(page):
            across, up = (float(left) + float(right)) / 2, 792 - (float(top) + float(bottom)) / 2
            for box in here:
                rect = box.rect
                if rect.left <= across <= rect.right and rect.bottom <= up <= rect.top:
                    found[box.field] += unescape(word)
    return dict(found)


def _sheets(pdf: bytes, before: int) -> Iterable[tuple[Place, str]]:
    """What stands under each heading of the sheets after the form."""
    command = ["pdftotext", "-layout", "-f", str(before + 1), "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=False)
    for page in done.stdout.decode("utf-8").split("\f"):  # nothing at all where there is no sheet
        parts = HEADING.split(FOOT.sub("", page))
        for at in range(1, len(parts), 4):
            number, part, item, text = parts[at : at + 4]
            yield (int(number), part, item or ""), text


def wrong(found: Read, paper_map: PaperMap, items: Mapping[str, object]) -> list[str]:
    """What is lost, doubled or in a wrong place; empty when every answer reads as it was given."""
    said: list[str] = []
    owned: set[str] = set()
    for question in paper_map.questions:
        if question.id in items:
            said += _question(found, question, items[question.id])
            boxes = [*question.boxes, *(mark.box for mark in question.marks)]
            owned |= {box.field for box in boxes}
    for listing in paper_map.listings:
        rows = items.get(listing.id)
        if isinstance(rows, list) and rows:
            said += _listing(found, listing, rows)
            owned |= {box.field for col in listing.columns for box in col.boxes if box is not None}
            owned |= {mark.box.field for col in listing.columns for line in col.marks for mark in line}
    owned |= {box.field for block in paper_map.blocks for box in (block.page, block.part, block.item)}
    owned |= {block.text.field for block in paper_map.blocks}
    for name in found.fields.keys() | found.fresh.keys():
        if name not in owned and found.fields.get(name) != found.fresh.get(name):
            said.append(f"{name} says {found.fields.get(name)!r} and was not asked")
    return said


def _question(found: Read, question: Question, given: object) -> Iterable[str]:
    if question.marks:
        wanted = set(given) if isinstance(given, list) else {given}
        for mark in question.marks:
            crossed = found.fields.get(mark.box.field) == ("X" if mark.box.printed else f"/{mark.state}")
            if crossed != (mark.answer in wanted):
                yield f"{question.id} {given}: the box of {mark.answer} is {crossed}"
        return
    place = (question.page, question.part, question.number)
    for each in given if isinstance(given, list) else [given]:
        text = reads_as(question.shape, each)
        if not text:
            continue
        stands = [found.fields.get(box.field, "") for box in question.boxes]
        if question.kind in {"digits", "parts"}:
            bare = text.replace("(", "").replace(")", "")
            if squeezed("".join(stands)) == bare:
                continue
        elif stands and all(same(one, text) for one in stands):
            continue
        if any(one and not REFERENCE.fullmatch(one) for one in stands):
            yield f"{question.id}: boxes say {stands}, wanted {text!r}"
        if not stands_in(text, found.moved.get(place, "")):
            yield f"{question.id}: {text!r} is lost; boxes say {stands}; moved {found.moved.get(place)!r}"


def _listing(found: Read, listing: Listing, rows: list[Mapping[str, str]]) -> Iterable[str]:
    given = [
        {column.key: _reads(column, row[column.key]) for column in listing.columns if column.key in row}
        for row in rows
    ]
    left = [row for row in given if any(row.values())]
    moved = found.moved.get((listing.page, listing.part, listing.number), "")
    for line in range(listing.lines):
        shown = {column.key: _cell(found, column, line) for column in listing.columns}
        shown = {key: text for key, text in shown.items() if text}
        if not shown:
            continue
        row = next((one for one in left if _fits(shown, one, moved)), None)
        if row is None:
            yield f"{listing.id} line {line + 1} is no row that was given: {shown}"
        else:
            left.remove(row)
    for row in left:
        for column in listing.columns:
            text = row.get(column.key, "")
            words = {"Y": "yes", "N": "no"}.get(text, text) if column.kind == "check" else text
            if not stands_in(words, moved):
                yield f"{listing.id}.{column.key}: {words!r} is lost; moved {moved!r}"


def same(stands: str, wanted: str) -> bool:
    """Whether a box says what was given; a list of the form may write it in capitals."""
    letters = Counter(filter(str.isalnum, squeezed(stands))) == Counter(filter(str.isalnum, wanted))
    return squeezed(stands).casefold() == wanted.casefold() or (turns(wanted) and letters)


def turns(text: str) -> bool:
    """Whether some of it runs from right to left: readers disagree on the order of such lines."""
    return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)


def stands_in(text: str, moved: str) -> bool:
    """Whether all of a text stands in what moved.

    Words from right to left between others come in another order from every reader, their brackets
    turned: there every letter and digit has to be there, as often as it was given.
    """
    if turns(text):
        return Counter(filter(str.isalnum, text)) <= Counter(filter(str.isalnum, moved))
    return text in moved


def _fits(shown: Mapping[str, str], row: Mapping[str, str], moved: str) -> bool:
    """Whether a printed line is this row: each cell reads as given, or refers to where it does."""
    for key in row.keys() | shown.keys():
        if row.get(key) == "PRESENT" and key not in shown:
            continue  # the agency printed it on this line
        stands, wanted = shown.get(key, ""), row.get(key, "")
        refers = not stands or REFERENCE.fullmatch(stands)
        if not same(stands, wanted) and not (refers and wanted and stands_in(wanted, moved)):
            return False
    return True


def _reads(column: Column, given: str) -> str:
    return reads_as(column.shape, column.values.get(given, given))


def _cell(found: Read, column: Column, line: int) -> str:
    if column.marks:
        for mark in column.marks[line]:
            if found.fields.get(mark.box.field) == f"/{mark.state}":
                return mark.answer
        return ""
    box: Box | None = column.boxes[line]
    return found.fields.get(box.field, "") if box is not None else ""
