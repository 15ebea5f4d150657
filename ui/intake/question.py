"""One question on the screen: the client's words, the staff's words, a field, what is wrong. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ournydesk.domain.answers import Said
from ui.i18n import tr
from ui.intake.choices import FEW, ChoiceField, SearchField
from ui.intake.fields import Field, LineField, LongField
from ui.intake.pages import Question
from ui.theme.marks import Mark
from ui.theme.theme import Theme, reveal
from ui.theme.tokens import GAP_M, GAP_S, LARGE
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.marks import MarkSign
from ui.widgets.text import Chip, Text

SAID_WORDS: Final = {Said.UNKNOWN: "Does not know", Said.DECLINED: "Prefers not to say"}
NUMBER_WIDTH = 48


def field_for(theme: Theme, question: Question, client: str, *, short: bool) -> Field:
    """The field that fits a question."""
    if question.control in {"select", "select1"}:
        many = question.control == "select"
        if len(question.options) > FEW:
            return SearchField(theme, question, many=many, short=short)
        return ChoiceField(theme, question, client, many=many, short=short)
    if "multiline" in question.appearance:
        return LongField(theme, question)
    return LineField(theme, question, short=short)


def side_by_side(question: Question, scale: float) -> bool:
    """Whether a question stands beside its two choices, as in a long list of yes and no."""
    two = question.control == "select1" and len(question.options) == 2
    return two and bool(question.item) and scale <= LARGE


class QuestionBox(QWidget):
    """Shows a question and takes its answer."""

    answered = Signal(str, str)
    """Text, and how it was said."""

    def __init__(self, theme: Theme, question: Question, client: str, *, bare: bool = False) -> None:
        """``bare``: inside a table row, where one label above the field is enough."""
        super().__init__()
        self._theme, self._question, self._client, self._bare = theme, question, client, bare
        self._mistake = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._first = Text(theme, "", Type.BODY if bare else Type.LEAD, bold=True, language=client)
        self._second = Text(theme, "", Type.CAPTION if bare else Type.BODY, tone="second")
        self._hint = Text(theme, "", Type.CAPTION, tone="hint")
        self._english_only = Chip(theme, tr("English only"))
        self._field = field_for(theme, question, client, short=bare)
        self._field.answered.connect(self._give)
        self._field.mistyped.connect(self._mistyped)
        self._said = Text(theme, "", Type.BODY, bold=True, wrap=False)
        self._more = Button(theme, tr("…"), kind="quiet", size="small", name=f"said:{question.ref}")
        self._more.setAccessibleName(tr("More answers to: {question}", question=question.label.staff))
        self._more.clicked.connect(self._offer)
        # Tab goes from answer to answer; the rarer answers have a key of their own.
        self._more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        other = QShortcut(QKeySequence("Alt+."), self)
        other.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        other.activated.connect(self._offer)
        self._sign = MarkSign(theme, Mark.STOP, 16)
        self._problem = Text(theme, "", Type.BODY, tone="stop")
        self._problem.setObjectName(f"problem:{question.ref}")
        if side_by_side(question, theme.scale) and not bare:
            self._lay_side_by_side()
        else:
            self._lay_stacked(bare=bare)
        self.show_question(question)

    @property
    def ref(self) -> str:
        """Which question it shows."""
        return self._question.ref

    def show_question(self, question: Question) -> None:
        """Show a question as it stands now."""
        self._question = question
        words = question.label
        self._first.speak(self._client if words.client else "en")
        self._first.setText(words.first)
        beneath = words.staff if words.client and words.client != words.staff else ""
        if self._bare and words.untranslated:
            beneath = tr("English only")
        self._second.setText(beneath)
        reveal(self._second, visible=bool(beneath))
        reveal(self._english_only, visible=words.untranslated and not self._bare)
        self._hint.setText(question.hint)
        reveal(self._hint, visible=bool(question.hint))
        self._field.setEnabled(not question.readonly)
        self._field.show_answer(question)
        reveal(self._more, visible=not question.readonly)
        said = SAID_WORDS.get(question.said)
        self._said.setText(tr(said) if said else "")
        reveal(self._said, visible=said is not None)
        self._show_problem()
        reveal(self, visible=question.relevant)

    def enter(self) -> None:
        """Put the cursor here."""
        self._field.entry().setFocus()

    def commit(self) -> None:
        """Give what is being typed, now."""
        self._field.commit()

    @property
    def mistake(self) -> str:
        """What is wrong with a text that was typed and cannot be an answer."""
        return self._mistake

    def _give(self, text: str) -> None:
        self.answered.emit(text, Said.VALUE.value)

    def _mistyped(self, sentence: str) -> None:
        self._mistake = sentence
        self._show_problem()

    def _show_problem(self) -> None:
        sentence = self._mistake or self._question.problem
        self._problem.setText(sentence)
        reveal(self._problem_row, visible=bool(sentence))
        self._field.show_state("error" if sentence else "")
        self._field.entry().setAccessibleDescription(f"{sentence} {self._question.hint}".strip())

    def _offer(self) -> None:
        menu = QMenu(self)
        for said, words in SAID_WORDS.items():
            entry = menu.addAction(tr(words))
            entry.setObjectName(f"said_{said.value}")
            entry.triggered.connect(lambda _checked=False, said=said: self.answered.emit("", said.value))
        if not (self._question.said is Said.VALUE and not self._question.text):
            menu.addSeparator()
            clear = menu.addAction(tr("Clear the answer"))
            clear.triggered.connect(lambda _checked=False: self._give(""))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _lay_stacked(self, *, bare: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        if not bare and side_by_side(self._question, 1.0):
            column.addWidget(self._make_number())
        column.addLayout(self._title_row())
        column.addWidget(self._second)
        column.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(self._field, 1 if isinstance(self._field, LongField) else 0)
        row.addWidget(self._said)
        if not bare:
            row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        if not isinstance(self._field, LongField):
            row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._make_problem_row())

    def _lay_side_by_side(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GAP_S, 0, GAP_S)
        row.setSpacing(GAP_M)
        row.addWidget(self._make_number())
        self._theme.follow(self, self._align)
        self._align()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(self._title_row())
        words.addWidget(self._second)
        words.addWidget(self._hint)
        words.addWidget(self._make_problem_row())
        row.addLayout(words, 1)
        row.addWidget(self._said)
        row.addWidget(self._field)
        row.addWidget(self._more)

    def _make_number(self) -> Text:
        self._number = Text(self._theme, self._question.item, Type.BODY, tone="hint", bold=True, wrap=False)
        return self._number

    def _align(self) -> None:
        """All numbers of a section stand in one column."""
        self._number.setMinimumWidth(self._theme.px(NUMBER_WIDTH))

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(self._first, 1)
        row.addWidget(self._english_only)
        if self._bare:
            # A table's row has no room beside the field.
            row.addWidget(self._more)
        return row

    def _make_problem_row(self) -> QWidget:
        self._problem_row = QWidget()
        row = QHBoxLayout(self._problem_row)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(GAP_M)
        row.addWidget(self._sign)
        row.addWidget(self._problem, 1)
        return self._problem_row
