"""Fields that are typed into: text, numbers, dates, long answers. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from ui.i18n import tr
from ui.intake.pages import Question
from ui.theme.theme import Theme, restyle
from ui.theme.type import Type
from ui.widgets.typed import LEFT_TO_RIGHT, WIDTHS, read, shown

IDLE_MS = 2000
NARROW, SHORT, USUAL = 140, 210, 320


class Field(QWidget):
    """Something an answer is put into. ``answered`` carries the form's text, ``mistyped`` a sentence."""

    answered = Signal(str)
    mistyped = Signal(str)

    def show_answer(self, question: Question) -> None:
        """Show the answer of a question, unless the person is just typing another."""
        raise NotImplementedError

    def show_state(self, state: str) -> None:
        """Look like ``error``, ``warning`` or nothing special."""

    def entry(self) -> QWidget:
        """The widget that takes the keyboard."""
        raise NotImplementedError

    def commit(self) -> None:
        """Give the answer now, whatever the clock says."""


class LineField(Field):
    """One line. It gives its answer when it is left, at Enter, and after two seconds of rest."""

    def __init__(self, theme: Theme, question: Question, *, short: bool = False) -> None:
        super().__init__()
        self._theme, self._question = theme, question
        self._usual = SHORT if short else USUAL
        self._line = QLineEdit()
        self._line.setObjectName(f"answer:{question.ref}")
        self._line.setAccessibleName(question.label.staff)
        self._line.setAccessibleDescription(question.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._line)
        if question.type == "date":
            self._calendar_button(row)
        row.addStretch(1)
        if question.kind in LEFT_TO_RIGHT or question.type in {"int", "decimal", "date"}:
            self._line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(IDLE_MS)
        self._rest.timeout.connect(lambda: self._give(leaving=False))
        self._line.textEdited.connect(lambda _text: self._rest.start())
        self._line.editingFinished.connect(lambda: self._give(leaving=True))
        theme.follow(self, self._dress)
        self._dress()

    def show_answer(self, question: Question) -> None:
        """The answer as a person writes it; what is being typed is left alone."""
        self._question = question
        if self._line.hasFocus() and self._line.isModified():
            return
        if read(self._line.text(), question.type, question.kind).problem and not question.text:
            return
        self._line.setText(shown(question.text, question.type, question.kind))

    def show_state(self, state: str) -> None:
        """Border of an error or a warning."""
        restyle(self._line, state=state)

    def entry(self) -> QWidget:
        """The line."""
        return self._line

    def commit(self) -> None:
        """Give the answer now."""
        self._give(leaving=False)

    def _give(self, *, leaving: bool) -> None:
        self._rest.stop()
        if not self._line.isModified():
            return
        typed = read(self._line.text(), self._question.type, self._question.kind)
        if typed.problem:
            if leaving:
                self.mistyped.emit(typed.problem)
            return
        if leaving:
            self._line.setModified(False)
            self._line.setText(shown(typed.answer, self._question.type, self._question.kind))
        self.mistyped.emit("")
        self.answered.emit(typed.answer)

    def _calendar_button(self, row: QHBoxLayout) -> None:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(tr("Choose the day in a calendar"))
        button.setToolTip(tr("Calendar"))
        button.setIcon(self._theme.icon("calendar", "ink2"))
        self._theme.follow(button, lambda: button.setIcon(self._theme.icon("calendar", "ink2")))
        button.clicked.connect(lambda: self._choose_day(button))
        row.addWidget(button)

    def _choose_day(self, button: QToolButton) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        typed = read(self._line.text(), "date").answer
        if typed:
            calendar.setSelectedDate(QDate.fromString(typed, Qt.DateFormat.ISODate))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)

        def chosen(day: QDate) -> None:
            self._line.setText(day.toString(Qt.DateFormat.ISODate))
            self._line.setModified(True)
            menu.close()
            self._give(leaving=True)

        calendar.clicked.connect(chosen)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _dress(self) -> None:
        self._line.setFont(self._theme.font(Type.BODY))
        width = NARROW if self._question.type in {"date", "int", "decimal"} else self._usual
        wanted = min(WIDTHS.get(self._question.kind, width), self._usual)
        self._line.setFixedWidth(self._theme.px(wanted))


class LongField(Field):
    """Several lines. Tab leaves it."""

    def __init__(self, theme: Theme, question: Question) -> None:
        super().__init__()
        self._theme = theme
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setObjectName(f"answer:{question.ref}")
        self._edit.setAccessibleName(question.label.staff)
        self._edit.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._edit)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(IDLE_MS)
        self._rest.timeout.connect(self.commit)
        self._edit.textChanged.connect(self._rest.start)
        theme.follow(self, self._dress)
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the field gives its answer."""
        if watched is self._edit and event.type() is QEvent.Type.FocusOut:
            self.commit()
        return False

    def show_answer(self, question: Question) -> None:
        """The answer, unless another is being typed."""
        if self._edit.hasFocus() or self._edit.toPlainText().strip() == question.text:
            return
        with QSignalBlocker(self._edit):
            self._edit.setPlainText(question.text)

    def show_state(self, state: str) -> None:
        """Border of an error or a warning."""
        restyle(self._edit, state=state)

    def entry(self) -> QWidget:
        """The editor."""
        return self._edit

    def commit(self) -> None:
        """Give the answer now."""
        self._rest.stop()
        self.answered.emit(self._edit.toPlainText().strip())

    def _dress(self) -> None:
        self._edit.setFont(self._theme.font(Type.BODY))
        self._edit.setFixedHeight(self._theme.px(96))
