"""Beside the questions: when to call the attorney, and what is still missing. Never a verdict. Layer: ui."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.intake.presenter import AttentionRow, MissingRow
from ui.theme.marks import Mark
from ui.theme.theme import Theme, reveal, surface
from ui.theme.tokens import GAP_L, GAP_M, PANEL_WIDTH
from ui.theme.type import Type, language_code
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.lines import Line
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text, rule

SHOWN = 12
REASONS = 5
QWIDGETSIZE_MAX = (1 << 24) - 1
SAY_THIS = {
    "bn": "আজ একজন আইনজীবী আপনার সঙ্গে এটি দেখবেন।",
    "es": "Un abogado va a revisar esto con usted hoy.",
    "zh": "今天会有一位律师和您一起看这件事。",
    "ar": "سيراجع محامٍ هذا الأمر معك اليوم.",
    "ht": "Yon avoka ap gade sa avèk ou jodi a.",
    "ru": "Сегодня адвокат посмотрит это вместе с вами.",
}
"""What to say to the client, in the client's language; English stands below it, and alone where missing.

All of them are drafts that nobody has reviewed, and the panel says so.
"""


class Panel(QWidget):
    """``jump`` carries the path of a question; ``called`` says that the attorney was called."""

    jump = Signal(str)
    called = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._wide = theme, False
        surface(self, "paper", edge="left")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(GAP_L)
        self._ask = self._attorney_block()
        column.addWidget(self._ask)
        head = QHBoxLayout()
        head.addWidget(Text(theme, tr("Still missing"), Type.LEAD, bold=True, wrap=False))
        head.addStretch(1)
        head.addWidget(Text(theme, tr("F8 next"), Type.CAPTION, tone="hint", wrap=False))
        column.addLayout(head)
        self._none = Text(theme, tr("Nothing is missing."), Type.BODY, tone="second")
        column.addWidget(self._none)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)
        self._rest = Text(theme, "", Type.CAPTION, tone="hint")
        column.addWidget(self._rest)
        column.addStretch(1)
        outer.addWidget(scrolled(body))
        theme.follow(self, self._dress)
        self._dress()

    def show_attention(self, rows: tuple[AttentionRow, ...], language: str) -> None:
        """Why the attorney is called; nothing at all when nobody is."""
        reveal(self._ask, visible=bool(rows))
        for line, row in zip_longest(self._reasons, rows[:REASONS]):
            line.setText(row.words if row is not None else "")
            reveal(line, visible=row is not None)
        more = len(rows) - REASONS
        self._more_reasons.setText(tr("and {count} more", count=more) if more > 0 else "")
        reveal(self._more_reasons, visible=more > 0)
        said = SAY_THIS.get(language_code(language), "")
        self._say.speak(language if said else "en")
        self._say.setText(said or tr("A lawyer will go over this with you today."))
        reveal(self._say_english, visible=bool(said))
        reveal(self._say_draft, visible=bool(said))

    def show_missing(self, rows: tuple[MissingRow, ...], total: int) -> None:
        """What is left to ask, the first few by name."""
        empty(self._lines)
        for row in rows[:SHOWN]:
            line = Line(self._theme, name=f"missing:{row.ref}", chevron=True, wrap=True)
            line.say(Mark.MEND if row.mend else Mark.NONE, row.words, "")
            line.clicked.connect(lambda _checked=False, path=row.path: self.jump.emit(path))
            self._lines.addWidget(line)
        more = total - min(len(rows), SHOWN)
        self._rest.setText(tr("and {count} more", count=more) if more > 0 else "")
        reveal(self._rest, visible=more > 0)
        reveal(self._none, visible=total == 0)

    def note_call(self, at: str) -> None:
        """Say when the attorney was called."""
        self._called.setText(tr("Called at {at}. Stay with the client; go on with the next question.", at=at))
        self._called.show()

    def _attorney_block(self) -> QWidget:
        block = QWidget()
        block.setObjectName("ask_the_attorney")
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_L)
        head = QHBoxLayout()
        self._sign = QLabel()
        head.addWidget(self._sign)
        head.addWidget(Text(self._theme, tr("Ask the attorney"), Type.LEAD, bold=True, wrap=False))
        head.addStretch(1)
        column.addLayout(head)
        self._reasons = [Text(self._theme, "", Type.BODY, bold=True) for _ in range(REASONS)]
        self._more_reasons = Text(self._theme, "", Type.CAPTION, tone="hint")
        for line in self._reasons:
            column.addWidget(line)
        column.addWidget(self._more_reasons)
        words = tr(
            "An attorney reads this before anything is printed. Write down what the client says. "
            "You do not need to judge it."
        )
        column.addWidget(Text(self._theme, words, Type.BODY, tone="second"))
        column.addWidget(self._say_block())
        call = Button(self._theme, tr("Call the attorney now"), key="F9", name="call_attorney")
        call.clicked.connect(lambda _checked=False: self.called.emit())
        column.addWidget(call)
        self._called = Text(self._theme, "", Type.BODY, tone="accent")
        self._called.hide()
        column.addWidget(self._called)
        column.addWidget(rule())
        block.hide()
        return block

    def _say_block(self) -> QFrame:
        notice = QFrame()
        notice.setProperty("frame", "notice")
        column = QVBoxLayout(notice)
        column.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        column.setSpacing(2)
        column.addWidget(Text(self._theme, tr("Say this"), Type.CAPTION, tone="second"))
        self._say = Text(self._theme, "", Type.LEAD)
        self._say_english = Text(
            self._theme, tr("A lawyer will go over this with you today."), Type.SMALL, tone="second"
        )
        column.addWidget(self._say)
        column.addWidget(self._say_english)
        self._say_draft = Text(self._theme, tr("Draft words, not reviewed."), Type.CAPTION, tone="second")
        column.addWidget(self._say_draft)
        return notice

    def widen(self, *, wide: bool) -> None:
        """Take the room of the questions, or stand beside them."""
        self._wide = wide
        self._dress()

    def _dress(self) -> None:
        width = min(self._theme.px(PANEL_WIDTH), 420)
        self.setMinimumWidth(width)
        self.setMaximumWidth(QWIDGETSIZE_MAX if self._wide else width)
        side = self._theme.px(18)
        icon = self._theme.icon("speech", "amb", side)
        self._sign.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatioF()))
        self._sign.setAlignment(Qt.AlignmentFlag.AlignVCenter)
