"""A form as empty paper: what is asked, in order, to be written by hand and typed in later. Layer: domain.

``forms.library`` builds these from a form; ``forms.paper`` draws them. Numbers on paper are the copy's
own: they follow from the version of the form alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ournydesk.domain.documents import Bilingual


class Answering(StrEnum):
    """How an answer is given on paper."""

    ONE = "one"
    """One box to tick."""
    MANY = "many"
    """Any number of boxes to tick."""
    LINE = "line"
    LINES = "lines"
    DAY = "day"
    NUMBER = "number"


class When(StrEnum):
    """When a question is answered at all."""

    IS = "is"
    """An earlier question has one of these answers."""
    ANSWERED = "answered"
    EMPTY = "empty"
    APPLIES = "applies"
    """The form's rule is more than a sentence: whoever writes judges, and the desk checks later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a question is to be answered; ``number`` of the earlier question, empty for APPLIES."""

    when: When
    number: str = ""
    answers: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyQuestion:
    """One question. ``skip_to``: with ``skip_answer`` the next question to answer has this number."""

    number: str
    label: Bilingual
    answering: Answering
    hint: Bilingual | None = None
    options: tuple[Bilingual, ...] = ()
    only_if: Condition | None = None
    skip_answer: Bilingual | None = None
    skip_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyHeading:
    """The title of a group inside a section."""

    title: Bilingual
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyNote:
    """Words to be read, not answered."""

    text: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRepeat:
    """A table to fill: the same questions for each row."""

    number: str
    title: Bilingual
    columns: tuple[CopyQuestion, ...]
    only_if: Condition | None = None


CopyEntry = CopyQuestion | CopyHeading | CopyNote | CopyRepeat


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySection:
    """One section of the form."""

    title: Bilingual
    entries: tuple[CopyEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCopy:
    """A whole form. ``language`` is a BCP 47 code; English is printed beside it unless it is English."""

    form_id: str
    version: str
    fingerprint: str
    """How the form's hash begins: eight hexadecimal digits."""
    title: str
    language: str
    sections: tuple[CopySection, ...]
