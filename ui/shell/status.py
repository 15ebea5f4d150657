"""The line at the foot of every screen: what was saved, where records are, whether a server answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ournydesk.domain.intake import Status
from ui.i18n import tr
from ui.theme.theme import Theme, restyle, reveal, surface
from ui.theme.tokens import GAP_M, STATUS_HEIGHT
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.ladder import LadderStep
from ui.widgets.text import Text

FLASH_MS = 600
HUGE = 1.5
APART, CLOSE = 22, 10
"""Between the steps, px: with room, and without."""


class StatusLine(QWidget):
    """Always there, always in the same order, words and counts and never colour alone."""

    asked = Signal()
    """Somebody wants to know more: what is where."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("status_line")
        self.setAccessibleName(tr("Status"))
        surface(self, "sunk", edge="top")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(22)
        self.saved = Text(theme, "", Type.CAPTION, bold=True, wrap=False)
        self.saved.setObjectName("saved_line")
        row.addWidget(self.saved)
        row.addStretch(1)
        self._steps = {status: LadderStep(theme, status) for status in Status}
        self._standing: set[Status] = set()
        self._needs = Text(theme, "", Type.CAPTION, tone="attention", bold=True, wrap=False)
        self._needs.setObjectName("needs_you")
        self._needs.hide()
        row.addWidget(self._needs)
        self._ladder = QGridLayout()
        self._ladder.setHorizontalSpacing(APART)
        self._ladder.setVerticalSpacing(2)
        row.addLayout(self._ladder)
        self._bar = QWidget()
        surface(self._bar, "sunk", edge="left")
        self._bar.setFixedSize(1, 18)
        row.addWidget(self._bar)
        self._reach_row = reach = QHBoxLayout()
        reach.setSpacing(GAP_M)
        self._sign = QLabel()
        self._reach = Text(theme, "", Type.CAPTION, wrap=False)
        reach.addWidget(self._sign)
        reach.addWidget(self._reach)
        row.addLayout(reach)
        more = Button(theme, tr("Details"), kind="bar", size="small", name="what_is_where")
        more.setAccessibleName(tr("What is where"))
        more.setToolTip(tr("What is where, and what waits"))
        more.clicked.connect(lambda _checked=False: self.asked.emit())
        row.addWidget(more)
        self._unflash = QTimer(self)
        self._unflash.setSingleShot(True)
        self._unflash.timeout.connect(lambda: restyle(self.saved, chip=""))
        theme.follow(self, self._dress)
        self._dress()
        self.show_reach(tr("No server is set up. Everything stays on this laptop."))

    def show_saved(self, words: str, *, tone: str = "") -> None:
        """What was saved, or what was not."""
        self.saved.setText(words)
        self.saved.tone(tone)
        self._make_room()

    def flash(self) -> None:
        """Light up the saved line for a moment: someone pressed Ctrl+S."""
        restyle(self.saved, chip="accent")
        self._unflash.start(FLASH_MS)

    def show_counts(self, statuses: Iterable[Status]) -> None:
        """How many records stand at each step."""
        counted = Counter(statuses)
        for status, step in self._steps.items():
            step.show_count(counted[status])
        self._standing = {status for status in Status if counted[status]}
        self._make_room()

    def show_needs(self, count: int) -> None:
        """How many things wait for a person; nothing is said of none."""
        self._needs.setText(tr("{n} needs you", n=count) if count else "")
        reveal(self._needs, visible=bool(count))
        self._make_room()

    def show_reach(self, words: str) -> None:
        """Whether our own server answers: a fact, not an alarm."""
        self._reach.setText(words)
        self._reach.setAccessibleName(words)
        self._sign.setToolTip(words)
        self._sign.setAccessibleName(words)
        self._make_room()

    def _dress(self) -> None:
        self.setMinimumHeight(self._theme.px(STATUS_HEIGHT))
        side = self._theme.px(16)
        icon = self._theme.icon("no_network", "ink", side)
        self._sign.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatioF()))
        compact = self._theme.scale > 1.0
        # Larger text takes two or three lines; the five steps stay whole and in their order.
        columns = 5 if not compact else 3 if self._theme.scale <= 1.5 else 2
        for index, step in enumerate(self._steps.values()):
            self._ladder.addWidget(step, index // columns, index % columns)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words of the ladder are never cut: what the sign's tip says too gives way."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        whole, usual = self.layout(), self._theme.scale <= 1.0
        if whole is None:
            return
        reveal(self._reach, visible=False)
        for widget in (self._bar, self._sign):
            reveal(widget, visible=usual)
        # In very large letters two lines hold the steps somebody stands at; “Details” tells of all.
        huge = self._theme.scale > HUGE
        for status, step in self._steps.items():
            reveal(step, visible=not huge or status in (self._standing or {Status.ON_THIS_LAPTOP}))
        self._ladder.setHorizontalSpacing(APART)
        # Until the next turn of the event loop a layout goes on counting what was just hidden.
        self._reach_row.invalidate()
        whole.invalidate()
        taken = whole.minimumSize().width()
        needed = taken + GAP_M + self._reach.sizeHint().width()
        reveal(self._reach, visible=usual and needed <= self.width())
        for widget in (self._bar, self._sign):
            # Behind “Details” stands what they say, too.
            reveal(widget, visible=usual and taken <= self.width())
        if whole.minimumSize().width() > self.width():
            self._ladder.setHorizontalSpacing(CLOSE)
