"""The documents of one record: a list, adding one, looking at one. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ournydesk.domain.attachments import DocumentCard
from ournydesk.domain.documents import Printout
from ournydesk.domain.ids import IntakeId
from ui.attached.presenter import AttachedPresenter, size_words, where_words
from ui.desk import Desk
from ui.i18n import tr
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.files import file_to_open
from ui.widgets.page import Page
from ui.widgets.preview import Preview, Write
from ui.widgets.table import Table
from ui.widgets.text import Text

HEADS = ("Document", "Size", "Added by", "Where it is")


class AttachedScreen(Page):
    """Two faces: the list, and one document."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        intake: IntakeId,
        *,
        leave: Callable[[], None],
        added: Callable[[], None],
        write: Write,
    ) -> None:
        super().__init__(theme, notice="attached_notice")
        self._leave = leave
        self.presenter = AttachedPresenter(self, desk.attached, Attached(tasks, self), intake, added=added)
        self._cards: tuple[DocumentCard, ...] = ()
        self._table = Table(
            theme, [tr(head) for head in HEADS], name="documents", label=tr("Documents"), stretch=(0,)
        )
        self._table.doubleClicked.connect(lambda _index: self._look())
        self._none = Text(theme, "", tone="second")
        self._preview = Preview(theme, desk, tasks, write=write)
        self._lay_out()
        QShortcut(QKeySequence("Esc"), self, self._back)

    def enter(self) -> None:
        """The list, read anew."""
        self.notice.hide()
        self.uncover()
        self.presenter.begin()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_documents(self, cards: tuple[DocumentCard, ...]) -> None:
        """The list; the one that was chosen stays chosen."""
        at = max(self._table.currentIndex().row(), 0)
        self._cards = cards
        self._table.show_rows(
            [(card.name, size_words(card.size), card.by, where_words(card)) for card in cards], at
        )
        self._table.setVisible(bool(cards))
        self._open.setEnabled(bool(cards))
        none = tr("No document yet. Photographs and PDFs up to 25 MB can be added; they are kept sealed.")
        self._none.setText(none)
        self._none.setVisible(not cards)

    def show_document(self, card: DocumentCard, printout: Printout) -> None:
        """One of them."""
        self._preview.show_printout(
            printout,
            title=card.name,
            care=tr("What is printed or saved is outside the encrypted seat."),
            file="document.pdf",
            leave=self.enter,
        )
        self.cover(self._preview)

    # -- acts ---------------------------------------------------------------------------------------

    def _add(self) -> None:
        kinds = tr("Photographs and PDFs (*.pdf *.jpg *.jpeg *.png)")
        source = file_to_open(self, tr("Add a document"), kinds)
        if source is not None:
            self.presenter.add(source)

    def _look(self) -> None:
        at = self._table.currentIndex().row()
        if 0 <= at < len(self._cards):
            self.presenter.look(self._cards[at])

    def _back(self) -> None:
        if self.covered:
            self.enter()
        else:
            self._leave()

    # -- lay-out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        bar = self.header
        bar.lead_back(self._theme, tr("Back"), self._leave, name="leave_documents")
        bar.row.addWidget(Text(self._theme, tr("Documents"), Type.TITLE, wrap=False))
        bar.row.addStretch(1)
        self._open = Button(self._theme, tr("Look at it"), icon="eye", name="look_at_document")
        self._open.clicked.connect(lambda _checked=False: self._look())
        add = Button(self._theme, tr("Add…"), kind="primary", icon="add", name="add_document")
        add.setAccessibleName(tr("Add a document"))
        add.clicked.connect(lambda _checked=False: self._add())
        for button in (self._open, add):
            bar.row.addWidget(button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, 24, MARGIN, 24)
        column.addWidget(self._none)
        column.addWidget(self._table, 1)
        self.put(body)
