"""The team: its people and their desks, what was sent to all, how it reaches the others. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ournydesk.domain.membership import Role
from ournydesk.domain.recovery import KitStatus
from ournydesk.domain.team import TeamMember, TeamView
from ournydesk.domain.wire import Reach, WireView
from ui.desk import FormChoice
from ui.i18n import tr
from ui.team.kit import KitCard
from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.text import Chip, Label, Text

ROLES = {
    Role.VOLUNTEER: "Volunteer",
    Role.REPRESENTATIVE: "Accredited representative",
    Role.ATTORNEY: "Attorney",
    Role.COORDINATOR: "Coordinator",
}
REACHES = {
    Reach.NEVER: "not tried yet",
    Reach.REACHED: "reached",
    Reach.BUSY: "is busy; tried again by itself",
    Reach.AWAY: "cannot be reached now",
    Reach.WRONG_SERVER: "something else answered; it is not our server",
    Reach.SHUT_OUT: "does not know this desk any more: ask the coordinator",
    Reach.ALARM: "tells another story than before: call the coordinator now",
}


class TeamPage(QWidget):
    """What is done here leaves as signals; file choosing is the screen's."""

    letting_in = Signal()
    form_sent = Signal(str)
    form_file_sent = Signal()
    blank_sent = Signal()
    connected = Signal(str, str)
    """Server and token."""
    relay_used = Signal(str)
    shut_out = Signal(str)
    """A desk that is to be shut out, or was: the page behind says what it could open."""
    seats_wanted = Signal()
    stick_written = Signal()
    stick_read = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._forms: tuple[FormChoice, ...] = ()
        self._view: TeamView | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 24, MARGIN, 24)
        row.setSpacing(24)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
        self._people = Card(theme, tr("People and their desks"), name="people_card")
        self._sent = Card(theme, tr("Sent to every desk"), name="sent_card")
        self._wire = Card(theme, tr("The server and the clinic's relay"), name="wire_card")
        self.kit = KitCard(theme)
        left.addWidget(self._people)
        left.addWidget(self.kit)
        left.addStretch(1)
        right.addWidget(self._sent)
        right.addWidget(self._wire)
        right.addStretch(1)
        row.addLayout(left, 5)
        row.addLayout(right, 4)

    def show_forms(self, forms: tuple[FormChoice, ...]) -> None:
        """The forms a coordinator can send; they may be read long after the team is shown."""
        self._forms = forms
        if self._view is not None:
            self._show_sent(self._view)

    def enter(self) -> None:
        """The cursor where a coordinator begins; others read."""
        first = self.findChild(QWidget, "let_someone_in")
        if first is not None:
            first.setFocus()

    def show_team(self, team: TeamView, wire: WireView, kit: KitStatus | None) -> None:
        """Everything anew; what was being typed into the server's fields stays."""
        self._view = team
        self._show_people(team)
        self.kit.show_kit(kit)
        self._show_sent(team)
        self._show_wire(team, wire)

    def _show_people(self, team: TeamView) -> None:
        card = self._people
        card.clear()
        for member in team.members:
            if not member.seat:
                card.line(self._who(member), self._desks(member, team))
        if team.leads:
            count = sum(member.seat for member in team.members)
            seats = Button(
                self._theme, tr("Clinics and seats ({n})…", n=count), icon="laptop", name="show_seats"
            )
            seats.clicked.connect(lambda _checked=False: self.seats_wanted.emit())
            card.line(seats, "", stretch=1)
        if team.manages:
            add = Button(
                self._theme, tr("Let someone in…"), kind="primary", icon="person", name="let_someone_in"
            )
            add.clicked.connect(lambda _checked=False: self.letting_in.emit())
            card.line(add, "", stretch=1)

    def _who(self, member: TeamMember) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        you = tr(" (you)") if member.here else ""
        column.addWidget(Text(self._theme, (member.name or tr("Name not here yet")) + you, bold=True))
        scope = tr(" ({scope})", scope=tr(member.scope.value)) if member.scope is not None else ""
        rights = [tr(ROLES[member.role]) + scope]
        rights += [tr("lets people in")] if member.manages else []
        rights += [tr("reads cases")] if member.reads else []
        column.addWidget(Text(self._theme, ", ".join(rights), Type.CAPTION, tone="second"))
        return holder

    def _desks(self, member: TeamMember, team: TeamView) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        for device in member.devices:
            if device.revoked:
                row.addWidget(Chip(self._theme, tr("shut out"), "stop"))
                if team.manages:
                    had = Button(
                        self._theme,
                        tr("What was on it…"),
                        kind="quiet",
                        size="small",
                        name=f"had:{device.id}",
                    )
                    had.setAccessibleName(tr("What was on the laptop of {name}", name=member.name))
                    had.clicked.connect(lambda _checked=False, name=device.id: self.shut_out.emit(name))
                    row.addWidget(had)
            elif team.manages and not member.here:
                out = Button(
                    self._theme, tr("Shut out…"), kind="danger", size="small", name=f"shut_out:{device.id}"
                )
                out.setAccessibleName(tr("Shut out the desk of {name}", name=member.name))
                out.clicked.connect(lambda _checked=False, name=device.id: self.shut_out.emit(name))
                row.addWidget(out)
        return holder

    def _show_sent(self, team: TeamView) -> None:
        card = self._sent
        card.clear()
        for title in team.forms:
            card.line(title, Chip(self._theme, tr("form")))
        for title in team.blanks:
            card.line(title, Chip(self._theme, tr("agency blank")))
        if not team.forms and not team.blanks:
            card.line(tr("Nothing yet. Desks can only start intakes with forms they have."))
        if not team.manages:
            return
        for choice in (one for one in self._forms if not one.from_team):
            send = Button(
                self._theme, tr("Send “{title}”", title=choice.title), name=f"send_form:{choice.id}"
            )
            send.clicked.connect(lambda _checked=False, wanted=choice.id: self.form_sent.emit(wanted))
            card.line(send, "", stretch=1)
        own = Button(self._theme, tr("Send a form you wrote…"), icon="paper", name="send_form_file")
        own.clicked.connect(lambda _checked=False: self.form_file_sent.emit())
        card.line(own, "", stretch=1)
        blank = Button(self._theme, tr("Send an agency blank…"), icon="paper", name="send_blank")
        blank.clicked.connect(lambda _checked=False: self.blank_sent.emit())
        card.line(blank, "", stretch=1)

    def _show_wire(self, team: TeamView, wire: WireView) -> None:
        card = self._wire
        card.clear()
        if wire.server:
            card.line(
                tr("Server {address}", address=wire.server), Chip(self._theme, _reach(wire.server_reach))
            )
        elif team.manages:
            server = self._field("server_address", tr("Server's address, https://…"))
            token = self._field("server_token", tr("One-time token from its operator"))
            token.setEchoMode(QLineEdit.EchoMode.Password)
            go = Button(self._theme, tr("Connect…"), name="connect_server")
            go.clicked.connect(lambda _checked=False: self.connected.emit(server.text(), token.text()))
            card.line(go, "", stretch=1)
        else:
            card.line(tr("The coordinator has not named a server yet."))
        if wire.relay:
            card.line(tr("Relay {address}", address=wire.relay), Chip(self._theme, _reach(wire.relay_reach)))
        relay = self._field("relay_address", tr("Relay at this clinic, https://…"))
        relay.setText(wire.relay)
        use = Button(self._theme, tr("Use this relay…"), name="use_relay")
        use.clicked.connect(lambda _checked=False: self.relay_used.emit(relay.text()))
        card.line(use, "", stretch=1)
        waits = tr("{n} things wait for the server.", n=wire.counts.waiting)
        out = Button(self._theme, tr("Write to a stick…"), icon="hand_over", name="write_stick")
        out.clicked.connect(lambda _checked=False: self.stick_written.emit())
        take = Button(self._theme, tr("Take in from a stick…"), icon="folder", name="read_stick")
        take.clicked.connect(lambda _checked=False: self.stick_read.emit())
        card.line(out, take, "", stretch=2)
        card.column.addWidget(Text(self._theme, waits, Type.CAPTION, tone="second"))

    def _field(self, name: str, words: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        self._wire.column.addWidget(Label(self._theme, words, field))
        self._wire.column.addWidget(field)
        return field


def _reach(reach: Reach) -> str:
    return tr(REACHES[reach])
