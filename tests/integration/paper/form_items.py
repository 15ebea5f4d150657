"""An invented answer for every item of any map, and what each has to read as on paper."""

from __future__ import annotations

from forms.paper.paper_map import Column, Listing, PaperMap, Question

SHAPED = {
    "date": ("1984-02-29", "02/29/1984"),
    "a-number": ("A 61-234-507", "061234507"),
    "ssn": ("000-12-3456", "000123456"),
    "online-account": ("012345678901", "012345678901"),
    "phone": ("(718) 555-0142", "7185550142"),
    "digits": ("187", "187"),
    "receipt": ("IOE 0912345678", "IOE0912345678"),
    "i-94": ("123 4567 89A1", "123456789A1"),
}
SHORT = {"zip": "11372", "unit": "3B", "postal": "PC1 2AB", "state": "NY", "feet": "5", "inches": "11"}


def every_item(paper_map: PaperMap) -> dict[str, object]:
    """Items as a person writes them; marks by turns, so that neighbours differ."""
    items: dict[str, object] = {}
    for at, question in enumerate(paper_map.questions):
        if question.marks:
            answers = [mark.answer for mark in question.marks]
            items[question.id] = answers[::2] if question.kind == "checks" else answers[at % len(answers)]
        else:
            items[question.id] = _written(question)
    for listing in paper_map.listings:
        items[listing.id] = [
            {column.key: _cell(column, line)[0] for column in listing.columns}
            for line in range(1, listing.lines + 1)
        ]
    return items


def reads(question: Question) -> str:
    """What stands in the boxes of a question that was answered by :func:`every_item`."""
    if question.shape:
        return SHAPED[question.shape][1]
    return str(_written(question))


def cell_reads(listing: Listing, key: str, line: int) -> str:
    """What stands in a line of a table."""
    return _cell(next(column for column in listing.columns if column.key == key), line)[1]


def _written(question: Question) -> str:
    if question.shape:
        return SHAPED[question.shape][0]
    if question.kind == "parts":
        return "(c)(17)(iii)"
    return SHORT.get(question.id.rpartition(".")[2], f"Ñ{question.id} Ex")


def _cell(column: Column, line: int) -> tuple[str, str]:
    if column.boxes and column.boxes[line - 1] is None:
        return column.printed, column.printed
    if column.shape == "date" and line > 1:  # the first line of the I-912's Part 3 is the person's own
        return f"200{line}-03-14", f"03/14/200{line}"
    return SHAPED[column.shape] if column.shape else (f"{column.key} {line}", f"{column.key} {line}")
