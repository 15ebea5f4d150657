"""The unlock screen: who is sitting here, and the six words. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.tasks import Tasks
from ui.theme.theme import Theme, reveal, surface
from ui.theme.type import Type
from ui.unlock.presenter import UnlockPresenter
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.foot import Foot
from ui.widgets.logo import Logo
from ui.widgets.mirrored import leading, mirrored
from ui.widgets.scroll import scrolled
from ui.widgets.text import Label, Text
from ui.widgets.words import WordsField

if TYPE_CHECKING:
    from ournydesk.domain.vault import VaultCard
    from ui.desk import Desk

TICK_MS = 250
LONGEST_ACT = 24
LARGE = 1.5
"""Letters of a name that still fit on the button."""


class SeatButton(QPushButton):
    """One seat: its name, and whose it is."""

    def __init__(self, theme: Theme, card: VaultCard) -> None:
        super().__init__()
        self._theme, self.card = theme, card
        self.setObjectName(f"seat:{card.name}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("kind", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = card.name or tr("A damaged seat")
        self._lines = (name, card.note or tr("Opens with its own six words"))
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._lines[1])
        self.setToolTip(name)
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Two lines beside a sign."""
        return QSize(240, self._theme.px(72))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed in height."""
        return QSize(160, self._theme.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws the card; sign, name and note are set inside."""
        super().paintEvent(event)
        theme, side, chosen = self._theme, self._theme.px(44), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = mirrored(self, QRect(15, (self.height() - side) // 2, side, side))
        painter.setPen(theme.colour("acc_line" if chosen else "line"))
        painter.setBrush(theme.colour("acc_tint" if chosen else "paper"))
        painter.drawEllipse(circle)
        self._paint_icon(painter, "person", "acc" if chosen else "ink2", circle, 20)
        left, end = 15 + side + 16, self.width() - 16
        if chosen:
            small = theme.px(14)
            end -= small + 12
            place = mirrored(self, QRect(end + 12, (self.height() - small) // 2, small, small))
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self._paint_icon(painter, "arrow_left" if rtl else "arrow_right", "ink", place, 14)
        self._paint_lines(painter, left, end - left)
        painter.end()

    def _paint_lines(self, painter: QPainter, left: int, width: int) -> None:
        steps = ((Type.BODY, True, "ink"), (Type.CAPTION, False, "ink2"))
        fonts = [self._theme.font(step, bold=bold) for step, bold, _ in steps]
        heights = [QFontMetrics(font).height() for font in fonts]
        top = (self.height() - sum(heights) - 2) // 2
        for (_, _, tone), font, height, line in zip(steps, fonts, heights, self._lines, strict=True):
            painter.setFont(font)
            painter.setPen(self._theme.colour(tone))
            shown = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideMiddle, width)
            flags = leading(self)
            painter.drawText(mirrored(self, QRect(left, top, width, height)), int(flags), shown)
            top += height + 2

    def _paint_icon(self, painter: QPainter, name: str, tone: str, box: QRect, size: int) -> None:
        side = self._theme.px(size)
        drawn = self._theme.icon(name, tone, side).pixmap(QSize(side, side), self.devicePixelRatioF())
        place = QRect(0, 0, side, side)
        place.moveCenter(box.center())
        painter.drawPixmap(place, drawn)


class UnlockScreen(QWidget):
    """Shown whenever no vault is open."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        *,
        opened: Callable[[VaultCard], None],
        another: Callable[[], None],
        restore: Callable[[], None],
        bring: Callable[[], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "paper")
        self._large = False
        self._act = tr("Open")
        self._open = Button(theme, tr("Open"), kind="primary", size="large", key=tr("Enter"), name="open")
        self._busy = False
        self._wait = Text(theme, "", Type.BODY, tone="second", wrap=False)
        self._wait.setObjectName("wait")
        self._waiting = QTimer(self)
        self._waiting.setInterval(TICK_MS)
        self.presenter = UnlockPresenter(self, desk, tasks, opened=opened)
        self._waiting.timeout.connect(self.presenter.tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = self._halves = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._seats_side(another, restore, bring), 1)
        row.addWidget(self._words_side(desk), 2)
        column.addLayout(row, 1)
        then = tr("You can open your seat and work all day.")
        column.addWidget(Foot(theme, tr("No internet, and none is needed."), then))
        theme.follow(self, self._dress)
        self._dress()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_vaults(self, cards: tuple[VaultCard, ...], chosen: VaultCard | None) -> None:
        """The seats on this laptop."""
        empty(self._seats)
        for card in cards:
            button = SeatButton(self._theme, card)
            button.setChecked(card is chosen)
            button.toggled.connect(lambda on, card=card: self._choose(card) if on else None)
            button.clicked.connect(lambda _checked=False: self.enter())
            self._seats.addWidget(button)
        self._title(chosen)

    def show_busy(self, *, busy: bool) -> None:
        """Opening."""
        self._busy = busy
        self._open.setText(tr("Opening…") if busy else self._act)
        self._words.line.setReadOnly(busy)
        if busy:
            self._words.cover()
        self._enable()

    def show_refusal(self, what: str, then: str, *, clear: bool = False, tone: str = "attention") -> None:
        """Why it did not open."""
        if clear:
            self.enter()
        self._banner.say(what, then, tone=tone)

    def show_wait(self, words: str) -> None:
        """How long until the next try."""
        self._wait.setText(words)
        reveal(self._wait, visible=bool(words))
        if bool(words) != self._waiting.isActive():
            self._waiting.start() if words else self._waiting.stop()
        self._enable()

    def show_quiet(self) -> None:
        """Nothing to say."""
        self._banner.hide()

    def enter(self) -> None:
        """Ready to type."""
        self._words.clear()
        self._words.line.setFocus()

    # -- lay-out ------------------------------------------------------------------------------------

    def _seats_side(
        self, another: Callable[[], None], restore: Callable[[], None], bring: Callable[[], None]
    ) -> QWidget:
        side = QWidget()
        surface(side, "sunk", edge="right")
        column = self._side = QVBoxLayout(side)
        column.setContentsMargins(56, 56, 40, 24)
        column.setSpacing(8)
        brand = QHBoxLayout()
        brand.setSpacing(12)
        brand.addWidget(Logo(self._theme, 36))
        brand.addWidget(Text(self._theme, "OurNY Desk", Type.TITLE, wrap=False))
        brand.addStretch(1)
        column.addLayout(brand)
        column.addSpacing(36)
        column.addWidget(Text(self._theme, tr("Who is sitting here?"), Type.LEAD, bold=True))
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        self._seats = QVBoxLayout()
        self._seats.setSpacing(8)
        inner.addLayout(self._seats)
        more = Button(
            self._theme,
            tr("Set up another seat"),
            kind="quiet",
            icon="add",
            name="another_seat",
        )
        more.clicked.connect(lambda _checked=False: another())
        inner.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        stick = Button(
            self._theme, tr("Bring a seat from a stick…"), kind="quiet", icon="laptop", name="bring_seat"
        )
        stick.clicked.connect(lambda _checked=False: bring())
        inner.addWidget(stick, 0, Qt.AlignmentFlag.AlignLeft)
        back = Button(self._theme, tr("Restore a backup…"), kind="quiet", icon="folder", name="restore")
        back.clicked.connect(lambda _checked=False: restore())
        inner.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        column.addWidget(scrolled(body), 1)
        return side

    def _words_side(self, desk: Desk) -> QWidget:
        side = QWidget()
        surface(side, "paper")
        outer = QVBoxLayout(side)
        outer.setContentsMargins(40, 24, 40, 24)
        outer.addStretch(2)
        self._holder = QWidget()
        self._holder.setMaximumWidth(self._theme.px(600))
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._heading = Text(self._theme, "", self._name_step())
        column.addWidget(self._heading)
        lead = tr("Type the six words from the card. Capital letters do not matter.")
        column.addWidget(Text(self._theme, lead, Type.LEAD, tone="second"))
        column.addSpacing(16)
        self._words = WordsField(self._theme, desk.word_known, "words")
        column.addWidget(Label(self._theme, tr("&Six words"), self._words.line))
        self._words.changed.connect(lambda _text: self.presenter.look(self._words.strange()))
        self._words.entered.connect(self._submit)
        column.addWidget(self._words)
        self._banner = Banner(self._theme, "attention", name="refusal")
        column.addWidget(self._banner)
        column.addSpacing(8)
        row = self._acts = QHBoxLayout()
        row.setSpacing(12)
        self._open.clicked.connect(lambda _checked=False: self._submit())
        row.addWidget(self._open)
        lost = Button(self._theme, tr("I do not have my words"), kind="quiet", name="no_words")
        lost.clicked.connect(lambda _checked=False: self._no_words())
        row.addWidget(lost)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._wait)
        # Stretches, not an alignment: a centred item would lose its height for its width.
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(self._holder, 8)
        centred.addStretch(1)
        outer.addLayout(centred)
        outer.addStretch(3)
        return scrolled(side)

    def _title(self, card: VaultCard | None) -> None:
        name = card.name if card is not None else ""
        self._heading.setText(tr("Open {name}", name=name) if name else tr("Open"))
        named = 0 < len(name) <= LONGEST_ACT and self._theme.scale <= LARGE
        self._act = tr("Open {name}", name=name) if named else tr("Open")
        self._open.setText(self._act)
        self._open.updateGeometry()

    def _choose(self, card: VaultCard) -> None:
        self.presenter.choose(card)
        self._title(card)
        self._words.clear()

    def _enable(self) -> None:
        self._open.setEnabled(not self._busy and not self._wait.text())

    def _dress(self) -> None:
        self._holder.setMaximumWidth(self._theme.px(600))
        large = self._theme.scale > LARGE
        if large is self._large:
            return
        self._large = large
        # In large letters a long name has to find its line, and the buttons stand under one another.
        self._heading.step(self._name_step())
        ways = QHBoxLayout.Direction
        self._acts.setDirection(ways.TopToBottom if large else ways.LeftToRight)
        self._side.setContentsMargins(*((16, 24, 12, 16) if large else (56, 56, 40, 24)))
        self._halves.setStretch(0, 5 if large else 1)
        self._halves.setStretch(1, 7 if large else 2)

    def _name_step(self) -> Type:
        return Type.TITLE if self._theme.scale > LARGE else Type.DISPLAY

    def _submit(self) -> None:
        if self._open.isEnabled():
            self.presenter.submit(self._words.text)

    def _no_words(self) -> None:
        self._banner.say(
            tr("Nobody can read the words back to you."),
            tr(
                "Without them this seat stays closed and what it holds stays encrypted. Tell the clinic lead."
            ),
        )
