"""“What is where”: every record, what it waits for, whom this laptop reached, and the ways out. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ournydesk.domain.operations import OpId
from ournydesk.domain.whereabouts import CheckOut, Whereabouts
from ui.desk import Desk
from ui.i18n import tr
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.where.alarms import Alarms
from ui.where.cards import (
    AsideCard,
    BackCard,
    ContactCard,
    DocumentsCard,
    PeopleCard,
    RelayCard,
    StickCard,
)
from ui.where.presenter import WherePresenter
from ui.where.rows import HEADS, NEARBY, place_row
from ui.widgets.beside import Beside
from ui.widgets.button import Button
from ui.widgets.files import file_to_open, file_to_write
from ui.widgets.page import Page
from ui.widgets.scroll import scrolled
from ui.widgets.table import Table
from ui.widgets.text import Text

LIST_HEIGHT = 300


class WhereScreen(Page):
    """One page; it is told anew after every round."""

    def __init__(self, theme: Theme, desk: Desk, tasks: Tasks, *, rounds: Callable[[], None]) -> None:
        super().__init__(theme, notice="where_notice")
        self.presenter = WherePresenter(self, desk.where, desk.wire, Attached(tasks, self), rounds=rounds)
        self._alarms = Alarms(theme, desk.word_known)
        self._table = Table(
            theme, [tr(head) for head in HEADS], name="places", label=tr("What is where"), stretch=(0,)
        )
        self._table.setMinimumHeight(theme.px(LIST_HEIGHT))
        self._aside, self._contact, self._people = AsideCard(theme), ContactCard(theme), PeopleCard(theme)
        self._documents = DocumentsCard(theme)
        self._back, self._relay, self._stick = BackCard(theme), RelayCard(theme), StickCard(theme)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (left, (self._table, self._aside, self._documents)),
            (right, (self._contact, self._stick, self._back, self._people, self._relay)),
        ):
            column.setSpacing(16)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(MARGIN, 16, MARGIN, 0)
        above.addWidget(self._alarms)
        inside.addLayout(above)
        inside.addWidget(Beside(theme, left, right, (6, 4)), 1)
        self.header.row.addWidget(Text(theme, tr("What is where"), Type.TITLE, wrap=False))
        self.header.row.addStretch(1)
        send = Button(theme, tr("Send and fetch now"), kind="primary", key="F5", name="send_now")
        send.clicked.connect(lambda _checked=False: self.presenter.send())
        self.header.row.addWidget(send)
        self.put(scrolled(body))
        self._connect()

    def enter(self) -> None:
        """Everything, read anew."""
        self.notice.hide()
        self._alarms.forget()
        self.presenter.refresh()
        self._table.setFocus()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_where(self, there: Whereabouts) -> None:
        """Everything anew; where the person stood in the list stays."""
        at = self._table.currentIndex().row()
        self._table.show_rows([place_row(place) for place in there.places], max(at, 0))
        self._alarms.show_alarms(there)
        self._aside.show_aside(there)
        self._documents.show_documents(there)
        self._contact.show_contact(there)
        self._people.show_people(there)
        self._relay.show_relay(there.wire.relay)

    def show_check_out(self, found: CheckOut) -> None:
        """Whether the laptop can be handed back."""
        self._back.show_check_out(found)

    def show_settled(self) -> None:
        """The words that were typed are gone."""
        self._alarms.forget()

    # -- acts ---------------------------------------------------------------------------------------

    def _write(self) -> None:
        target = file_to_write(self, tr("Write what waits on a stick"), "waiting.courier")
        if target is not None:
            self.presenter.write_stick(target)

    def _read(self) -> None:
        source = file_to_open(self, tr("A courier file, or any file of a folder “outgoing”"))
        if source is not None:
            self.presenter.read_stick(source)

    def _keep(self, op_id: str) -> None:
        target = file_to_write(self, tr("Save its sealed bytes"), f"{op_id[:8]}.op")
        if target is not None:
            self.presenter.save_aside(OpId(op_id), target)

    def _use_relay(self, address: str) -> None:
        if not address.strip():
            self.presenter.use_relay("", None)
            return
        certificate = file_to_open(self, tr("The relay's certificate, from who runs it"))
        self.presenter.use_relay(address, certificate)

    # -- lay-out ------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._alarms.dismissed.connect(self.presenter.dismiss)
        self._alarms.settled.connect(self.presenter.settle_alarm)
        self._aside.again.connect(lambda op_id: self.presenter.look_again(OpId(op_id)))
        self._aside.kept.connect(self._keep)
        self._stick.written.connect(self._write)
        self._stick.read.connect(self._read)
        self._back.asked.connect(self.presenter.check_out)
        self._relay.named.connect(self._use_relay)
        self._relay.found.connect(lambda: self.presenter.use_relay(NEARBY, None))
