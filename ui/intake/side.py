"""The sections of an intake at the leading side: a mark, a name, what is left. Layer: ui."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from forms.library.progress import SectionState
from ournydesk.domain.ids import Path
from ui.i18n import tr
from ui.intake.presenter import SectionRow
from ui.theme.marks import Mark
from ui.theme.theme import Theme, surface
from ui.theme.tokens import SIDE_WIDTH
from ui.theme.type import Type
from ui.widgets.lines import Line
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text

MARKS: Final = {
    SectionState.DONE: Mark.DONE,
    SectionState.PART: Mark.PART,
    SectionState.NONE: Mark.NONE,
    SectionState.MEND: Mark.MEND,
    SectionState.NOT_ASKED: Mark.NOT_ASKED,
}


class SideList(QWidget):
    """``chosen`` carries the path of a section."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "sunk", edge="right")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(0)
        self._lines: dict[Path, Line] = {}
        self._done = Text(theme, "", Type.CAPTION, tone="second")
        self._done.setContentsMargins(10, 12, 10, 2)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._column.addWidget(self._done)
        self._column.addWidget(self._bar)
        self._column.addStretch(1)
        outer.addWidget(scrolled(body))
        theme.follow(self, self._dress)
        self._dress()

    def show_sections(self, rows: tuple[SectionRow, ...], current: Path) -> None:
        """Show the sections, one of them chosen."""
        if list(self._lines) != [row.section.path for row in rows]:
            self._build(rows)
        for row in rows:
            line = self._lines[row.section.path]
            line.say(MARKS[row.section.state], row.title, self._left(row), chosen=row.section.path == current)
        asked = [row for row in rows if row.section.state is not SectionState.NOT_ASKED]
        done = sum(row.section.state is SectionState.DONE for row in asked)
        self._done.setText(tr("{done} of {all} sections done", done=done, all=len(asked)))
        self._bar.setMaximum(max(len(asked), 1))
        self._bar.setValue(done)
        self._bar.setAccessibleName(self._done.text())

    def _left(self, row: SectionRow) -> str:
        section = row.section
        match section.state:
            case SectionState.MEND:
                return tr("{count} to mend", count=len(section.mend))
            case SectionState.PART:
                return tr("{count} left", count=len(section.left))
            case SectionState.NONE:
                return tr("not started")
            case SectionState.NOT_ASKED:
                return tr("not asked")
            case _:
                return ""

    def _build(self, rows: tuple[SectionRow, ...]) -> None:
        for old in self._lines.values():
            old.deleteLater()
        self._lines = {}
        for index, row in enumerate(rows):
            line = Line(self._theme, name=f"section:{row.section.name}")
            line.clicked.connect(lambda _checked=False, path=row.section.path: self.chosen.emit(path))
            self._column.insertWidget(index, line)
            self._lines[row.section.path] = line

    def _dress(self) -> None:
        self.setFixedWidth(min(self._theme.px(SIDE_WIDTH), 380))
