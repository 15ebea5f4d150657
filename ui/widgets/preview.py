"""Pages on the screen before they are printed: turn, print, save when somebody asks. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ournydesk.domain.documents import PageImage, Printout
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.files import file_to_write
from ui.widgets.header import Header
from ui.widgets.page_view import PageView
from ui.widgets.printing import PrintJob
from ui.widgets.text import Text

Write = Callable[[Path, bytes], None]


class Preview(QWidget):
    """Shows one printout. It is dropped when the page is left; nothing of it is on a disk unless saved."""

    def __init__(self, theme: Theme, desk: Desk, tasks: Tasks, *, write: Write) -> None:
        super().__init__()
        self._theme, self._desk, self._write = theme, desk, write
        self._tasks = Attached(tasks, self)
        self._printout: Printout | None = None
        self._index = 0
        self._file = ""
        self._care = ""
        self._once = False
        self._leave: Callable[[], None] = lambda: None
        surface(self, "paper")
        self._title = Text(theme, "", Type.TITLE, wrap=False)
        self._banner = Banner(theme, "notice", name="preview_notice")
        self._counter = Text(theme, "", Type.BODY, wrap=False)
        self._view = PageView("preview_page")
        self._view.resized.connect(lambda: self._turn(self._index))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self._banner)
        column.addWidget(self._view, 1)

    def show_printout(
        self,
        printout: Printout,
        *,
        title: str,
        care: str,
        file: str,
        leave: Callable[[], None],
        once: bool = False,
    ) -> None:
        """Show pages. ``care`` says what to do with them, ``file`` is proposed as the name of a saved one.

        ``once``: they cannot be made again, so leaving without a copy is asked about.
        """
        self._printout, self._index, self._once = printout, 0, once
        self._file, self._care, self._leave = file, care, leave
        self._title.setText(title)
        self._banner.say(care, tone="notice")
        self._turn(0)
        go = self.findChild(Button, "preview_print")
        if go is not None:
            go.setFocus()

    def forget(self) -> None:
        """Drop the pages."""
        self._printout = None
        self._view.clear()

    def save_as(self, path: Path) -> None:
        """Write the pages as a PDF by its path."""
        printout = self._printout
        if printout is None:
            return

        def done(_none: None) -> None:
            self._once = False
            told = tr("Saved as {name}.", name=path.name)
            self._banner.say(told, tr("Delete it when it is printed. ") + self._care, tone="attention")

        self._tasks.run(Lane.PAPER, lambda: self._write(path, printout.pdf), done=done, failed=self._failed)

    def _save(self) -> None:
        target = file_to_write(self, tr("Save as PDF"), self._file, tr("PDF files (*.pdf)"))
        if target is not None:
            self.save_as(target)

    def _print(self) -> None:
        if self._printout is not None:
            job = PrintJob(
                self, self._desk, self._tasks, self._printout, done=self._printed, failed=self._failed
            )
            job.ask_and_print()

    def _printed(self, pages: int) -> None:
        self._once = False
        told = tr("{n} pages were given to the printer. Collect them at once.", n=pages)
        self._banner.say(told, self._care, tone="notice")

    def _turn(self, index: int) -> None:
        printout = self._printout
        if printout is None or not 0 <= index < printout.pages:
            return
        self._index = index
        scale = self._view.scale()

        def show(image: PageImage) -> None:
            if self._printout is printout and self._index == index:
                self._show(image, printout.pages)

        self._tasks.run(
            Lane.PAPER, lambda: self._desk.page(printout.pdf, index, scale), done=show, failed=self._failed
        )

    def _show(self, image: PageImage, pages: int) -> None:
        where = tr("Page {n} of {all}", n=self._index + 1, all=pages)
        self._counter.setText(where)
        self._view.show_page(image, where)

    def _failed(self, error: Exception) -> None:
        words = message(error)
        self._banner.say(words.what, words.then, tone="attention")

    def _back(self) -> None:
        if self._once:
            self._banner.say(
                tr("Neither printed nor saved: when you leave, these pages are gone for good."),
                self._care,
                [(tr("Leave all the same"), "leave_unprinted", self._gone)],
                tone="attention",
            )
            return
        self._gone()

    def _gone(self) -> None:
        self.forget()
        self._leave()

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        for words, icon, name, act in (
            (tr("Back"), "arrow_left", "preview_back", self._back),
            ("", "arrow_left", "preview_before", lambda: self._turn(self._index - 1)),
            ("", "arrow_right", "preview_after", lambda: self._turn(self._index + 1)),
            (tr("Save as PDF…"), "", "preview_save", self._save),
            (tr("Print…"), "", "preview_print", self._print),
        ):
            quiet, go = name == "preview_back", name == "preview_print"
            kind = "quiet" if quiet else "primary" if go else "plain"
            button = Button(self._theme, words, kind=kind, icon=icon, name=name)  # type: ignore[arg-type]  # one of the kinds
            button.clicked.connect(lambda _checked=False, act=act: act())
            if name == "preview_before":
                row.addWidget(self._title)
                row.addStretch(1)
                button.setAccessibleName(tr("Page before"))
            if name == "preview_after":
                button.setAccessibleName(tr("Next page"))
            row.addWidget(button)
            if name == "preview_after":
                row.addWidget(self._counter)
        return bar
