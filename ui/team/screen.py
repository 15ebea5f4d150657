"""The team's page: which of its faces is shown, and choosing files. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ournydesk.domain.operations import DeviceId
from ournydesk.domain.recovery import KitStatus
from ournydesk.domain.team import Clinic, EnrolmentCard, Rights, TeamView
from ournydesk.domain.wire import WireView
from ui.desk import Desk, FormChoice
from ui.i18n import tr
from ui.tasks import Attached, Tasks
from ui.team.letting_in import LettingInPage
from ui.team.people import TeamPage
from ui.team.presenter import TeamPresenter
from ui.team.start import AskedPage, StartPage
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.files import file_to_open, file_to_write
from ui.widgets.page import Page
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text


class TeamScreen(Page):
    """One page with four faces: no team, asked, the team, letting somebody in."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        *,
        changed: Callable[[], None] = lambda: None,
        seats: Callable[[], None] = lambda: None,
        shut_out: Callable[[DeviceId], None] = lambda _device: None,
        recovery: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(theme, notice="team_notice")
        self.presenter = TeamPresenter(self, desk, Attached(tasks, self), changed)
        self._source = Path()
        self._clinics: tuple[Clinic, ...] = ()
        self._start, self._asked = StartPage(theme), AskedPage(theme)
        self._team, self._letting = TeamPage(theme), LettingInPage(theme)
        self._steps = QStackedWidget()
        pages: tuple[QWidget, ...] = (self._start, self._asked, self._team, self._letting)
        self._areas: dict[QWidget, QScrollArea] = {page: scrolled(page) for page in pages}
        for area in self._areas.values():
            self._steps.addWidget(area)
        self._title = Text(theme, tr("Team"), Type.TITLE, wrap=False)
        self._hint = Text(theme, "", Type.BODY, tone="second")
        self.header.row.addWidget(self._title)
        self.header.row.addWidget(self._hint, 1)
        self.put(self._steps)
        self._connect(seats, shut_out)
        self._team.kit.wanted.connect(recovery)

    # -- the view of the presenter ------------------------------------------------------------------

    def show_start(self) -> None:
        """No team yet."""
        self._say(tr("Team"), tr("This seat is in no team yet. Everything stays on this laptop."))
        self._face(self._start)
        self._start.enter()

    def show_asked(self, name: str, words: tuple[str, ...]) -> None:
        """The six words."""
        self._say(tr("Team"), tr("{name} has asked to join.", name=name))
        self._asked.show_words(words)
        self._face(self._asked)

    def show_team(self, team: TeamView, wire: WireView, kit: KitStatus | None) -> None:
        """The team."""
        self._say(team.name or tr("Team"), " ".join(team.words))
        self._hint.setAccessibleName(tr("The team's eight words: {words}", words=" ".join(team.words)))
        self._team.show_team(team, wire, kit)
        self._face(self._team)
        self._team.enter()

    def show_request(self, card: EnrolmentCard, source: Path) -> None:
        """Somebody asks to be let in."""
        self._source = source
        self._letting.show_card(card, self._clinics)
        self._face(self._letting)

    def show_forms(self, forms: tuple[FormChoice, ...]) -> None:
        """The forms a coordinator can send."""
        self._team.show_forms(forms)

    # -- acts ---------------------------------------------------------------------------------------

    def read_from(self, source: Path) -> None:
        """Open a request by its path."""
        self.presenter.read(source)

    def _ask(self, name: str) -> None:
        target = file_to_write(self, tr("Write the request"), f"request-{_plain(name)}.ourny")
        if target is not None:
            self.presenter.ask(name, target)

    def _join(self) -> None:
        source = file_to_open(self, tr("The invite"))
        if source is not None:
            self.presenter.join(source)

    def _read(self) -> None:
        source = file_to_open(self, tr("The request"))
        if source is not None:
            self.presenter.read(source)

    def _admit(self, rights: Rights, third: str, fifth: str) -> None:
        target = file_to_write(
            self, tr("Write the invite"), self._source.stem.replace("request", "invite") + ".ourny"
        )
        if target is not None:
            self.presenter.admit(self._source, rights, (third, fifth), target)

    def _send_form(self) -> None:
        source = file_to_open(self, tr("The form: .xlsx, .xls, .csv, .md or .xml"))
        if source is not None:
            self.presenter.publish_form_file(source)

    def _send_blank(self) -> None:
        source = file_to_open(self, tr("The agency's blank form"))
        if source is not None:
            self.presenter.publish_blank(source)

    def _connect_server(self, server: str, token: str) -> None:
        self.presenter.connect(server, self._authority(), token)

    def _use_relay(self, address: str) -> None:
        self.presenter.use_relay(address, self._authority() if address.strip() else None)

    def _write_stick(self) -> None:
        target = file_to_write(self, tr("Write to a stick"), "clinic.courier")
        if target is not None:
            self.presenter.write_stick(target)

    def _read_stick(self) -> None:
        source = file_to_open(self, tr("The file on the stick"))
        if source is not None:
            self.presenter.read_stick(source)

    def _authority(self) -> Path | None:
        """A certificate of one's own, where the server shows none that everybody knows."""
        return file_to_open(self, tr("The server's certificate file; cancel if it has a public one"))

    # -- lay-out ------------------------------------------------------------------------------------

    def _connect(self, seats: Callable[[], None], shut_out: Callable[[DeviceId], None]) -> None:
        self._start.asked.connect(self._ask)
        self._start.founded.connect(self.presenter.found)
        self._asked.joined.connect(self._join)
        self._asked.written.connect(lambda: self._ask(tr("again")))
        self._team.letting_in.connect(self._read)
        self._team.form_sent.connect(self.presenter.publish_form)
        self._team.form_file_sent.connect(self._send_form)
        self._team.blank_sent.connect(self._send_blank)
        self._team.connected.connect(self._connect_server)
        self._team.relay_used.connect(self._use_relay)
        self._team.shut_out.connect(lambda device: shut_out(DeviceId(device)))
        self._team.seats_wanted.connect(seats)
        self._team.stick_written.connect(self._write_stick)
        self._team.stick_read.connect(self._read_stick)
        self._letting.admitted.connect(self._admit)
        self._letting.left.connect(self.presenter.begin)

    def _say(self, title: str, hint: str) -> None:
        self._title.setText(title)
        self._hint.setText(hint)

    def _face(self, page: QWidget) -> None:
        self._steps.setCurrentWidget(self._areas[page])


def _plain(name: str) -> str:
    """A person's name as part of a file's name; letters only."""
    kept = "".join(letter for letter in name.casefold() if letter.isalnum() or letter == " ")
    return "-".join(kept.split()) or "desk"
