"""Words that open something: a masked line, and slots that know the public list and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme
from ui.theme.tokens import GAP_M
from ui.theme.type import Type
from ui.widgets.button import Button

SLOTS = 6


class Slots(QWidget):
    """Tick: on the list. Triangle: not on it. Outlined: being typed."""

    def __init__(self, theme: Theme, count: int = SLOTS) -> None:
        super().__init__()
        self._theme, self._count = theme, count
        self._states: list[str] = ["open"] * count
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_states(self, states: list[str]) -> None:
        """``known``, ``unknown``, ``typing`` or ``open`` for each slot."""
        self._states = states
        told = {"known": tr("on the list"), "unknown": tr("not on the list"), "typing": tr("typing")}
        words = [tr("word {n}: {state}", n=i + 1, state=told.get(s, "…")) for i, s in enumerate(states)]
        self.setAccessibleName("; ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Boxes in a row."""
        return QSize(360, self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the boxes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = (self.width() - GAP_M * (self._count - 1)) / self._count
        for index, state in enumerate(self._states):
            at = (
                index if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else self._count - 1 - index
            )
            box = QRectF(at * (width + GAP_M) + 0.5, 0.5, width - 1, self.height() - 1)
            self._paint_slot(painter, box, index, state)
        painter.end()

    def _paint_slot(self, painter: QPainter, box: QRectF, index: int, state: str) -> None:
        theme = self._theme
        edge, fill = {
            "known": ("acc_line", "acc_tint"),
            "unknown": ("amb_line", "amb_tint"),
            "typing": ("acc", "sheet"),
        }.get(state, ("line", "paper"))
        painter.setPen(QPen(theme.colour(edge), 2 if state == "typing" else 1))
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(box, 4, 4)
        if state in {"known", "unknown"}:
            side = theme.px(17)
            mark = Mark.DONE if state == "known" else Mark.MEND
            place = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            paint(painter, mark, place, theme.palette)
            return
        painter.setPen(theme.colour("acc" if state == "typing" else "ink3"))
        painter.setFont(theme.font(Type.CAPTION, bold=state == "typing"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(index + 1))


class WordsLine(QLineEdit):
    """A tall line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Tall enough for the button inside."""
        return QSize(super().sizeHint().width(), self._theme.px(52))


class WordsField(QWidget):
    """A line for words: masked with its spaces, paste allowed, "Show words" inside."""

    changed = Signal(str)
    entered = Signal()

    def __init__(
        self,
        theme: Theme,
        known: Callable[[str], bool],
        name: str,
        count: int = SLOTS,
        label: str = "",
    ) -> None:
        super().__init__()
        self._theme, self._known, self._count = theme, known, count
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.line = WordsLine(theme)
        self.line.setObjectName(name)
        self.line.setAccessibleName(label or tr("Six words"))
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(1024)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.textChanged.connect(self._look)
        self.line.returnPressed.connect(self.entered.emit)
        inside = QHBoxLayout(self.line)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addStretch(1)
        self._show = Button(theme, tr("Show words"), size="small", icon="eye", name=f"{name}_show")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._toggle)
        inside.addWidget(self._show)
        self.slots = Slots(theme, count)
        column.addWidget(self.line)
        column.addWidget(self.slots)
        theme.follow(self, self._dress)
        self._dress()
        self._look("")

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
        self.cover()

    def cover(self) -> None:
        """Mask the words again."""
        self._show.setChecked(False)

    def strange(self) -> list[int]:
        """Which finished words are not on the public list, counted from one."""
        return [index + 1 for index, word in enumerate(self._finished()) if not self._known(word)]

    def _finished(self) -> list[str]:
        text = self.line.text()
        words = text.split()
        return words if text[-1:].isspace() or len(words) >= self._count else words[:-1]

    def _look(self, text: str) -> None:
        words, finished = text.split(), self._finished()
        states = ["open"] * self._count
        for index, word in enumerate(words[: self._count]):
            if index >= len(finished):
                states[index] = "typing"
            else:
                states[index] = "known" if self._known(word) else "unknown"
        if not words:
            states[0] = "typing"
        self.slots.show_states(states)
        self.changed.emit(text)

    def _toggle(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.setText(tr("Hide words") if shown else tr("Show words"))

    def _dress(self) -> None:
        self.line.setFont(self._theme.font(Type.LEAD))
        self.line.updateGeometry()
        room = self._show.sizeHint().width() + 12
        self.line.setTextMargins(4, 0, room, 0)
