"""Who this desk is, and its copy of the team's signed log. Layer: store."""

from __future__ import annotations

from collections.abc import Sequence

from ournydesk.domain.membership import UserId
from ournydesk.domain.operations import DeviceId, TeamId
from ournydesk.domain.team import Identity
from ournydesk.store.database import Database
from ournydesk.store.remembered import Remembered


class StoredMembership:
    """``ports.Membership`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._identity = Remembered(database, self._read_identity)
        self._entries = Remembered(database, self._read_entries)

    def identity(self) -> Identity | None:
        """Who this desk is; None before it founded or asked to join a team."""
        return self._identity.get()

    def _read_identity(self) -> Identity | None:
        found = self._database.read(
            "SELECT team, user, device, name, fingerprint, server, authority FROM identity"
        )
        if not found:
            return None
        team, user, device, name, fingerprint, server, authority = found[0]
        return Identity(
            team=TeamId(team),
            user=UserId(user),
            device=DeviceId(device),
            name=name,
            fingerprint=fingerprint,
            server=server,
            authority=authority,
        )

    def adopt(self, identity: Identity) -> None:
        """Be this from now on."""
        with self._database.writing():
            self._identity.forget()
            self._database.write(
                "INSERT OR REPLACE INTO identity "
                "(one, team, user, device, name, fingerprint, server, authority) "
                "VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                identity.team, identity.user, identity.device, identity.name, identity.fingerprint,
                identity.server, identity.authority,
            )  # fmt: skip  # values in the order of the names

    def entries(self) -> tuple[bytes, ...]:
        """The verified log from its first entry."""
        return self._entries.get()

    def _read_entries(self) -> tuple[bytes, ...]:
        return tuple(entry for (entry,) in self._database.read("SELECT entry FROM members ORDER BY mseq"))

    def extend(self, entries: Sequence[bytes]) -> None:
        """Add entries the caller verified, in order, behind those that are there."""
        with self._database.writing():
            self._entries.forget()
            ((there,),) = self._database.read("SELECT count(*) FROM members")
            self._database.write_many(
                "INSERT INTO members (mseq, entry) VALUES (?, ?)", enumerate(entries, int(there))
            )

    def confirmed(self) -> int:
        """How many entries the server is known to hold."""
        ((confirmed,),) = self._database.read("SELECT confirmed FROM followed")
        return int(confirmed)

    def confirm(self, entries: int) -> None:
        """The server holds the first ``entries`` of them."""
        with self._database.writing():
            self._database.write("UPDATE followed SET confirmed = ?", entries)
