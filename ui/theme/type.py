"""The type scale and the families that carry it. Sizes are points, so 100-200 % text scales."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

LATIN: Final = "Noto Sans"
MONO: Final = "Noto Sans Mono"
FALLBACKS: Final = (
    LATIN,
    "Noto Sans Bengali",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Gurmukhi",
    "Noto Sans CJK SC",
)
BY_LANGUAGE: Final = {
    "bn": "Noto Sans Bengali",
    "ar": "Noto Sans Arabic",
    "fa": "Noto Sans Arabic",
    "ur": "Noto Nastaliq Urdu",
    "he": "Noto Sans Hebrew",
    "yi": "Noto Sans Hebrew",
    "hi": "Noto Sans Devanagari",
    "ne": "Noto Sans Devanagari",
    "pa": "Noto Sans Gurmukhi",
    "zh": "Noto Sans CJK SC",
    "ko": "Noto Sans CJK KR",
}
RIGHT_TO_LEFT: Final = frozenset(("ar", "fa", "he", "ur", "yi"))


@dataclass(frozen=True, slots=True)
class Size:
    """A step of the scale: points at 100 %, and whether it is bold at rest."""

    points: float
    bold: bool = False


class Type(StrEnum):
    """The steps, by what they are for."""

    CAPTION = "caption"
    SMALL = "small"
    BODY = "body"
    LEAD = "lead"
    QUESTION = "question"
    TITLE = "title"
    SECTION = "section"
    DISPLAY = "display"
    TICKET = "ticket"
    CLIENT_QUESTION = "client_question"
    CLIENT_CHOICE = "client_choice"


SCALE: Final = {
    Type.CAPTION: Size(9),
    Type.SMALL: Size(9.75),
    Type.BODY: Size(10.5),
    Type.LEAD: Size(12),
    Type.QUESTION: Size(15, bold=True),
    Type.TITLE: Size(15, bold=True),
    Type.SECTION: Size(19.5, bold=True),
    Type.DISPLAY: Size(27, bold=True),
    Type.TICKET: Size(42, bold=True),
    Type.CLIENT_QUESTION: Size(30, bold=True),
    Type.CLIENT_CHOICE: Size(24),
}


def language_code(language: str) -> str:
    """The code in a form's name for a language: ``Bengali (bn)`` is ``bn``; a bare code stays."""
    inside = language.rpartition("(")[2].rstrip(") ")
    return inside.partition("-")[0].lower()


def direction_of(language: str) -> Qt.LayoutDirection:
    """Which way a language's text runs."""
    rtl = language_code(language) in RIGHT_TO_LEFT
    return Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight


def font(step: Type, *, scale: float = 1.0, bold: bool | None = None, language: str = "en") -> QFont:
    """A font of the scale, led by the family of a language's script."""
    size = SCALE[step]
    lead = BY_LANGUAGE.get(language_code(language), LATIN)
    made = QFont()
    made.setFamilies([lead, *(family for family in FALLBACKS if family != lead)])
    made.setPointSizeF(size.points * scale)
    made.setWeight(QFont.Weight.Bold if (size.bold if bold is None else bold) else QFont.Weight.Normal)
    return made


def mono(step: Type = Type.BODY, *, scale: float = 1.0) -> QFont:
    """The face of printed values."""
    made = QFont(MONO)
    made.setPointSizeF(SCALE[step].points * scale)
    return made
