"""A line for the six digits of short breaks. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit

from ui.theme.theme import Theme
from ui.theme.type import Type

DIGITS: Final = 6


def digits_line(theme: Theme, name: str, words: str) -> QLineEdit:
    """A line that takes six digits and shows dots."""
    line = QLineEdit()
    line.setObjectName(name)
    line.setAccessibleName(words)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setMaxLength(DIGITS)
    line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), line))
    line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    line.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def dress() -> None:
        line.setFont(theme.font(Type.SECTION))
        line.setFixedWidth(theme.px(220))

    theme.follow(line, dress)
    dress()
    return line
