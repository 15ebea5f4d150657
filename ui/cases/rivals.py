"""One thing two people left open, as a card: what each wrote, and what can be done about it. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ournydesk.domain.answers import Answer, Said
from ournydesk.domain.case import Conflict, Rival, TornRow
from ui.cases.conflict_presenter import KEPT, REMOVED, Open
from ui.i18n import tr
from ui.theme.marks import Mark
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.marks import MarkSign
from ui.widgets.text import Chip, Text
from ui.widgets.typed import shown

NARROW = 900
"""Below this width at 100 % the answers stand below one another, px."""


class RivalButton(QPushButton):
    """An answer with who gave it; pressing it decides."""

    def __init__(self, theme: Theme, lines: tuple[str, str, str], *, chosen: bool, name: str) -> None:
        super().__init__()
        self._theme = theme
        value, by, more = lines
        self.setObjectName(name)
        self.setProperty("kind", "rival")
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(value)
        self.setAccessibleDescription(f"{by}. {more}".strip(". "))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        sign = MarkSign(theme, Mark.DONE if chosen else Mark.NONE)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        texts = [Text(theme, value, Type.LEAD, bold=True), Text(theme, by, Type.SMALL)]
        texts += [Text(theme, more, Type.SMALL, tone="second")] if more else []
        for text in texts:
            column.addWidget(text)
        column.addStretch(1)
        row.addLayout(column, 1)
        for inner in (sign, *texts):
            inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Room for what is inside: a push button would only count its own words."""
        layout = self.layout()
        inside = layout.sizeHint() if layout is not None else QSize()
        return QSize(max(self._theme.px(220), 0), inside.height())

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the wrapped words are."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else super().heightForWidth(width)


class OpenCard(QFrame):
    """Calls ``choose`` with an answer, ``write`` with a text, ``ask`` or ``row`` with keep or not."""

    def __init__(
        self,
        theme: Theme,
        thing: Open,
        *,
        choose: Callable[[Conflict, Answer], None],
        write: Callable[[Conflict, str], bool],
        ask: Callable[[Conflict], None],
        row: Callable[[TornRow, bool], None],
    ) -> None:
        super().__init__()
        self._theme, self.thing = theme, thing
        self._choose, self._write, self._ask, self._row = choose, write, ask, row
        self.setProperty("frame", "card")
        self.setObjectName(f"open:{thing.key}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._about())
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(16)
        for button in self._answers():
            self._beside.addWidget(button, 1)
        line.addLayout(self._beside, 1)
        column.addLayout(line)
        self._editor = QWidget()
        self._editor.hide()
        if isinstance(thing.what, Conflict):
            line.addLayout(self._acts(thing.what))
            self._edit(thing.what)
            column.addWidget(self._editor)

    def enter(self) -> None:
        """The cursor on the first answer."""
        first = self._beside.itemAt(0)
        widget = first.widget() if first is not None else None
        if widget is not None:
            widget.setFocus()

    def lay(self, width: int) -> None:
        """Answers beside one another where there is room."""
        narrow = width < self._theme.px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(direction)

    def _about(self) -> QWidget:
        thing, theme = self.thing, self._theme
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        mark = Mark.DONE if thing.decided is not None else Mark.MEND
        row.addWidget(MarkSign(theme, mark), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Text(theme, thing.title, bold=True))
        if isinstance(thing.what, Conflict) and thing.what.section:
            column.addWidget(Text(theme, thing.what.section, Type.CAPTION, tone="second"))
        if thing.decided is not None:
            # Aligned, because a chip never grows and would keep its column as narrow as it is.
            column.addWidget(Chip(theme, tr("decided by you"), "accent"), 0, Qt.AlignmentFlag.AlignLeft)
        elif thing.blocks:
            column.addWidget(Chip(theme, tr("blocks printing"), "attention"), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        row.addLayout(column, 1)
        holder.setFixedWidth(theme.px(230))
        return holder

    def _answers(self) -> list[RivalButton]:
        what = self.thing.what
        if isinstance(what, TornRow):
            return self._of_row(what)
        made = [self._answer(what, rival, number) for number, rival in enumerate(what.rivals)]
        given = {rival.answer for rival in what.rivals}
        if isinstance(self.thing.decided, Answer) and self.thing.decided not in given:
            words = dict(what.options).get(self.thing.decided.text, self.thing.decided.text)
            lines = (words, tr("Written by you"), "")
            made.append(RivalButton(self._theme, lines, chosen=True, name="rival:own"))
        return made

    def _answer(self, what: Conflict, rival: Rival, number: int) -> RivalButton:
        by = tr("{name}, {time}", name=rival.by or tr("Name not here yet"), time=_when(rival))
        lines = (_spelled(what, rival), by, "")
        chosen = self.thing.decided == rival.answer
        button = RivalButton(self._theme, lines, chosen=chosen, name=f"rival:{number}")
        button.clicked.connect(lambda _checked=False: self._choose(what, rival.answer))
        return button

    def _of_row(self, what: TornRow) -> list[RivalButton]:
        words = what.words or tr("Nothing is written in it.")
        kept = (tr("It stays"), words, tr("{name} wrote in it.", name=what.edited_by))
        gone = (
            tr("It goes"),
            tr("Nothing of it is printed."),
            tr("{name} removed it.", name=what.removed_by),
        )
        made = []
        for lines, decided, keep in ((kept, KEPT, True), (gone, REMOVED, False)):
            button = RivalButton(
                self._theme, lines, chosen=self.thing.decided == decided, name=f"row:{decided}"
            )
            button.clicked.connect(lambda _checked=False, keep=keep: self._row(what, keep))
            # What is taken away is gone for good: it cannot be chosen back.
            button.setEnabled(self.thing.decided is None)
            made.append(button)
        return made

    def _acts(self, what: Conflict) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        other = Button(self._theme, tr("Write another"), size="small", name="write_another")
        other.clicked.connect(lambda _checked=False: self._open_editor())
        ask = Button(self._theme, tr("Ask the client"), size="small", name="ask_client")
        ask.clicked.connect(lambda _checked=False: self._ask(what))
        ask.setEnabled(self.thing.decided is None)
        column.addWidget(other)
        column.addWidget(ask)
        column.addStretch(1)
        return column

    def _edit(self, what: Conflict) -> None:
        row = QHBoxLayout(self._editor)
        row.setContentsMargins(self._theme.px(246), 0, 0, 0)
        row.setSpacing(10)
        self._picker: Combo | None = None
        self._line = QLineEdit()
        self._line.setObjectName("another_answer")
        self._line.setAccessibleName(tr("Another answer to “{question}”", question=what.question))
        self._line.returnPressed.connect(lambda: self._written(what))
        if what.options and not what.several:
            self._picker = Combo(self._theme, "another_choice", what.question)
            self._picker.addItems([words for _, words in what.options])
            row.addWidget(self._picker, 1)
        else:
            row.addWidget(self._line, 1)
        sign = Button(self._theme, tr("Sign this answer"), kind="primary", name="sign_another")
        sign.clicked.connect(lambda _checked=False: self._written(what))
        row.addWidget(sign)
        row.addStretch(1)

    def _open_editor(self) -> None:
        self._editor.show()
        (self._picker or self._line).setFocus()

    def _written(self, what: Conflict) -> None:
        text = what.options[self._picker.currentIndex()][0] if self._picker is not None else self._line.text()
        if self._write(what, text):
            self._editor.hide()


def _spelled(what: Conflict, rival: Rival) -> str:
    """Numbers as people read them aloud."""
    typed = not what.options and rival.answer.said is Said.VALUE and rival.answer.text
    return shown(rival.answer.text, what.type, what.kind) if typed else rival.shown


def _when(rival: Rival) -> str:
    at = rival.at.astimezone()
    return f"{at.day} {at:%b}, {at:%H:%M}"
