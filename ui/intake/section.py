"""One section, scrolled: built once, then changed only where a page differs. Layer: ui."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.intake.pages import Heading, Note, Page, Part, Question, Table
from ui.intake.question import QuestionBox
from ui.intake.table import TableBox
from ui.theme.theme import Theme, reveal
from ui.theme.tokens import FORM_MARGIN, GAP_L, GAP_S, LARGE
from ui.theme.type import Type
from ui.widgets.text import Chip, Text


class WordsBox(QWidget):
    """A heading or a note in both languages."""

    def __init__(self, theme: Theme, part: Heading | Note, client: str) -> None:
        super().__init__()
        self._client = client
        heading = isinstance(part, Heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_L if heading else 0, 0, 0)
        column.setSpacing(2)
        self._first = Text(theme, "", Type.LEAD if heading else Type.BODY, bold=heading, language=client)
        self._second = Text(theme, "", Type.BODY, tone="second")
        column.addWidget(self._first)
        column.addWidget(self._second)
        self.show_part(part)

    def show_part(self, part: Heading | Note) -> None:
        """Show the words as they stand now."""
        self._first.speak(self._client if part.label.client else "en")
        self._first.setText(part.label.first)
        self._second.setText(part.label.staff if part.label.client else "")
        reveal(self._second, visible=bool(part.label.client))
        reveal(self, visible=part.relevant)


class SectionArea(QScrollArea):
    """Shows pages. ``answered`` carries path, text, how it was said."""

    answered = Signal(str, str, str)
    row_added = Signal(str)
    row_removed = Signal(str, str)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self._page: Page | None = None
        self._client = ""
        self._boxes: dict[str, QWidget] = {}
        self._shown: dict[str, Part] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._built_at = theme.scale
        theme.follow(self, self._redress)

    def show_page(self, page: Page, client: str) -> None:
        """Show a section: built anew when it is another one, else only what differs is touched."""
        same = self._page is not None and self._page.path == page.path and self._client == client
        if not same or [part.path for part in page.parts] != list(self._shown):
            self._build(page, client)
            return
        for part in page.parts:
            if part != self._shown[part.path]:
                self._change(part)
        self._page = page
        reveal(self._draft, visible=page.draft)
        self._show_unused(page)

    def focus(self, ref: str) -> None:
        """Put the cursor into a question, opening its row if it stands in one."""
        for path, box in self._boxes.items():
            if isinstance(box, QuestionBox) and box.ref == ref:
                box.enter()
                self.ensureWidgetVisible(box)
            elif isinstance(box, TableBox) and path and box.open_for(ref):
                self.ensureWidgetVisible(box)

    def enter(self) -> None:
        """Put the cursor into the first question of the section."""
        for box in self._boxes.values():
            if isinstance(box, QuestionBox) and not box.isHidden():
                box.enter()
                return
            if isinstance(box, TableBox) and not box.isHidden() and box.boxes():
                box.boxes()[0].enter()
                return

    def open_row(self, repeat: str, row: str) -> None:
        """Open a row of a table."""
        box = self._boxes.get(repeat)
        if isinstance(box, TableBox):
            box.open_row(row)  # type: ignore[arg-type]  # a path is a str to Qt's signals
            self.ensureWidgetVisible(box)

    def first_table(self) -> str:
        """The path of the first table shown, empty when there is none: what Ctrl+Shift+N adds to."""
        if self._page is None:
            return ""
        tables = [part for part in self._page.parts if isinstance(part, Table)]
        shown = [table.path for table in tables if table.relevant and not table.fixed]
        return str(shown[0]) if shown else ""

    def row_word(self) -> str:
        """What a row of the first table is called, ``trip``; empty where there is no table."""
        first, parts = self.first_table(), self._page.parts if self._page is not None else ()
        return next((part.one for part in parts if isinstance(part, Table) and part.path == first), "")

    def commit(self) -> None:
        """Give what is being typed, now."""
        for box in self._boxes.values():
            for question in box.boxes() if isinstance(box, TableBox) else (box,):
                if isinstance(question, QuestionBox):
                    question.commit()

    def _redress(self) -> None:
        """Another text size lays questions out otherwise; what is being typed is given first."""
        if self._page is None or self._theme.scale == self._built_at:
            return
        questions = [box for box in self._boxes.values() if isinstance(box, QuestionBox)]
        within = [
            box.ref for box in questions if any(inner.hasFocus() for inner in box.findChildren(QWidget))
        ]
        self.commit()
        self._build(self._page, self._client)
        for ref in within:
            self.focus(ref)

    def _build(self, page: Page, client: str) -> None:
        self._page, self._client, self._built_at = page, client, self._theme.scale
        self._boxes, self._shown = {}, {part.path: part for part in page.parts}
        body = QWidget()
        body.setProperty("scrolled", "yes")
        column = QVBoxLayout(body)
        column.setContentsMargins(FORM_MARGIN, 18, FORM_MARGIN, 24)
        column.setSpacing(18)
        column.addLayout(self._title(page, client))
        for part in page.parts:
            box = self._make(part)
            self._boxes[part.path] = box
            column.addWidget(box)
        nothing = tr("Nothing is asked here, because of what was answered before.")
        self._nothing = Text(self._theme, nothing, Type.BODY, tone="second")
        self._nothing.setObjectName("nothing_asked")
        column.addWidget(self._nothing)
        self._unused = Text(self._theme, "", Type.CAPTION, tone="hint")
        column.addWidget(self._unused)
        column.addStretch(1)
        self._show_unused(page)
        self.setWidget(body)
        self.verticalScrollBar().setValue(0)

    def _title(self, page: Page, client: str) -> QBoxLayout:
        large = self._theme.scale > LARGE
        row = QVBoxLayout() if large else QHBoxLayout()
        row.setSpacing(GAP_S if large else GAP_L)
        title = Text(self._theme, page.title.staff, Type.SECTION, wrap=large)
        title.setObjectName("section_title")
        row.addWidget(title, 0, Qt.AlignmentFlag.AlignBaseline)
        if page.title.client and page.title.client != page.title.staff:
            said = Text(
                self._theme,
                page.title.client,
                Type.QUESTION,
                bold=False,
                tone="second",
                language=client,
                wrap=large,
            )
            row.addWidget(said, 0, Qt.AlignmentFlag.AlignBaseline)
        if page.source:
            source = Text(self._theme, page.source, Type.CAPTION, tone="hint", wrap=large)
            row.addWidget(source, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        self._draft = Chip(self._theme, tr("Draft translation: nobody has reviewed it yet"), "attention")
        self._draft.setObjectName("draft_translation")
        reveal(self._draft, visible=page.draft)
        column = QVBoxLayout()
        column.setSpacing(GAP_S)
        column.addLayout(row)
        column.addWidget(self._draft)
        return column

    def _make(self, part: Part) -> QWidget:
        if isinstance(part, Question):
            box = QuestionBox(self._theme, part, self._client)
            box.answered.connect(lambda text, said, path=part.path: self.answered.emit(path, text, said))
            return box
        if isinstance(part, Table):
            table = TableBox(self._theme, part, self._client, self._today)
            table.answered.connect(self.answered.emit)
            table.added.connect(self.row_added.emit)
            table.removed.connect(self.row_removed.emit)
            return table
        return WordsBox(self._theme, part, self._client)

    def _change(self, part: Part) -> None:
        box = self._boxes[part.path]
        self._shown[part.path] = part
        if isinstance(box, QuestionBox) and isinstance(part, Question):
            box.show_question(part)
        elif isinstance(box, TableBox) and isinstance(part, Table):
            box.show_table(part)
        elif isinstance(box, WordsBox) and isinstance(part, Heading | Note):
            box.show_part(part)

    def _show_unused(self, page: Page) -> None:
        self._unused.setText(
            tr("{count} answers are kept but not used now.", count=page.unused) if page.unused else ""
        )
        reveal(self._unused, visible=bool(page.unused))
        reveal(self._nothing, visible=not any(part.relevant for part in page.parts))
