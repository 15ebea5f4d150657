"""A picture of the last years: when someone was away, lived somewhere, worked, was here. Layer: ui.

Five years where a form looks back five years; where the rows go back further, so does the picture.

The strip is a picture only: the same facts stand in the table below it and in its description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type

YEARS = 5
BAR, TICK, OUT = 20, 6, 4


@dataclass(frozen=True, slots=True)
class Span:
    """From a first to a last day, both counted; ``label`` is what a listener hears."""

    first: date
    last: date
    label: str


def spans(pairs: Sequence[tuple[str, str, str]], today: date) -> tuple[Span, ...]:
    """The complete, not inverted pairs of (start, end, label), oldest first; an open end is today."""
    made = []
    for start, end, label in pairs:
        try:
            first = date.fromisoformat(start)
            last = date.fromisoformat(end) if end else today
        except ValueError:
            continue
        if first <= last:
            made.append(Span(first, last, label))
    return tuple(sorted(made, key=lambda span: (span.first, span.last)))


def overlaps(found: Sequence[Span]) -> tuple[tuple[date, date], ...]:
    """Days on which two spans both run, borders not counted: one may end where the next begins."""
    made = []
    for index, span in enumerate(found):
        for other in found[index + 1 :]:
            first, last = max(span.first, other.first), min(span.last, other.last)
            if first < last:
                made.append((first, last))
    return tuple(made)


def gaps(found: Sequence[Span], start: date, today: date) -> tuple[tuple[date, date], ...]:
    """Stretches of more than a day between ``start`` and today that no span covers."""
    made = []
    reached = start
    for span in found:
        if (span.first - reached).days > 1 and span.first > start:
            made.append((reached, span.first))
        reached = max(reached, span.last)
    if (today - reached).days > 1:
        made.append((reached, today))
    return tuple(made)


def years_shown(found: Sequence[Span], today: date) -> int:
    """How many whole years back a picture goes that leaves no span out; five at least."""
    oldest = min((span.first for span in found), default=today)
    back = relativedelta(today, oldest) if oldest < today else relativedelta()
    exact = not (back.months or back.days)
    return max(YEARS, back.years + (0 if exact else 1))


def years_labelled(start: date, today: date, width: float, label: float) -> tuple[int, ...]:
    """The years whose beginning is written below, as many as have room of ``label`` px in ``width`` px."""
    years = range(start.year + 1, today.year + 1)
    each = width / max(1, (today - start).days) * 365
    step = next((step for step in (1, 2, 5, 10, 20) if each * step >= label), 50)
    return tuple(year for year in years if step == 1 or year % step == 0)


class Strip(QWidget):
    """Some years up to today."""

    def __init__(self, theme: Theme, today: date, *, whole: bool, far: bool = False) -> None:
        """``whole``: the spans are to cover the years without a gap (addresses, jobs; not trips).

        ``far``: the picture goes back as far as the oldest span does.
        """
        super().__init__()
        self._theme, self._today, self._whole, self._far = theme, today, whole, far
        self._start = today - relativedelta(years=YEARS)
        self._spans: tuple[Span, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_spans(self, found: tuple[Span, ...]) -> None:
        """Draw these, and describe them for those who cannot see."""
        self._spans = found
        years = years_shown(found, self._today) if self._far else YEARS
        self._start = self._today - relativedelta(years=years)
        told = [tr("{label}: {first} to {last}", label=s.label, first=s.first, last=s.last) for s in found]
        told += [tr("overlap: {first} to {last}", first=a, last=b) for a, b in overlaps(found)]
        if self._whole:
            told += [
                tr("gap: {first} to {last}", first=a, last=b)
                for a, b in gaps(found, self._start, self._today)
            ]
        self.setAccessibleName(tr("The last {years} years", years=years))
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        """A bar and the years below it."""
        caption = QFontMetrics(self._theme.font(Type.CAPTION)).height()
        return QSize(480, OUT + BAR + TICK + caption + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bar, spans, gaps, overlaps, years."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0.5, OUT + 0.5, self.width() - 1, BAR)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("sunk"))
        painter.drawRoundedRect(bar, 4, 4)
        painter.setFont(self._theme.font(Type.CAPTION))
        self._paint_years(painter, bar)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._whole:
            painter.setBrush(QBrush(self._theme.colour("edge"), Qt.BrushStyle.BDiagPattern))
            for first, last in gaps(self._spans, self._start, self._today):
                painter.drawRect(self._box(bar, first, last))
        painter.setBrush(self._theme.colour("acc"))
        for span in self._spans:
            if span.last >= self._start:
                painter.drawRect(self._box(bar, span.first, span.last).adjusted(0.5, 1, -0.5, -1))
        self._paint_overlaps(painter, bar)
        painter.end()

    def _paint_years(self, painter: QPainter, bar: QRectF) -> None:
        room = QFontMetrics(painter.font()).horizontalAdvance("2026") + 12
        for year in years_labelled(self._start, self._today, bar.width(), room):
            at = self._at(bar, date(year, 1, 1))
            painter.setPen(QPen(self._theme.colour("edge"), 1))
            painter.drawLine(int(at), int(bar.top()), int(at), int(bar.bottom() + TICK))
            if at + room > self.width():
                continue
            painter.setPen(self._theme.colour("ink2"))
            below = QRectF(at + 4, bar.bottom() + 2, 60, self.height() - bar.bottom() - 2)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), str(year))

    def _paint_overlaps(self, painter: QPainter, bar: QRectF) -> None:
        for first, last in overlaps(self._spans):
            box = self._box(bar, first, last)
            box.setWidth(max(box.width(), 4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("amb_line"))
            painter.drawRect(box.adjusted(0, -OUT, 0, OUT))
            painter.setFont(self._theme.font(Type.CAPTION, bold=True))
            painter.setPen(self._theme.colour("amb"))
            words = tr("overlap")
            width = QFontMetrics(painter.font()).horizontalAdvance(words)
            both = [span for span in self._spans if span.last >= first]
            near = min(self._at(bar, max(span.first, self._start)) for span in both)
            left = near - width - 8 if near > width + 8 else box.right() + 8
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            painter.drawText(QRectF(left, bar.top(), width + 4, bar.height()), flags, words)

    def _box(self, bar: QRectF, first: date, last: date) -> QRectF:
        left = self._at(bar, max(first, self._start))
        right = self._at(bar, min(last, self._today))
        return QRectF(left, bar.top(), max(right - left, 2), bar.height())

    def _at(self, bar: QRectF, day: date) -> float:
        whole = (self._today - self._start).days
        return bar.left() + bar.width() * (day - self._start).days / whole
