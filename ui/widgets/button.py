"""Buttons that say the act and show their key."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyleOptionButton

from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.mirrored import mirrored

Kind = Literal["primary", "plain", "quiet", "bar", "danger"]
ButtonSize = Literal["small", "plain", "large"]
GAP = 8


class Button(QPushButton):
    """A button of one of five kinds, ``bar`` for the menu row. ``key`` is shown behind the words."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: Kind = "plain",
        size: ButtonSize = "plain",
        icon: str = "",
        trailing: str = "",
        key: str = "",
        name: str = "",
    ) -> None:
        super().__init__(text)
        self._theme, self._icon, self._trailing, self._key = theme, icon, trailing, key
        self._full_key = key
        self._bare = False
        self._small = size == "small"
        self.setProperty("kind", kind)
        self.setProperty("measure", size)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()
        theme.follow(self, self._dress)

    def spell(self, *, words: bool = True, key: bool = True) -> None:
        """Show the words and the key behind them, or leave them to the tip where there is no room.

        A button without an icon keeps its words.
        """
        bare, told = not words and bool(self._icon), self._full_key if key else ""
        if (bare, told) != (self._bare, self._key):
            self._bare, self._key = bare, told
            tip = [self._plain() if bare else "", self._full_key if told != self._full_key else ""]
            self.setToolTip("  ".join(part for part in tip if part))
            self.updateGeometry()
            self.update()

    def width_with(self, *, words: bool, key: bool) -> int:
        """Pixels it would ask for."""
        bare = not words and bool(self._icon)
        return self._width("" if bare else self._plain(), self._full_key if key else "")

    def wear(self, icon: str) -> None:
        """Another icon before the words, or none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def tell_key(self, key: str) -> None:
        """Another key behind the words, or none where there is no room to say it."""
        self._key = key
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon, words, trailing icon and key."""
        height = max(super().sizeHint().height(), QFontMetrics(self.font()).height() + 8)
        return QSize(self._width(self._words(), self._key), height)

    def _width(self, words: str, key: str) -> int:
        side = 10 if self._small else 20 if self.property("measure") == "large" else 14
        if self.property("kind") in {"quiet", "bar"}:
            side = 6
        wide = QFontMetrics(self.font()).horizontalAdvance(words) + 2 * side + 4
        wide += self._width_of_icon(self._icon, words) + self._width_of_icon(self._trailing, words)
        return wide + (GAP + self._key_metrics().horizontalAdvance(key) if key else 0)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button as Space does, on every system."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """The style knows of no words: it draws the box only."""
        super().initStyleOption(option)
        option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws the box; icon, words and key are set beside one another in reading order."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(option.palette.buttonText().color())
        self._paint_parts(painter)
        painter.end()

    def _paint_parts(self, painter: QPainter) -> None:
        said = self._words()
        words = QFontMetrics(self.font()).horizontalAdvance(said)
        key = self._key_metrics().horizontalAdvance(self._key) + GAP if self._key else 0
        icons = self._width_of_icon(self._icon, said) + self._width_of_icon(self._trailing, said)
        total = icons + words + key
        leading = bool(self.property("leading"))
        at = 12 if leading else max(0, (self.width() - total) // 2)
        if self._icon:
            self._paint_icon(painter, self._icon, at)
            at += self._width_of_icon(self._icon, said)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        if said:
            box = mirrored(self, QRect(at, 0, words + 2, self.height()))
            painter.drawText(box, int(flags), self.text())
        at += words
        if self._key:
            painter.save()
            painter.setFont(self._theme.font(Type.CAPTION))
            if self.property("kind") != "primary":
                painter.setPen(self._theme.colour("ink3"))
            painter.drawText(mirrored(self, QRect(at + GAP, 0, key, self.height())), int(flags), self._key)
            painter.restore()
            at += key
        if self._trailing:
            self._paint_icon(painter, self._trailing, at + GAP)

    def _paint_icon(self, painter: QPainter, name: str, at: int) -> None:
        side = self._theme.px(16 if self._small else 18)
        token = self._icon_colour()
        drawn = self._theme.icon(name, token, side).pixmap(QSize(side, side), self.devicePixelRatioF())
        target = mirrored(self, QRect(at, (self.height() - side) // 2, side, side))
        painter.drawPixmap(target, drawn)

    def _icon_colour(self) -> str:
        if not self.isEnabled():
            return "ink3"
        colours = {"primary": "on_acc", "quiet": "acc", "bar": "ink2", "danger": "brk"}
        return colours.get(str(self.property("kind")), "ink")

    def _words(self) -> str:
        return "" if self._bare else self._plain()

    def _plain(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _width_of_icon(self, name: str, words: str) -> int:
        gap = GAP if words else 0
        return self._theme.px(16 if self._small else 18) + gap if name else 0

    def _key_metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(Type.CAPTION))

    def _dress(self) -> None:
        bold = True if self.property("kind") == "primary" else None
        step = Type.SMALL if self._small else Type.LEAD if self.property("measure") == "large" else Type.BODY
        self.setFont(self._theme.font(step, bold=bold))
        self.updateGeometry()
