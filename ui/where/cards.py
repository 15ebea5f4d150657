"""The cards beside the list: the server, the relay, people, handing the laptop back. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ournydesk.domain.whereabouts import CheckOut, Whereabouts
from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.where.rows import (
    NEARBY,
    aside_words,
    check_out_words,
    document_words,
    heard_words,
    relay_words,
    server_words,
    silence,
)
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.text import Label, Text, Told


class ContactCard(Card):
    """When the server and the relay were last there, and the words to compare by voice."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Server and relay"), name="contact_card")

    def show_contact(self, there: Whereabouts) -> None:
        """How both stand."""
        self.clear()
        for name, address, told in (
            (tr("Server"), there.wire.server, server_words(there.wire, there.now)),
            (tr("Relay"), there.wire.relay, relay_words(there.wire, there.now)),
        ):
            self.line(Told(self._theme, f"{name}.", " ".join(filter(None, told))))
            if address and address != NEARBY:
                self.column.addWidget(Text(self._theme, address, Type.CAPTION, tone="second"))
        quiet = silence(there.wire, there.now)
        if quiet:
            self.line(Text(self._theme, quiet, tone="attention", bold=True))
        if there.wire.head_words:
            words = Text(self._theme, " ".join(there.wire.head_words), bold=True)
            words.setObjectName("head_words")
            self.line(Text(self._theme, tr("The log's head, the same on every desk that is this far:")))
            self.column.addWidget(words)


class PeopleCard(Card):
    """When anything signed by whom last arrived."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Last heard of"), name="people_card")

    def show_people(self, there: Whereabouts) -> None:
        """The last first."""
        self.clear()
        for one in there.wire.heard:
            self.line(
                Text(self._theme, one.name or tr("Name not here yet"), bold=True),
                Text(self._theme, tr(one.role.replace("_", " ")), Type.CAPTION, tone="second"),
                Text(self._theme, heard_words(one, there.now), wrap=False),
            )
        if not there.wire.heard:
            self.line(tr("Nobody yet: nothing signed by anybody else has arrived."))


class DocumentsCard(Card):
    """Documents that are on their way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Documents on their way"), name="documents_card")

    def show_documents(self, there: Whereabouts) -> None:
        """Each with how far it is; nothing is said where none is."""
        self.clear()
        self.setVisible(bool(there.documents))
        for one in there.documents:
            whose, how_far = document_words(one)
            self.line(Text(self._theme, whose, bold=True), Text(self._theme, how_far, wrap=False))


class AsideCard(Card):
    """What goes no further by itself, and the ways out."""

    again = Signal(str)
    kept = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Set aside"), name="aside_card")

    def show_aside(self, there: Whereabouts) -> None:
        """Each with its buttons; nothing is said where nothing is."""
        self.clear()
        self.setVisible(bool(there.asides))
        for one in there.asides:
            again = self._button(
                tr("Offer it again") if one.standing == "refused" else tr("Look at it again"),
                f"again:{one.op_id[:8]}",
                self.again,
                one.op_id,
            )
            keep = self._button(tr("Save its bytes…"), f"keep:{one.op_id[:8]}", self.kept, one.op_id)
            self.line(Told(self._theme, *aside_words(one)), again, keep)

    def _button(self, words: str, name: str, signal: object, op_id: str, kind: Kind = "plain") -> Button:
        made = Button(self._theme, words, kind=kind, size="small", name=name)
        made.clicked.connect(lambda _checked=False: signal.emit(op_id))  # type: ignore[attr-defined]  # a bound signal
        return made


class StickCard(Card):
    """Carrying by hand what no wire carries."""

    written = Signal()
    read = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Carry it on a stick"), name="stick_card")
        lead = tr("Sealed and signed: nobody on the way can open it, and losing it loses nothing.")
        self.column.addWidget(Text(theme, lead, tone="second"))
        for words, name, signal in (
            (tr("Write what waits…"), "write_stick", self.written),
            (tr("Read one in…"), "read_stick", self.read),
        ):
            go = Button(theme, words, name=name)
            go.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            self.column.addWidget(go)


class BackCard(Card):
    """Handing the laptop back."""

    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Hand this laptop back"), name="back_card")
        self._show(
            Text(theme, tr("Looks whether anything is on this laptop and nowhere else."), tone="second")
        )

    def show_check_out(self, found: CheckOut) -> None:
        """Whether it can go, and what keeps it."""
        what, reasons = check_out_words(found)
        told = Text(self._theme, what, bold=True, tone="" if found.clear else "stop")
        told.setObjectName("check_out_line")
        at = tr("Looked at {time}.", time=f"{found.at.astimezone():%H:%M:%S}")
        self._show(
            told,
            *(Text(self._theme, one) for one in reasons),
            Text(self._theme, at, Type.CAPTION, tone="second"),
        )

    def _show(self, *lines: Text) -> None:
        self.clear()
        for line in lines:
            self.column.addWidget(line)
        go = Button(self._theme, tr("Check out"), icon="laptop", name="check_out")
        go.clicked.connect(lambda _checked=False: self.asked.emit())
        self.line(go, "", stretch=1)


class RelayCard(Card):
    """Naming the clinic's relay."""

    named = Signal(str)
    found = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Another relay"), name="relay_card")
        self._address = QLineEdit()
        self._address.setObjectName("relay_address")
        self.column.addWidget(Label(theme, tr("Address on the clinic's router"), self._address))
        self.column.addWidget(self._address)
        use = Button(theme, tr("Use it…"), name="use_relay")
        use.clicked.connect(lambda _checked=False: self.named.emit(self._address.text()))
        self._address.returnPressed.connect(lambda: self.named.emit(self._address.text()))
        self.line(use, tr("Left empty, none is used."), stretch=1)
        find = Button(theme, tr("Find it on this network"), name="find_relay")
        find.clicked.connect(lambda _checked=False: self.found.emit())
        told = tr("Only one whose certificate the team's invite vouches for is believed.")
        self.line(find, told, stretch=1)

    def show_relay(self, address: str) -> None:
        """What it is now; what is being typed stays."""
        if not self._address.hasFocus():
            self._address.setText("" if address == NEARBY else address)
