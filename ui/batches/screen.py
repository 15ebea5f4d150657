"""A batch: what is inside, who can open it, where it is written. Layer: ui."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ournydesk.domain.batch import BatchDone, BatchPlan
from ui.batches.presenter import BatchPresenter
from ui.desk import BatchDesk
from ui.i18n import tr
from ui.tasks import Attached, Tasks
from ui.theme.marks import Mark
from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.files import folder
from ui.widgets.marks import MarkSign
from ui.widgets.page import Page
from ui.widgets.scroll import scrolled
from ui.widgets.text import Label, Text

WHY: Final = {
    "no_consent": "The client did not agree",
    "conflict": "Two answers differ and nobody has chosen",
    "unreadable": "Its form has not arrived on this desk",
}
SOURCES: Final = {"here": "this desk, to check it", "typed": "typed here"}
STEPS: Final = ("Collect", "Encrypt and write", "Open it again and compare", "Sign the receipt")


class BatchScreen(Page):
    """One page: nothing is left behind unless the whole of it worked."""

    def __init__(self, theme: Theme, batches: BatchDesk, tasks: Tasks) -> None:
        super().__init__(theme, notice="batch_notice")
        self.presenter = BatchPresenter(self, batches, Attached(tasks, self))
        self._inside = Card(theme, tr("What is inside"), name="batch_inside")
        self._who = Card(theme, tr("Who can open it"), tr("nobody else"), name="batch_who")
        self._keys = QPlainTextEdit()
        self._steps = [MarkSign(theme, Mark.NONE) for _ in STEPS]
        self._go = Button(theme, tr("Write the batch…"), kind="primary", size="large", name="write_batch")
        told = tr("Cases as one encrypted file, for people outside this desk")
        self.header.row.addWidget(Text(theme, tr("Write a batch"), Type.TITLE, wrap=False))
        self.header.row.addWidget(Text(theme, told, Type.BODY, tone="second", wrap=False))
        self.header.row.addStretch(1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(MARGIN, 24, MARGIN, 24)
        row.setSpacing(24)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self._who)
        left.addWidget(self._writing())
        left.addStretch(1)
        right.addWidget(self._inside)
        right.addStretch(1)
        row.addLayout(left, 5)
        row.addLayout(right, 4)
        self.put(scrolled(body))

    # -- the view of the presenter ------------------------------------------------------------------

    def show_plan(self, plan: BatchPlan) -> None:
        """What a batch would hold."""
        inside, who = self._inside, self._who
        inside.clear()
        inside.line(tr("Cases"), Text(self._theme, str(len(plan.records)), bold=True))
        for title, count in plan.forms:
            inside.line(title, Text(self._theme, str(count), bold=True))
        for why, words in WHY.items():
            left = [one for one in plan.left_out if one.why == why]
            if left:
                inside.line(
                    MarkSign(self._theme, Mark.MEND),
                    tr("Left out: {why}", why=tr(words)),
                    Text(self._theme, str(len(left)), bold=True, tone="attention"),
                    stretch=1,
                )
        inside.line(tr("Formats"), Text(self._theme, tr("JSON and PDF"), bold=True))
        inside.line(tr("Signed by"), Text(self._theme, plan.signed_by, bold=True))
        who.clear()
        for one in plan.recipients:
            who.line(
                Text(self._theme, one.name, bold=True),
                Text(self._theme, " ".join(one.words[:3]) + " …", tone="second"),
                Text(self._theme, tr(SOURCES.get(one.source, one.source)), Type.CAPTION, tone="second"),
            )
        who.column.addWidget(Label(self._theme, tr("Other people's age keys, one a line"), self._keys))
        who.column.addWidget(self._keys)
        self._go.setEnabled(bool(plan.records))
        self._go.setText(tr("Write {n} cases…", n=len(plan.records)))

    def show_writing(self, *, busy: bool) -> None:
        """It is being written."""
        self._go.setEnabled(not busy)
        for mark in self._steps:
            mark.show_mark(Mark.PART if busy else Mark.NONE)

    def show_written(self, done: BatchDone) -> None:
        """It is whole."""
        for mark in self._steps:
            mark.show_mark(Mark.DONE)
        what = tr("{n} cases are in {name}.", n=done.cases, name=done.path.name)
        then = tr("It was opened again and compared. Copies outside this desk are yours to look after.")
        self.show_done(what, then)

    # -- acts ---------------------------------------------------------------------------------------

    def enter(self) -> None:
        """See what there is."""
        self.notice.hide()
        self.presenter.begin()
        self._keys.setFocus()

    def write_into(self, folder: Path) -> None:
        """Write into a folder by its path."""
        self.presenter.write(self._keys.toPlainText(), folder)

    def _choose(self) -> None:
        target = folder(self, tr("Where the batch is written"))
        if target is not None:
            self.write_into(target)

    # -- lay-out ------------------------------------------------------------------------------------

    def _writing(self) -> Card:
        card = Card(self._theme, tr("Writing"), name="batch_writing")
        for mark, words in zip(self._steps, STEPS, strict=True):
            card.line(mark, tr(words), stretch=1)
        self._keys.setObjectName("batch_keys")
        self._keys.setFixedHeight(72)
        self._keys.setTabChangesFocus(True)
        self._go.clicked.connect(lambda _checked=False: self._choose())
        card.line(self._go, "", stretch=1)
        told = tr("If anything fails, nothing is left behind.")
        card.column.addWidget(Text(self._theme, told, Type.CAPTION, tone="hint"))
        return card
