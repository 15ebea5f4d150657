"""Items nobody wrote down, for any map: too many rows, names too long, every script, control characters.

With them an oracle that knows the map and nothing of the code that fills: what each answer has to read as.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from forms.paper.paper_map import Column, Listing, PaperMap, Question

LATIN = (
    "Ñuñez",
    "Đặng",
    "Nguyễn-Phước",
    "Wałęsa",
    "O’Connor",
    "Jose\u0301",
    "Gülçehre",
    "Łódź",
    "Jijjiga",
    "f",
)
OTHERS = (
    "Шевченко-Їжакевич", "রহমান", "মোহাম্মদ", "محمّد", "خدیجہ", "عبد الرحمن", "יוסף", "李小龍", "张伟",
    "김철수", "शर्मा", "ਸਿੰਘ", "ক্ষ্মী", "नमस्ते", "گجراں‌والا",
)  # fmt: skip
LONG = ("Wolfeschlegelsteinhausenbergerdorff" * 2, "Αβγδεζηθ" * 6, "日本橋" * 18, "A" * 90)
DIRT = ("\x00", "\x07", "\t", "\r\n", "\u200b", "\u200e", "\u202e", "\u2066", "\u00a0", "\x1b[31m", "\u2028")
WORD = st.one_of(
    st.sampled_from(LATIN),
    st.sampled_from(OTHERS),
    st.sampled_from(("A061234507", "12-B", "3/4", "(a)", "100%", "§5", "№7", "&", "<b>", "\\", '"', "'")),
)
PHRASE = st.one_of(
    WORD,
    st.lists(WORD, min_size=2, max_size=5).map(" ".join),
    st.lists(WORD, min_size=12, max_size=40).map(" ".join),
    st.sampled_from(LONG),
    st.tuples(WORD, st.sampled_from(DIRT), WORD).map("".join),
)
DAY = st.dates(date(1950, 1, 1), date(2026, 11, 23)).map(date.isoformat)
SHAPES: Mapping[str, st.SearchStrategy[str]] = {
    "date": DAY,
    "until": st.one_of(DAY, st.just("PRESENT")),
    "a-number": st.integers(1_000_000, 999_999_999).map(lambda n: f"A {n:09d}"),
    "ssn": st.integers(0, 999_999_999).map(lambda n: f"{n:09d}"),
    "online-account": st.integers(0, 10**12 - 1).map(lambda n: f"{n:012d}"),
    "selective-service": st.integers(0, 10**10 - 1).map(lambda n: f"{n:010d}"),
    "phone": st.one_of(st.just("(718) 555-0142"), st.just("+880 1712 345678 ext. 9"), st.just("none")),
    "digits": st.sampled_from(("0", "7", "42", "187", "4096", "1234567")),
    "receipt": st.integers(0, 10**10 - 1).map(lambda n: f"ioe {n:010d}"),
    "i-94": st.integers(0, 10**11 - 1).map(lambda n: f"{n:011d}"),
}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def items_for(paper_map: PaperMap) -> st.SearchStrategy[dict[str, object]]:
    """Items of a map, most of them there, each of what the form asks for at that place."""
    wanted = {question.id: _answers(question) for question in paper_map.questions}
    wanted |= {
        listing.id: st.lists(_row(listing), max_size=2 * listing.lines + 2) for listing in paper_map.listings
    }
    return st.fixed_dictionaries({}, optional=wanted)


def _answers(question: Question) -> st.SearchStrategy[object]:
    offered = [mark.answer for mark in question.marks]
    if question.kind == "checks":
        return st.lists(st.sampled_from(offered), unique=True)
    if question.kind == "check":
        return st.sampled_from(offered)
    if question.kind == "parts":
        return st.sampled_from(("(c)(8)", "(a)(12)", "(c)(17)(iii)", "see my letter"))
    one = SHAPES.get(question.shape, PHRASE)
    return st.lists(one, max_size=3) if question.kind == "addendum" else one


def _row(listing: Listing) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {column.key: _cell(column) for column in listing.columns[:1]},
        optional={column.key: _cell(column) for column in listing.columns[1:]},
    )


def _cell(column: Column) -> st.SearchStrategy[str]:
    if column.kind == "check":
        return st.sampled_from([mark.answer for mark in column.marks[0]])
    if column.values:
        return st.sampled_from(list(column.values))
    return SHAPES.get(column.shape, PHRASE)


def reads_as(shape: str, given: object) -> str:
    """What an answer has to read as on paper: squeezed, see :func:`squeezed`."""
    text = squeezed(str(given))
    if shape in {"date", "until"} and (day := _ISO.fullmatch(text)):
        return f"{day[2]}/{day[3]}/{day[1]}"
    if shape == "a-number":
        return text.lstrip("A").zfill(9)
    if shape == "phone" and text == "(718)555-0142":
        return "7185550142"
    return text.upper() if shape == "receipt" else text


def squeezed(text: str) -> str:
    """Composed, without spaces, control characters and marks that only steer direction or joining."""
    shown = (char for char in text if not (char.isspace() or unicodedata.category(char) in {"Cc", "Cf"}))
    return unicodedata.normalize("NFC", "".join(shown))
