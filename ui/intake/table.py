"""A repeat as a table: closed rows are painted, the one open row grows into fields. Layer: ui."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ournydesk.domain.answers import Said
from ournydesk.domain.ids import Path
from ui.i18n import tr
from ui.intake.pages import Question, Row, Table
from ui.intake.question import SAID_WORDS, QuestionBox
from ui.intake.strip import Span, Strip, overlaps, spans
from ui.theme.marks import Mark, paint
from ui.theme.theme import Theme, reveal
from ui.theme.tokens import GAP_L, GAP_M, GAP_XL, TABLE_ROW_HEIGHT
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.text import Text
from ui.widgets.typed import days_between, shown

MOST_COLUMNS: Final = 4
NUMBER_WIDTH, DATE_WIDTH, DAYS_WIDTH = 40, 140, 96
FIELDS_A_LINE = 3
WITHOUT_GAPS: Final = frozenset({"address", "job"})
"""Rows that are to cover the years a form looks back; time between two trips, stays or papers is none."""


def cell_text(cell: Question) -> str:
    """An answer as a table shows it."""
    if cell.said is not Said.VALUE:
        return tr(SAID_WORDS[cell.said])
    labels = {option.value: option.words.staff for option in cell.options}
    if labels:
        return ", ".join(labels.get(value, value) for value in cell.text.split())
    return shown(cell.text, cell.type, cell.kind)


def summary_columns(table: Table) -> tuple[int, ...]:
    """Which questions stand in a closed row: the timeline's dates, then the first others."""
    if not table.rows:
        return ()
    cells = table.rows[0].cells
    dated = [index for index, cell in enumerate(cells) if _name(cell) in (table.timeline or ())]
    others = [index for index, cell in enumerate(cells) if index not in dated]
    return tuple(sorted((dated + others)[:MOST_COLUMNS], key=lambda index: (index not in dated, index)))


def _name(cell: Question) -> str:
    return cell.path.rpartition("/")[2]


def column_widths(theme: Theme, table: Table, width: int) -> tuple[int, ...]:
    """How wide the columns of a closed row are, in a table of this width."""
    columns = summary_columns(table)
    if not columns:
        return ()
    narrow = [table.rows[0].cells[index].type == "date" for index in columns]
    end = DAYS_WIDTH if "trip" in table.one else 0
    dates = theme.px(DATE_WIDTH)
    room = width - theme.px(NUMBER_WIDTH + end) - 12 - dates * sum(narrow)
    wide = room // max(1, len(narrow) - sum(narrow))
    return tuple(dates if thin else max(wide, 60) for thin in narrow)


class HeadLine(QWidget):
    """What stands in the columns below."""

    def __init__(self, theme: Theme, table: Table) -> None:
        super().__init__()
        self._theme, self._table = theme, table
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line of captions."""
        return QSize(320, self._theme.px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the captions."""
        painter = QPainter(self)
        painter.setPen(self._theme.colour("ink3"))
        painter.setFont(self._theme.font(Type.CAPTION))
        metrics = QFontMetrics(painter.font())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        at = float(self._theme.px(NUMBER_WIDTH))
        widths = column_widths(self._theme, self._table, self.width())
        for index, width in zip(summary_columns(self._table), widths, strict=True):
            words = self._table.heads[index].staff
            shown_words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - 8)
            painter.drawText(QRectF(at, 0, width - 8, self.height()), flags, shown_words)
            at += width
        if "trip" in self._table.one:
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRectF(0, 0, self.width() - 12, self.height()), right, tr("Days away"))
        painter.end()


class RowLine(QPushButton):
    """A closed row: painted, pressed as a whole."""

    def __init__(self, theme: Theme, table: Table, row: Row, number: int) -> None:
        super().__init__()
        self._theme, self._table, self._row, self._number = theme, table, row, number
        self._columns = summary_columns(table)
        self.setObjectName(f"row:{row.ref}")
        self.setFlat(True)
        self.setStyleSheet("border: none; border-radius: 0; padding: 0; background: transparent;")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = "; ".join(
            f"{row.cells[index].label.staff}: {cell_text(row.cells[index])}" for index in self._columns
        )
        self.setAccessibleName(tr("{one} {number}: {told}", one=table.one, number=number, told=told))
        self.setToolTip(told)

    def sizeHint(self) -> QSize:
        """A table row."""
        return QSize(320, self._theme.px(TABLE_ROW_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Number, cells, days at the end; a mark where something is to be mended."""
        painter = QPainter(self)
        if self.underMouse() or self.hasFocus():
            painter.fillRect(self.rect(), self._theme.colour("acc_tint" if self.hasFocus() else "paper"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setPen(self._theme.colour("ink"))
        painter.setFont(self._theme.font(Type.BODY))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if any(cell.problem for cell in self._row.cells):
            side = self._theme.px(16)
            paint(painter, Mark.MEND, QRectF(12, (self.height() - side) / 2, side, side), self._theme.palette)
        else:
            painter.drawText(QRectF(14, 0, NUMBER_WIDTH, self.height()), flags, str(self._number))
        at = float(self._theme.px(NUMBER_WIDTH))
        metrics = QFontMetrics(painter.font())
        widths = column_widths(self._theme, self._table, self.width())
        for index, width in zip(self._columns, widths, strict=True):
            words = metrics.elidedText(
                cell_text(self._row.cells[index]), Qt.TextElideMode.ElideMiddle, width - 12
            )
            painter.drawText(QRectF(at, 0, width - 8, self.height()), flags, words)
            at += width
        days = _days(self._table, self._row)
        if days is not None:
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRectF(0, 0, self.width() - 12, self.height()), right, str(days))
        painter.end()


def _days(table: Table, row: Row) -> int | None:
    """Days away of a trip: the days strictly between the two travel days."""
    if table.timeline is None or "trip" not in table.one:
        return None
    by_name = {_name(cell): cell.text for cell in row.cells}
    length = days_between(by_name.get(table.timeline[0], ""), by_name.get(table.timeline[1], ""))
    return None if length is None or length < 0 else max(length - 1, 0)


class FieldGrid(QWidget):
    """Fields side by side, as many in a line as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_L)
        self._grid.setVerticalSpacing(GAP_L)

    def add(self, box: QWidget) -> None:
        """Put a field behind the others."""
        self._boxes.append(box)
        box.setParent(self)
        self._place(FIELDS_A_LINE)

    def minimumSizeHint(self) -> QSize:
        """Room for the widest field alone."""
        return QSize(self._wide(1), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer in a line where there is less room, more where there is more."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A field that comes or changes may need more room than it had."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        fitting = (count for count in range(FIELDS_A_LINE, 1, -1) if self._wide(count) <= self.width())
        columns = next(fitting, 1)
        if columns != self._columns:
            self._place(columns)

    def _wide(self, columns: int) -> int:
        widths = [0] * columns
        for index, box in enumerate(self._boxes):
            if not box.isHidden():
                widths[index % columns] = max(widths[index % columns], box.minimumSizeHint().width())
        return sum(widths) + GAP_L * (columns - 1)

    def _place(self, columns: int) -> None:
        for index, box in enumerate(self._boxes):
            self._grid.addWidget(box, index // columns, index % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(FIELDS_A_LINE + 1):
            self._grid.setColumnStretch(column, 1 if column == columns else 0)
        self._columns = columns


class RowEditor(QFrame):
    """The open row: its fields, side by side."""

    answered = Signal(str, str, str)
    removed = Signal(str)

    def __init__(self, theme: Theme, table: Table, row: Row, number: int, client: str) -> None:
        super().__init__()
        self._theme, self._row = theme, row
        self.setProperty("frame", "open")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        bar = QFrame()
        bar.setFixedWidth(3)
        bar.setAutoFillBackground(True)
        bar.setStyleSheet(f"background: {theme.palette.acc};")
        outer.addWidget(bar)
        column = QVBoxLayout()
        column.setContentsMargins(theme.px(NUMBER_WIDTH) - 3, GAP_L, GAP_L, GAP_XL)
        column.setSpacing(GAP_L)
        head = QHBoxLayout()
        title = tr("{one} {number}", one=table.one.capitalize(), number=number)
        head.addWidget(Text(theme, title, Type.BODY, bold=True, wrap=False))
        head.addStretch(1)
        self._days = Text(theme, "", Type.BODY, bold=True, wrap=False)
        head.addWidget(self._days)
        column.addLayout(head)
        self._fields = FieldGrid()
        self.boxes: dict[Path, QuestionBox] = {}
        for cell in row.cells:
            box = QuestionBox(theme, cell, client, bare=True)
            box.answered.connect(lambda text, said, path=cell.path: self.answered.emit(path, text, said))
            self.boxes[cell.path] = box
            self._fields.add(box)
        column.addWidget(self._fields)
        remove = Button(theme, tr("Remove"), kind="quiet", size="small", name=f"remove:{row.ref}")
        remove.setAccessibleName(tr("Remove {one} {number}", one=table.one, number=number))
        remove.clicked.connect(lambda _checked=False: self.removed.emit(row.path))
        if not table.fixed:
            column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addLayout(column, 1)
        self.show_row(table, row)

    def show_row(self, table: Table, row: Row) -> None:
        """Show the row as it stands now."""
        self._row = row
        for cell in row.cells:
            if cell.path in self.boxes:
                self.boxes[cell.path].show_question(cell)
        days = _days(table, row)
        self._days.setText("" if days is None else tr("{days} days away", days=days))


class TableBox(QWidget):
    """The whole repeat: strip, heads, rows, an empty line when there are none."""

    answered = Signal(str, str, str)
    added = Signal(str)
    removed = Signal(str, str)

    def __init__(self, theme: Theme, table: Table, client: str, today: date) -> None:
        super().__init__()
        self._theme, self._table, self._client, self._today = theme, table, client, today
        self._open: Path | None = None
        self._lines: list[QWidget] = []
        self._editor: RowEditor | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_M)
        self._first = Text(theme, "", Type.LEAD, bold=True, language=client)
        self._second = Text(theme, "", Type.BODY, tone="second")
        self._hint = Text(theme, "", Type.CAPTION, tone="hint")
        for text in (self._first, self._second, self._hint):
            column.addWidget(text)
        self._strip: Strip | None = None
        if table.timeline is not None:
            whole = table.one in WITHOUT_GAPS
            self._strip = Strip(theme, today, whole=whole, far=not whole and "trip" not in table.one)
            column.addWidget(self._strip)
        self._overlap = Banner(theme, "attention", name=f"overlap:{table.ref}")
        column.addWidget(self._overlap)
        self._card = QFrame()
        self._card.setProperty("frame", "card")
        self._rows = QVBoxLayout(self._card)
        self._rows.setContentsMargins(1, 1, 1, 1)
        self._rows.setSpacing(0)
        column.addWidget(self._card)
        words = tr("Add {one}", one=table.one)
        self._add = Button(theme, words, icon="add", size="small", name=f"add:{table.ref}")
        self._add.clicked.connect(lambda _checked=False: self.added.emit(table.path))
        theme.follow(self, self._redress)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_table(table)

    def show_table(self, table: Table) -> None:
        """Show the table as it stands now."""
        before, self._table = self._table, table
        words = table.label
        self._first.speak(self._client if words.client else "en")
        self._first.setText(words.first)
        self._second.setText(words.staff if words.client else "")
        reveal(self._second, visible=bool(words.client) and words.client != words.staff)
        self._hint.setText(table.hint)
        reveal(self._hint, visible=bool(table.hint))
        reveal(self._add, visible=not table.fixed)
        paths = [row.path for row in table.rows]
        if self._open not in paths:
            self._open = None
        if len(table.rows) == 1 and all(
            not cell.text and cell.said is Said.VALUE for cell in table.rows[0].cells
        ):
            # A form may begin with one empty row: it is the one to fill.
            self._open = paths[0]
        unchanged = self._lines and [row.path for row in before.rows] == paths
        if unchanged and self._editor is not None:
            for row in table.rows:
                if row.path == self._open:
                    self._editor.show_row(table, row)
        self._build(keep_editor=bool(unchanged and self._editor is not None))
        self._show_spans()
        reveal(self, visible=table.relevant)

    def open_row(self, path: Path) -> None:
        """Open a row and put the cursor into its first field."""
        self._open = path
        self._build(keep_editor=False)
        if self._editor is not None and self._editor.boxes:
            next(iter(self._editor.boxes.values())).enter()

    def open_for(self, ref: str) -> bool:
        """Open the row a question stands in and put the cursor there; whether it is in this table."""
        for row in self._table.rows:
            for cell in row.cells:
                if cell.ref == ref:
                    self.open_row(row.path)
                    if self._editor is not None:
                        self._editor.boxes[cell.path].enter()
                    return True
        return False

    def boxes(self) -> tuple[QuestionBox, ...]:
        """The questions of the open row."""
        return tuple(self._editor.boxes.values()) if self._editor is not None else ()

    def _build(self, *, keep_editor: bool) -> None:
        for line in self._lines:
            if keep_editor and line is self._editor:
                continue
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        kept = self._editor if keep_editor else None
        self._editor = kept
        self._lines = []
        if self._table.rows:
            self._put(HeadLine(self._theme, self._table))
        else:
            self._put(self._empty())
        for index, row in enumerate(self._table.rows):
            if row.path == self._open:
                self._put(kept or self._edit(row, index + 1))
                continue
            line = RowLine(self._theme, self._table, row, index + 1)
            line.clicked.connect(lambda _checked=False, path=row.path: self.open_row(path))
            self._put(line)

    def _redress(self) -> None:
        self._build(keep_editor=False)

    def _put(self, widget: QWidget) -> None:
        self._rows.insertWidget(len(self._lines), widget)
        # Qt shows by itself only what was there before its parent began to show.
        widget.show()
        self._lines.append(widget)

    def _edit(self, row: Row, number: int) -> RowEditor:
        editor = RowEditor(self._theme, self._table, row, number, self._client)
        editor.answered.connect(self.answered.emit)
        title = tr("{one} {number}", one=self._table.one, number=number)
        editor.removed.connect(lambda path: self.removed.emit(path, title))
        self._editor = editor
        return editor

    def _empty(self) -> QWidget:
        words = tr("Nothing here yet.")
        empty = Text(self._theme, words, Type.BODY, tone="hint")
        empty.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        return empty

    def _show_spans(self) -> None:
        if self._strip is None or self._table.timeline is None:
            return
        start, end = self._table.timeline
        pairs = []
        for index, row in enumerate(self._table.rows):
            by_name = {_name(cell): cell for cell in row.cells}
            first, last = by_name.get(start), by_name.get(end)
            if first is not None and first.text and (last is None or last.text or not last.relevant):
                label = tr("{one} {number}", one=self._table.one, number=index + 1)
                pairs.append((first.text, last.text if last and last.relevant else "", label))
        found = spans(pairs, self._today)
        self._strip.show_spans(found)
        self._show_overlap(found)

    def _show_overlap(self, found: tuple[Span, ...]) -> None:
        both = overlaps(found) if "trip" in self._table.one else ()
        if not both:
            self._overlap.hide()
            return
        first, last = both[0]
        self._overlap.say(
            tr(
                "Two trips cover the same days, {first} to {last}.",
                first=shown(first.isoformat(), "date"),
                last=shown(last.isoformat(), "date"),
            ),
            tr("Was the second a stop on the same journey? Then write both countries in one trip."),
        )
