"""The team of the open vault, put together. Layer: bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from ournydesk.bootstrap.files import read_chosen, write_chosen
from ournydesk.bootstrap.library import form_version, written_form
from ournydesk.clock import Clock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.membership import Role, Scope
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.team import EnrolmentCard, Identity, TeamView
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import enrolment, founding, membership, publishing
from ournydesk.services.syncing import TeamReplica
from sync.client import engine
from sync.client.transport import connected
from ui.desk import OnVault

MOST_PEM: Final = 256 * 1024
MOST_BLANK: Final = 32 * 1024 * 1024
CLINIC_LASTS: Final = timedelta(hours=12)


class LaptopTeam:
    """``ui.desk.TeamDesk`` on the vault that is open now."""

    def __init__(self, vault: Callable[[], OpenVault], words: WordBook, clock: Clock) -> None:
        self._vault = vault
        self._words = words
        self._clock = clock

    def identity(self) -> Identity | None:
        """Who this desk is."""
        return self._vault().membership.identity()

    def team(self) -> TeamView:
        """The team."""
        return founding.view(self._vault(), self._words)

    def found_team(self, name: str, person: str, clinic: str) -> TeamView:
        """A new team with its first clinic, which closes in twelve hours."""
        vault = self._vault()
        with vault.together():
            founding.found_team(name, person, reads=True, vault=vault, clock=self._clock)
            founding.open_clinic(clinic, self._clock.now() + CLINIC_LASTS, vault=vault, clock=self._clock)
        return self.team()

    def register_team(self, server: str, authority: Path | None, token: str, on_vault: OnVault) -> TeamView:
        """Bring the team to a server."""
        pem = read_chosen(authority, MOST_PEM) if authority is not None else b""
        vault = on_vault(self._vault)
        with connected(server, pem) as transport:
            entries = on_vault(vault.membership.entries)
            engine.create_team(entries, transport, token)

        def adopt() -> TeamView:
            with vault.together():
                identity = membership.identity_of(vault)
                vault.membership.adopt(replace(identity, server=server, authority=pem))
                publishing.publish_server(server, pem, vault=vault, clock=self._clock)
            return self.team()

        return on_vault(adopt)

    def ask_to_join(self, person: str, target: Path | None) -> EnrolmentCard:
        """Write this desk's request."""
        vault = self._vault()
        request = enrolment.ask(person, vault=vault)
        if target is not None:
            write_chosen(target, request)
        return enrolment.own_card(vault, self._words)

    def read_request(self, source: Path) -> EnrolmentCard:
        """A request as a manager opens it."""
        return enrolment.read_request(read_chosen(source, enrolment.MOST_REQUEST)).card(self._words)

    def admit(
        self,
        source: Path,
        role: Role,
        *,
        manages: bool,
        reads: bool,
        typed: tuple[str, str],
        target: Path,
        visits: str = "",
        scope: Scope | None = None,
    ) -> TeamView:
        """Sign the desk into the team and write its invite."""
        request = enrolment.read_request(read_chosen(source, enrolment.MOST_REQUEST))
        invite = enrolment.admit(
            request,
            role,
            manages=manages,
            reads=reads,
            typed=typed,
            visits=visits,
            scope=scope,
            words=self._words,
            vault=self._vault(),
            clock=self._clock,
        )
        write_chosen(target, invite)
        return self.team()

    def invite_again(self, source: Path, target: Path) -> TeamView:
        """Write the invite of a desk that was let in already: its file was lost, or is too old."""
        request = enrolment.read_request(read_chosen(source, enrolment.MOST_REQUEST))
        write_chosen(target, enrolment.invite(request.device, vault=self._vault(), clock=self._clock))
        return self.team()

    def join(self, source: Path) -> TeamView:
        """Take an invite."""
        untrusted = read_chosen(source, enrolment.MOST_INVITE)
        enrolment.join(untrusted, vault=self._vault(), clock=self._clock)
        return self.team()

    def revoke(self, device: DeviceId) -> TeamView:
        """Shut a desk out."""
        membership.revoke(device, vault=self._vault())
        return self.team()

    def publish_form(self, form: str) -> TeamView:
        """Send a form of the library to every desk."""
        version = form_version(form)
        if version is None:
            raise Refused("refused.unknown_form", form=form)
        return self.send_form(version)

    def read_form(self, source: Path) -> FormVersion:
        """A form that somebody wrote."""
        return written_form(source)

    def send_form(self, form: FormVersion) -> TeamView:
        """Send it to every desk."""
        publishing.publish_form(form, vault=self._vault(), clock=self._clock)
        return self.team()

    def publish_blank(self, source: Path) -> TeamView:
        """Check an agency's blank and send it to every desk."""
        from forms.paper import blank  # noqa: PLC0415 - PDF libraries are loaded when a PDF is read

        publishing.publish_blank(
            read_chosen(source, MOST_BLANK), inspect=blank.card, vault=self._vault(), clock=self._clock
        )
        return self.team()

    def replica(self) -> TeamReplica:
        """This desk's copy of its team, for the sync engine."""
        return TeamReplica(vault=self._vault(), clock=self._clock)
