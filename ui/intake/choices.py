"""Choices: a few in a list, two side by side, many with a search. Layer: ui."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.i18n import tr
from ui.intake.fields import Field
from ui.intake.pages import Option, Question
from ui.theme.theme import Theme, restyle, reveal
from ui.theme.type import Type
from ui.widgets.text import Text

FEW = 7
DOT = 16
PAD = 12
GAP = 10
NARROWEST = 220
"""A choice with longer words goes on in a second line, px."""


class ChoiceButton(QPushButton):
    """One choice: the whole row presses. A dot for one of several, a box for any of several."""

    def __init__(self, theme: Theme, option: Option, client: str, *, many: bool, compact: bool) -> None:
        super().__init__()
        self._theme, self._option, self._client, self._many = theme, option, client, many
        self._compact = compact
        self.setCheckable(True)
        self.setProperty("kind", "choice")
        self.setAccessibleName(option.words.staff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        across = QSizePolicy.Policy.Fixed if compact else QSizePolicy.Policy.Preferred
        # A fixed height would be that of one line, and words that wrap would stand outside of it.
        down = QSizePolicy.Policy.Fixed if compact else QSizePolicy.Policy.Minimum
        policy = QSizePolicy(across, down)
        policy.setHeightForWidth(not compact)
        self.setSizePolicy(policy)
        theme.follow(self, self.updateGeometry)

    @property
    def value(self) -> str:
        """The value it stands for."""
        return self._option.value

    def sizeHint(self) -> QSize:
        """Room for the sign and both languages in one line."""
        words = self._metrics().horizontalAdvance(self._line())
        height = self._theme.px(36 if self._compact else 40)
        return QSize(self._before() + words + PAD, height)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut: a long choice goes on in a second line."""
        whole = self.sizeHint()
        if not self._compact:
            whole.setWidth(min(whole.width(), self._theme.px(NARROWEST)))
        return whole

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need at this width, px."""
        room = QRect(0, 0, max(1, width - self._before() - PAD // 2), 10_000)
        lines = self._metrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._line())
        return max(self._theme.px(40), lines.height() + self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws the box; sign and words are set in reading order."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._theme.px(DOT)
        box = QRectF(PAD, (self.height() - side) / 2, side, side)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveLeft(self.width() - PAD - side)
        self._paint_sign(painter, box)
        painter.setFont(self._theme.font(Type.BODY, bold=self.isChecked(), language=self._client))
        painter.setPen(self._theme.colour("ink" if self.isEnabled() else "ink3"))
        left = self._before()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap
        room = QRectF(left, 0, self.width() - left - PAD / 2, self.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            room.moveLeft(PAD / 2)
        painter.drawText(room, int(flags), self._line())
        painter.end()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(Type.BODY, bold=True, language=self._client))

    def _before(self) -> int:
        """Where the words begin."""
        return PAD + self._theme.px(DOT) + GAP

    def _line(self) -> str:
        words = self._option.words
        return (
            f"{words.client}  ·  {words.staff}"
            if words.client and words.client != words.staff
            else words.staff
        )

    def _paint_sign(self, painter: QPainter, box: QRectF) -> None:
        chosen = self.isChecked()
        painter.setPen(QPen(self._theme.colour("acc" if chosen else "edge"), 1.5))
        painter.setBrush(self._theme.colour("sheet"))
        if self._many:
            painter.drawRoundedRect(box, 3, 3)
            if chosen:
                painter.setPen(QPen(self._theme.colour("acc"), 2))
                across, down = box.width(), box.height()
                tick = ((0.22, 0.52), (0.43, 0.73), (0.78, 0.3))
                points = [QPointF(box.left() + x * across, box.top() + y * down) for x, y in tick]
                painter.drawPolyline(QPolygonF(points))
            return
        painter.drawEllipse(box)
        if chosen:
            painter.setBrush(self._theme.colour("acc"))
            inner = box.adjusted(box.width() / 4, box.height() / 4, -box.width() / 4, -box.height() / 4)
            painter.drawEllipse(inner)


def fit_side_by_side(options: tuple[Option, ...], scale: float, *, short: bool) -> bool:
    """Whether the choices stand in one line: few, and short enough together at this text size."""
    letters = sum(len(one.words.first) + len(one.words.staff) for one in options)
    return len(options) <= 3 and letters * scale <= (24 if short else 60)


class ChoiceField(Field):
    """Up to seven choices, one or ``many``; number keys choose while the focus is among them."""

    def __init__(
        self, theme: Theme, question: Question, client: str, *, many: bool, short: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._client, self.many = theme, client, many
        self._buttons: list[ChoiceButton] = []
        self._options: tuple[Option, ...] = ()
        self._ref = question.ref
        self._short = short
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._none = Text(theme, tr("Nothing to choose from yet."), Type.BODY, tone="hint")
        self._grid.addWidget(self._none, 0, 0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.setAccessibleName(question.label.staff)
        self.show_answer(question)

    def show_answer(self, question: Question) -> None:
        """The choices now offered, and those chosen."""
        if question.options != self._options:
            self._build(question.options)
        chosen = set(question.text.split()) if self.many else {question.text}
        for button in self._buttons:
            button.setChecked(button.value in chosen)

    def entry(self) -> QWidget:
        """The chosen one, else the first."""
        chosen = [button for button in self._buttons if button.isChecked()]
        found = chosen or self._buttons
        return found[0] if found else self

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Number keys choose; arrows move."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and isinstance(watched, ChoiceButton)
        ):
            digit = event.key() - Qt.Key.Key_0
            if 1 <= digit <= len(self._buttons) and not event.modifiers():
                self._buttons[digit - 1].click()
                self._buttons[digit - 1].setFocus()
                return True
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                at = self._buttons.index(watched) + step
                self._buttons[at % len(self._buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def _build(self, options: tuple[Option, ...]) -> None:
        self._options = options
        # Which choices there are follows from other answers, so how they stand is settled each time.
        compact = fit_side_by_side(options, self._theme.scale, short=self._short)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for old in self._buttons:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        for index, option in enumerate(options):
            button = ChoiceButton(self._theme, option, self._client, many=self.many, compact=compact)
            button.setObjectName(f"choice:{self._ref}:{option.value}")
            button.clicked.connect(lambda _checked=False, button=button: self._pressed(button))
            button.installEventFilter(self)
            self._buttons.append(button)
            if compact:
                self._grid.addWidget(button, 0, index)
            else:
                self._grid.addWidget(button, index, 0)
        reveal(self._none, visible=not options)
        if compact:
            self._grid.setColumnStretch(len(options), 1)

    def _pressed(self, button: ChoiceButton) -> None:
        if not self.many:
            # Pressing the chosen one again takes it back: a wrong "yes" must be as easy to undo as to give.
            for other in self._buttons:
                other.setChecked(other is button and button.isChecked())
        self.answered.emit(" ".join(one.value for one in self._buttons if one.isChecked()))


class SearchField(Field):
    """More than seven choices: a list with a search above it, never an editable combo."""

    def __init__(self, theme: Theme, question: Question, *, many: bool, short: bool = False) -> None:
        super().__init__()
        self._theme, self._many, self._width = theme, many, 210 if short else 320
        self._options: tuple[Option, ...] = ()
        self._chosen: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._search = QLineEdit()
        self._search.setObjectName(f"answer:{question.ref}")
        self._search.setPlaceholderText(tr("Type to search"))
        self._search.setAccessibleName(question.label.staff)
        self._search.textEdited.connect(self._filter)
        self._search.returnPressed.connect(self._take_first)
        self._list = QListWidget()
        self._list.setObjectName(f"choices:{question.ref}")
        self._list.setAccessibleName(question.label.staff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setWordWrap(True)
        self._list.itemClicked.connect(self._take)
        self._list.itemActivated.connect(self._take)
        self._search.installEventFilter(self)
        self._list.installEventFilter(self)
        column.addWidget(self._search)
        column.addWidget(self._list)
        theme.follow(self, self._dress)
        self._dress()
        self.show_answer(question)

    def show_answer(self, question: Question) -> None:
        """The choices now offered; what is chosen stands in the search line."""
        self._options = question.options
        self._chosen = set(question.text.split()) if self._many else {question.text} - {""}
        if not self._search.hasFocus():
            self._search.setText(", ".join(self._labels()))
            self._list.hide()

    def show_state(self, state: str) -> None:
        """Border of an error or a warning."""
        restyle(self._search, state=state)

    def entry(self) -> QWidget:
        """The search line."""
        return self._search

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Coming in opens the list; leaving closes it and shows what is chosen."""
        kind = event.type()
        if watched is self._search and kind is QEvent.Type.FocusIn:
            self._search.selectAll()
            self._filter("")
            self._list.show()
        elif kind is QEvent.Type.FocusOut and not (self._search.hasFocus() or self._list.hasFocus()):
            self._search.setText(", ".join(self._labels()))
            self._list.hide()
        elif watched is self._search and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self._list.setFocus()
            self._list.setCurrentRow(0)
        return False

    def _labels(self) -> Sequence[str]:
        return [option.words.staff for option in self._options if option.value in self._chosen]

    def _filter(self, text: str) -> None:
        wanted = text.casefold().strip()
        self._list.clear()
        for option in self._options:
            label = (
                option.words.staff
                if not option.words.client
                else f"{option.words.staff}  ·  {option.words.client}"
            )
            if wanted in label.casefold() or wanted == option.value.casefold():
                item = QListWidgetItem(label)
                item.setData(Qt.ItemDataRole.UserRole, option.value)
                self._list.addItem(item)

    def _take_first(self) -> None:
        if self._list.count():
            self._take(self._list.item(0))

    def _take(self, item: QListWidgetItem) -> None:
        value = str(item.data(Qt.ItemDataRole.UserRole))
        self._chosen = self._chosen ^ {value} if self._many else {value}
        self._search.setText(", ".join(self._labels()))
        self._search.selectAll()
        if not self._many:
            self._list.hide()
        ordered = [option.value for option in self._options if option.value in self._chosen]
        self.answered.emit(" ".join(ordered))

    def _dress(self) -> None:
        self._search.setFont(self._theme.font(Type.BODY))
        self._search.setFixedWidth(self._theme.px(self._width))
        self._list.setFixedSize(self._theme.px(self._width), self._theme.px(180))


class ButtonRow(QWidget):
    """Widgets side by side, leading."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
