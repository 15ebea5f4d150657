"""Founding a team, joining one, letting desks in: what happens, without Qt. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.recovery import KitStatus
from ournydesk.domain.team import EnrolmentCard, Identity, Rights, TeamView
from ournydesk.domain.wire import WireView
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import Message, message
from ui.tasks import Lane, Tasks

T = TypeVar("T")


class TeamPages(Protocol):
    """What the presenter shows."""

    def show_start(self) -> None:
        """No team yet: found one, or ask to join."""
        ...

    def show_asked(self, name: str, words: tuple[str, ...]) -> None:
        """This desk has asked; the words its owner reads aloud."""
        ...

    def show_team(self, team: TeamView, wire: WireView, kit: KitStatus | None) -> None:
        """The team this desk is in; ``kit`` only for people who manage it."""
        ...

    def show_request(self, card: EnrolmentCard, source: Path) -> None:
        """Somebody's request, before it is signed."""
        ...

    def show_busy(self, words: str) -> None:
        """Something takes a moment; empty when it is over."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_done(self, what: str, then: str = "") -> None:
        """Something was done, and what comes next."""
        ...


class TeamPresenter:
    """One team page. ``changed`` is called when this desk's place in the team is another."""

    def __init__(self, pages: TeamPages, desk: Desk, tasks: Tasks, changed: Callable[[], None]) -> None:
        self._pages = pages
        self._desk = desk
        self._tasks = tasks
        self._changed = changed

    def begin(self) -> None:
        """Look where this desk stands."""

        def go(identity: Identity | None) -> None:
            if identity is None:
                self._pages.show_start()
            elif identity.member:
                self._look()
            else:
                self.ask(identity.name, None)

        self._do(self._desk.team.identity, go)

    def found(self, team: str, person: str, clinic: str) -> None:
        """A new team."""
        if not (team.strip() and person.strip() and clinic.strip()):
            self._pages.show_trouble(Message(tr("Three names are needed."), tr("Fill in the empty one.")))
            return
        self._pages.show_busy(tr("Making the team's keys…"))

        def done(_team: TeamView) -> None:
            self._pages.show_done(tr("The team is made."), tr("You are its first coordinator."))
            self._changed()
            self._look()

        self._do(lambda: self._desk.team.found_team(team.strip(), person.strip(), clinic.strip()), done)

    def ask(self, person: str, target: Path | None) -> None:
        """Make this desk's request; without ``target`` only the words are shown again."""
        if not person.strip():
            self._pages.show_trouble(Message(tr("Your name is needed."), tr("The coordinator sees it.")))
            return

        def done(card: EnrolmentCard) -> None:
            self._pages.show_asked(card.name, card.words)
            if target is not None:
                self._pages.show_done(
                    tr("The request is in {name}.", name=target.name),
                    tr("Give it to the coordinator and read the six words aloud."),
                )

        self._do(lambda: self._desk.team.ask_to_join(person.strip(), target), done)

    def join(self, source: Path) -> None:
        """Take an invite."""

        def done(team: TeamView) -> None:
            self._pages.show_done(tr("This desk is in the team “{name}”.", name=team.name))
            self._changed()
            self._look()

        self._do(lambda: self._desk.team.join(source), done)

    def read(self, source: Path) -> None:
        """Open somebody's request."""
        self._do(
            lambda: self._desk.team.read_request(source), lambda card: self._pages.show_request(card, source)
        )

    def admit(self, source: Path, rights: Rights, typed: tuple[str, str], target: Path) -> None:
        """Sign a desk in and write its invite."""

        def done(_team: TeamView) -> None:
            self._pages.show_done(
                tr("The invite is in {name}.", name=target.name), tr("It works once, for three days.")
            )
            self._look()

        self._do(
            lambda: self._desk.team.admit(
                source,
                rights.role,
                manages=rights.manages,
                reads=rights.reads,
                typed=typed,
                target=target,
                visits=rights.visits,
                scope=rights.scope,
            ),
            done,
        )

    def revoke(self, device: DeviceId) -> None:
        """Shut a desk out."""
        words = tr("That desk is shut out. Every group it was in has new keys.")
        self._do(lambda: self._desk.team.revoke(device), lambda _team: self._after(words))

    def publish_form(self, form: str) -> None:
        """Send a form to every desk."""
        words = tr("The form goes to every desk with the next round.")
        self._do(lambda: self._desk.team.publish_form(form), lambda _team: self._after(words))

    def publish_form_file(self, source: Path) -> None:
        """Check a form that the coordinator wrote, and send it."""
        self._pages.show_busy(tr("Reading the form…"))

        def send(form: FormVersion) -> None:
            words = tr("“{title}” goes to every desk with the next round.", title=form.title)

            def sent(_team: TeamView) -> None:
                self._after(words)
                self._changed()

            self._do(lambda: self._desk.team.send_form(form), sent)

        self._do(lambda: self._desk.team.read_form(source), send, lane=Lane.PAPER)

    def publish_blank(self, source: Path) -> None:
        """Send an agency's blank to every desk."""
        words = tr("The blank goes to every desk with the next round.")
        self._do(lambda: self._desk.team.publish_blank(source), lambda _team: self._after(words))

    def connect(self, server: str, authority: Path | None, token: str) -> None:
        """Bring the team to a server."""
        self._pages.show_busy(tr("Asking the server…"))
        desk, on_vault = self._desk, self._tasks.on_vault
        self._do(
            lambda: desk.team.register_team(server.strip(), authority, token.strip(), on_vault),
            lambda _team: self._after(tr("The server keeps this team from now on.")),
            lane=Lane.WIRE,
        )

    def use_relay(self, address: str, authority: Path | None) -> None:
        """Remember the clinic's relay."""
        words = tr("The relay is tried with the next round.")
        self._do(
            lambda: self._desk.wire.use_relay(address.strip(), authority), lambda _wire: self._after(words)
        )

    def write_stick(self, target: Path) -> None:
        """Everything that waits into one file."""

        def done(count: int) -> None:
            self._after(
                tr(
                    "{n} sealed pieces are in {name}. Nobody on the way can open them.",
                    n=count,
                    name=target.name,
                )
            )

        self._do(lambda: self._desk.wire.write_courier(target), done)

    def read_stick(self, source: Path) -> None:
        """What a stick brings."""

        def done(count: int) -> None:
            self._after(tr("{n} sealed pieces were new here.", n=count))
            self._changed()

        self._do(lambda: self._desk.wire.read_courier(source), done)

    def _after(self, words: str) -> None:
        self._pages.show_done(words)
        self._look()

    def _look(self) -> None:
        def look() -> tuple[TeamView, WireView, KitStatus | None]:
            team = self._desk.team.team()
            return team, self._desk.wire.wire(), self._desk.recovery.status() if team.manages else None

        self._do(look, lambda found: self._pages.show_team(*found))

    def _do(self, work: Callable[[], T], done: Callable[[T], None], *, lane: Lane = Lane.VAULT) -> None:
        def settled(result: T) -> None:
            self._pages.show_busy("")
            done(result)

        def failed(error: Exception) -> None:
            self._pages.show_busy("")
            self._pages.show_trouble(message(error))

        self._tasks.run(lane, work, done=settled, failed=failed)
