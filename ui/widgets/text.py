"""Text in a step of the scale and a tone; it follows the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.theme.theme import Theme, restyle
from ui.theme.type import Type, direction_of


class Text(QLabel):
    """Plain text (never markup) that wraps, in a language's font and direction."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        step: Type = Type.BODY,
        *,
        tone: str = "",
        bold: bool | None = None,
        language: str = "en",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._step, self._bold, self._language = theme, step, bold, language
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if tone:
            self.setProperty("tone", tone)
        self.speak(language)
        self.setText(text)
        theme.follow(self, self._dress)

    def speak(self, language: str) -> None:
        """Use the font and direction of a language from now on."""
        self._language = language
        direction = direction_of(language)
        self.setLayoutDirection(direction)
        self.setAlignment(
            (
                Qt.AlignmentFlag.AlignRight
                if direction is Qt.LayoutDirection.RightToLeft
                else Qt.AlignmentFlag.AlignLeft
            )
            | Qt.AlignmentFlag.AlignAbsolute  # without it Qt mirrors the right side back to the left
            | Qt.AlignmentFlag.AlignVCenter
        )
        self._dress()

    def tone(self, name: str) -> None:
        """Change the tone: second, hint, accent, attention, stop, or none."""
        restyle(self, tone=name)

    def step(self, step: Type) -> None:
        """Another size."""
        self._step = step
        self._dress()

    def embolden(self, *, bold: bool) -> None:
        """Bold or not."""
        self._bold = bold
        self._dress()

    def _dress(self) -> None:
        self.setFont(self._theme.font(self._step, bold=self._bold, language=self._language))


class Label(Text):
    """The name of a field, above it or before it; ``&`` marks the letter that leads into the field."""

    def __init__(self, theme: Theme, text: str, field: QWidget, *, wrap: bool = True) -> None:
        super().__init__(theme, text, Type.BODY, bold=True, wrap=wrap)
        self.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(text.replace("&", ""))


class Told(Text):
    """A sentence in bold and one after it in one paragraph. What it is given is text, never markup."""

    def __init__(self, theme: Theme, what: str, then: str = "", step: Type = Type.BODY) -> None:
        super().__init__(theme, "", step)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.say(what, then)

    def say(self, what: str, then: str = "") -> None:
        """Show other sentences."""
        from html import escape  # noqa: PLC0415 - brings a dictionary of entities, and few pages tell

        self.setText(f"<b>{escape(what)}</b> {escape(then)}".strip())
        self.setAccessibleName(f"{what} {then}".strip())


class Chip(QLabel):
    """A short fact in a box: ``plain``, ``accent``, ``attention`` or ``stop``. Not clickable."""

    def __init__(self, theme: Theme, text: str, kind: str = "plain") -> None:
        super().__init__(text)
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._dress()
        theme.follow(self, self._dress)

    def _dress(self) -> None:
        self.setFont(self._theme.font(Type.CAPTION))


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("frame", "rule")
    line.setFixedHeight(1)
    return line
