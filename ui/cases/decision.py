"""The decision, the note and what happened: the panel beside a case. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ournydesk.domain.case import CaseView, Decision
from ournydesk.domain.record import Choice
from ui.cases.case_presenter import CHOICES, HAPPENED
from ui.i18n import tr
from ui.theme.theme import Theme, reveal, surface
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.scroll import scrolled
from ui.widgets.text import Label, Text, rule

WIDTH = 320
MOST_HAPPENED = 8


class DecisionPanel(QWidget):
    """``signed`` carries the choice (or nothing) and the reason; ``noted`` a note's text."""

    signed = Signal(str, str)
    noted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "paper", edge="left")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(Text(theme, tr("Decision"), Type.LEAD, bold=True))
        self._stands = Text(theme, "", Type.BODY)
        self._stands.setObjectName("decision_stands")
        column.addWidget(self._stands)
        self._group = QButtonGroup(self)
        self._choices: dict[Choice, Button] = {}
        for choice, words in CHOICES.items():
            button = Button(theme, tr(words), name=f"decision:{choice.value}")
            button.setProperty("kind", "choice")
            button.setProperty("leading", "yes")
            button.setCheckable(True)
            self._group.addButton(button)
            self._choices[choice] = button
            column.addWidget(button)
        self._reason = QLineEdit()
        self._reason.setObjectName("decision_reason")
        column.addWidget(Label(theme, tr("Reason, for the team"), self._reason))
        column.addWidget(self._reason)
        self._sign = Button(
            theme, tr("Sign the decision"), kind="primary", size="large", name="decision_sign"
        )
        self._sign.clicked.connect(
            lambda _checked=False: self.signed.emit(self._choice(), self._reason.text())
        )
        column.addWidget(self._sign)
        self._noting = QWidget()
        inner = QVBoxLayout(self._noting)
        inner.setContentsMargins(0, 8, 0, 0)
        self._note = QPlainTextEdit()
        self._note.setObjectName("note_text")
        self._note.setFixedHeight(84)
        save = Button(theme, tr("Sign the note"), name="note_save")
        save.clicked.connect(lambda _checked=False: self.noted.emit(self._note.toPlainText()))
        inner.addWidget(Label(theme, tr("Note, for the team"), self._note))
        inner.addWidget(self._note)
        inner.addWidget(save)
        column.addWidget(self._noting)
        reveal(self._noting, visible=False)
        column.addSpacing(6)
        column.addWidget(rule())
        column.addWidget(Text(theme, tr("What happened"), Type.LEAD, bold=True))
        self._happened = QVBoxLayout()
        self._happened.setSpacing(6)
        column.addLayout(self._happened)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(body))
        theme.follow(self, self._dress)
        self._dress()

    def show_case(self, view: CaseView) -> None:
        """What was decided, and what happened."""
        self._stands.setText(_standing(view.decisions))
        self._sign.setText(tr("Sign another decision") if view.decisions else tr("Sign the decision"))
        self._note.clear()
        reveal(self._noting, visible=False)
        empty(self._happened)
        for one in view.happened[:MOST_HAPPENED]:
            at = one.at.astimezone().strftime("%H:%M")
            by = f", {one.by}" if one.by else ""
            said = f"{at}  {tr(HAPPENED.get(one.what, one.what))}{by}"
            self._happened.addWidget(Text(self._theme, said))
            if one.text and one.what != "decision":
                self._happened.addWidget(Text(self._theme, one.text, Type.CAPTION, tone="second"))

    def open_note(self) -> None:
        """The note's field, with the cursor in it."""
        reveal(self._noting, visible=True)
        self._note.setFocus()

    def _choice(self) -> str:
        return next((choice.value for choice, button in self._choices.items() if button.isChecked()), "")

    def _dress(self) -> None:
        self.setFixedWidth(min(self._theme.px(WIDTH), 460))
        self._note.setFont(self._theme.font(Type.BODY))


def _standing(decisions: tuple[Decision, ...]) -> str:
    if not decisions:
        return tr("Nothing is decided yet.")
    last = decisions[0]
    at = last.at.astimezone().strftime("%H:%M")
    words = tr(CHOICES[last.choice])
    signed = tr("Signed by {name}, {time}.", name=last.by, time=at)
    reason = f" “{last.reason}”" if last.reason else ""
    return f"{words}.{reason} {signed}"
