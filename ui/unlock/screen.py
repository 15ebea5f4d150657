"""The unlock screen: who is sitting here, and the six words. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ournydesk.domain.vault import VaultCard
from ui.desk import Desk
from ui.i18n import tr
from ui.tasks import Tasks
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.unlock.presenter import UnlockPresenter
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.logo import Logo
from ui.widgets.text import Text
from ui.widgets.words import WordsField


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
        self.setAccessibleName(card.name or tr("A damaged seat"))
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Two lines beside a sign."""
        return QSize(240, self._theme.px(68))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed in height."""
        return QSize(160, self._theme.px(68))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws the card; sign, name and note are set inside."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, side = self._theme, self._theme.px(40)
        top = (self.height() - side) // 2
        painter.setPen(theme.colour("acc_line" if self.isChecked() else "line"))
        painter.setBrush(theme.colour("acc_tint" if self.isChecked() else "paper"))
        painter.drawEllipse(14, top, side, side)
        icon = theme.px(20)
        drawn = theme.icon("person", "ink", icon).pixmap(QSize(icon, icon), self.devicePixelRatioF())
        painter.drawPixmap(14 + (side - icon) // 2, top + (side - icon) // 2, drawn)
        left = 14 + side + 14
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font(Type.BODY, bold=True))
        note = self.card.note or tr("Opens with its own six words")
        middle, width = self.height() // 2, self.width() - left - 8
        name = QFontMetrics(painter.font()).elidedText(
            self.card.name or tr("A damaged seat"), Qt.TextElideMode.ElideMiddle, width
        )
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        painter.drawText(QRect(left, middle - theme.px(21), width, theme.px(22)), flags, name)
        painter.setPen(theme.colour("ink2"))
        painter.setFont(theme.font(Type.CAPTION))
        painter.drawText(QRect(left, middle + theme.px(1), width, middle), flags, note)
        painter.end()


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
    ) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "paper")
        self._open = Button(theme, tr("Open"), kind="primary", size="large", key=tr("Enter"), name="open")
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(lambda: self._open.setEnabled(True))
        self.presenter = UnlockPresenter(self, desk, tasks, opened=opened, wait=self._pause)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._seats_side(another), 1)
        row.addWidget(self._words_side(desk), 2)

    # -- the view of the presenter ------------------------------------------------------------------

    def show_vaults(self, cards: tuple[VaultCard, ...], chosen: VaultCard | None) -> None:
        """The seats on this laptop."""
        while (item := self._seats.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for card in cards:
            button = SeatButton(self._theme, card)
            button.setChecked(card is chosen)
            button.clicked.connect(lambda _checked=False, card=card: self._choose(card))
            self._seats.addWidget(button)
        self._title(chosen)

    def show_busy(self, *, busy: bool) -> None:
        """Opening."""
        self._open.setEnabled(not busy)
        self._open.setText(tr("Opening…") if busy else tr("Open"))
        self._words.line.setReadOnly(busy)

    def show_refusal(self, what: str, then: str, *, clear: bool) -> None:
        """Why it did not open."""
        if clear:
            self._words.clear()
            self._words.line.setFocus()
        self._banner.say(what, then)

    def show_quiet(self) -> None:
        """Nothing to say."""
        self._banner.hide()

    def enter(self) -> None:
        """Ready to type."""
        self._words.clear()
        self._words.line.setFocus()

    # -- lay-out ------------------------------------------------------------------------------------

    def _seats_side(self, another: Callable[[], None]) -> QWidget:
        side = QWidget()
        surface(side, "sunk", edge="right")
        column = QVBoxLayout(side)
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
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setProperty("scrolled", "yes")
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
        inner.addStretch(1)
        scroll.setWidget(body)
        column.addWidget(scroll, 1)
        return side

    def _words_side(self, desk: Desk) -> QWidget:
        side = QWidget()
        outer = QVBoxLayout(side)
        outer.setContentsMargins(40, 0, 40, 0)
        outer.addStretch(2)
        holder = QWidget()
        holder.setMaximumWidth(self._theme.px(600))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._heading = Text(self._theme, "", Type.DISPLAY)
        column.addWidget(self._heading)
        lead = tr("Type the six words from the card. Capital letters do not matter.")
        column.addWidget(Text(self._theme, lead, Type.LEAD, tone="second"))
        column.addSpacing(16)
        label = Text(self._theme, tr("Six words"), Type.BODY, bold=True)
        column.addWidget(label)
        self._words = WordsField(self._theme, desk.word_known, "words")
        label.setBuddy(self._words.line)
        self._words.changed.connect(lambda _text: self.presenter.look(self._words.strange()))
        self._words.entered.connect(self._submit)
        column.addWidget(self._words)
        self._banner = Banner(self._theme, "attention", name="refusal")
        column.addWidget(self._banner)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._open.clicked.connect(lambda _checked=False: self._submit())
        row.addWidget(self._open)
        lost = Button(self._theme, tr("I do not have my words"), kind="quiet", name="no_words")
        lost.clicked.connect(lambda _checked=False: self._no_words())
        row.addWidget(lost)
        row.addStretch(1)
        column.addLayout(row)
        # Stretches, not an alignment: a centred item would lose its height for its width.
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(holder, 8)
        centred.addStretch(1)
        outer.addLayout(centred)
        outer.addStretch(3)
        line = QLabel()
        line.hide()
        quiet = tr("No internet, and none is needed. You can open your seat and work all day.")
        outer.addWidget(Text(self._theme, quiet, Type.CAPTION, tone="second"))
        outer.addSpacing(10)
        return side

    def _title(self, card: VaultCard | None) -> None:
        self._heading.setText(tr("Open {name}", name=card.name) if card and card.name else tr("Open"))

    def _choose(self, card: VaultCard) -> None:
        self.presenter.choose(card)
        self._title(card)
        self.enter()

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

    def _pause(self, seconds: int) -> None:
        self._open.setEnabled(False)
        self._waiting.start(seconds * 1000)
