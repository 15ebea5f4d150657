"""Shutting a desk out, and what was on that laptop. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout

from ournydesk.domain.documents import Printout
from ournydesk.domain.exposure import Exposure, as_table
from ournydesk.domain.exposure_words import before, sentences
from ournydesk.domain.operations import DeviceId
from ui.desk import Desk
from ui.exposure.presenter import ExposurePresenter, wanted
from ui.i18n import tr
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.beside import Beside
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.files import file_to_write
from ui.widgets.page import Page
from ui.widgets.preview import Preview, Write
from ui.widgets.scroll import scrolled
from ui.widgets.table import Table
from ui.widgets.text import Label, Text

LIST_HEIGHT = 260


class ExposureScreen(Page):
    """One desk: what shutting it out does, its name typed, and whom to tell."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        device: DeviceId,
        *,
        leave: Callable[[], None],
        changed: Callable[[], None],
        write: Write,
    ) -> None:
        super().__init__(theme, notice="exposure_notice")
        self.presenter = ExposurePresenter(
            self, desk.exposures, Attached(tasks, self), device, changed=changed
        )
        self._title = Text(theme, "", Type.TITLE, wrap=False)
        self._know = Card(theme, tr("What to know"), name="exposure_know")
        self._act = Card(theme, tr("Shut it out"), name="exposure_act")
        self._name = QLineEdit()
        self._count = Text(theme, "", Type.LEAD, bold=True)
        heads = as_table(())[0]
        self._table = Table(
            theme,
            [tr(head) for head in heads],
            name="exposed",
            label=tr("Records it could open"),
            stretch=(2,),
        )
        self._table.setMinimumHeight(theme.px(LIST_HEIGHT))
        self._preview = Preview(theme, desk, tasks, write=write)
        self.header.lead_back(theme, tr("Back"), leave, name="exposure_back")
        # A long name gives way before the window does.
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.header.row.addWidget(self._title, 1)
        self._lay_out()

    def enter(self) -> None:
        """Work it out."""
        self.presenter.begin()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_exposure(self, found: Exposure) -> None:
        """Everything anew."""
        name = wanted(found)
        title = tr("What was on the laptop of {name}", name=name)
        self._title.setText(title if found.revoked else tr("Shut out {name}?", name=name))
        self._know.clear()
        for sentence in sentences(found) if found.revoked else before(found):
            self._know.line(tr(sentence))
        self._act.setVisible(not found.revoked)
        self._name.setPlaceholderText(name)
        clients = found.clients
        self._count.setText(tr("Records it could open: {n}", n=len(clients)))
        rows = as_table((*clients, *found.let_go))[1:]
        self._table.show_rows(rows)
        if not found.revoked:
            self._name.setFocus()

    def show_list(self, printout: Printout) -> None:
        """The list as pages."""
        self._preview.show_printout(
            printout,
            title=tr("What was on a laptop"),
            care=tr("It names clients. Keep it locked away and shred it when everybody was told."),
            file="what-was-on-a-laptop.pdf",
            leave=self.uncover,
        )
        self.cover(self._preview)

    # -- acts ---------------------------------------------------------------------------------------

    def write_into(self, target: Path) -> None:
        """Write the table by its path."""
        self.presenter.write_table(target)

    def _save(self) -> None:
        target = file_to_write(self, tr("Save the table"), "what-was-on-a-laptop.csv", tr("Tables (*.csv)"))
        if target is not None:
            self.write_into(target)

    # -- lay-out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme, act = self._theme, self._act
        self._name.setObjectName("exposure_name")
        act.column.addWidget(Label(theme, tr("Type its &name to go on"), self._name))
        act.column.addWidget(self._name)
        out = Button(theme, tr("Shut this desk out"), kind="danger", name="exposure_shut_out")
        out.clicked.connect(lambda _checked=False: self.presenter.shut_out(self._name.text()))
        act.column.addWidget(out)
        listing = QVBoxLayout()
        listing.setSpacing(12)
        listing.addWidget(self._count)
        listing.addWidget(self._table, 1)
        buttons = QHBoxLayout()
        for words, icon, name, pressed in (
            (tr("Print the list…"), "print", "exposure_print", self.presenter.print_list),
            (tr("Save as a table…"), "", "exposure_save", self._save),
        ):
            button = Button(theme, words, icon=icon, name=name)
            button.clicked.connect(lambda _checked=False, pressed=pressed: pressed())
            buttons.addWidget(button)
        buttons.addStretch(1)
        listing.addLayout(buttons)
        listing.addWidget(act)
        left = QVBoxLayout()
        left.addWidget(self._know)
        left.addStretch(1)
        self.put(scrolled(Beside(theme, left, listing, (4, 6))))
