"""What needs a person, and when whom was heard: for the status bar and the sync screen. Layer: services."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.fingerprint import TEAM_WORDS, fingerprint_words
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.membership import UserId
from ournydesk.domain.oplog import Standing
from ournydesk.domain.wire import Heard, Reach, Trouble, WireView
from ournydesk.errors import BadInput, Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing, reading_log
from ournydesk.services.membership import identity_of, team_of

KEPT: Final = "sync.troubles"
MOST: Final = 50
REACH: Final = "sync.reach."
RELAY: Final = "sync.relay"
NEARBY: Final = "nearby"
"""In the place of a relay's address: whichever is found on this network and proves to be ours."""
SERVER: Final = "server"
ALARMS: Final = frozenset(("wire.fork", "wire.cloned"))
"""What stops syncing: a person who says that it is over proves who they are; the rest is only told."""


def tell(code: str, about: str, *, vault: OpenVault, clock: Clock) -> None:
    """Remember a trouble until a person has dealt with it; the same one again is one."""
    known = told(vault)
    if any((one.code, one.about) == (code, about) for one in known):
        return
    kept = (*known, Trouble(code=code, about=about, at=clock.now()))[-MOST:]
    listed = [[one.code, one.about, one.at.isoformat()] for one in kept]
    vault.preferences.set(KEPT, json.dumps(listed))


def told(vault: OpenVault) -> tuple[Trouble, ...]:
    """The troubles nobody has dealt with, the oldest first."""
    listed = json.loads(vault.preferences.get(KEPT, "[]"))
    return tuple(Trouble(code=code, about=about, at=datetime.fromisoformat(at)) for code, about, at in listed)


def forked(vault: OpenVault) -> bool:
    """Whether two logs were shown, and nobody has dealt with it."""
    return any(one.code == "wire.fork" for one in told(vault))


def dealt_with(code: str, about: str, *, vault: OpenVault) -> None:
    """A person has seen to it."""
    kept = [one for one in told(vault) if (one.code, one.about) != (code, about)]
    vault.preferences.set(KEPT, json.dumps([[one.code, one.about, one.at.isoformat()] for one in kept]))


def settle_alarm(code: str, about: str, passphrase: str, by: str, *, vault: OpenVault, clock: Clock) -> None:
    """A person says that an alarm was dealt with, proves it with the vault's words, and signs it.

    ``by`` is who decided: at a desk whose person does not let people in, the coordinator who was called. What
    was said goes to the staff with the head of the log as it stands here; syncing is tried again, and the
    alarm comes back where it was not mended.

    Raises WrongPassphrase; BadInput without a name; Refused("refused.empty") for an alarm that is not there.
    """
    if not any((one.code, one.about) == (code, about) for one in told(vault)):
        raise Refused("refused.empty")
    name = " ".join(by.split())
    if not name:
        raise BadInput("Type the name of the coordinator who looked into it.")
    vault.prove(passphrase)
    head = vault.operations.cursor()
    with vault.together():
        text = f"settled {clock.now().isoformat()} {code} {about} by {name}; head {head.at} {head.hash}"
        reading_log.note(text, vault=vault, clock=clock)
        dealt_with(code, about, vault=vault)


def reached(where: str, reach: Reach, *, vault: OpenVault, clock: Clock) -> None:
    """Remember what a try with the server or a relay came to."""
    answered = reach in {Reach.REACHED, Reach.BUSY}
    at = clock.now().isoformat() if answered else _reach(where, vault)[1]
    vault.preferences.set(REACH + where, f"{reach.value} {at}".strip())


def view(vault: OpenVault, words: WordBook) -> WireView:
    """How this desk stands with the world. Raises Refused("refused.no_team")."""
    identity = identity_of(vault)
    reach, at = _reach(SERVER, vault)
    relay_reach, relay_at = _reach(RELAY, vault)
    quarantined = [
        Trouble(code="wire.quarantined", about=operation.why, at=operation.arrived_at)
        for operation in vault.operations.with_standing(Standing.QUARANTINED)
    ]
    cursor = vault.operations.cursor()
    head = fingerprint_words(bytes.fromhex(cursor.hash), TEAM_WORDS, words) if cursor.hash else ()
    return replace(
        WireView(server=identity.server),
        server_reach=reach,
        server_at=_moment(at),
        relay=vault.preferences.get(RELAY),
        relay_reach=relay_reach,
        relay_at=_moment(relay_at),
        counts=vault.operations.counts(),
        heard=_heard(vault),
        troubles=(*told(vault), *quarantined),
        head_words=head,
    )


def _heard(vault: OpenVault) -> tuple[Heard, ...]:
    team, names = team_of(vault), publishing.names(vault)
    latest: dict[UserId, datetime] = {}
    for device, at in vault.operations.heard().items():
        found = team.devices.get(device)
        if found is not None and device != identity_of(vault).device:
            latest[found.user] = max(at, latest.get(found.user, at))
    return tuple(
        Heard(name=names.get(user, ""), role=team.members[user].role.value, at=at)
        for user, at in sorted(latest.items(), key=lambda pair: pair[1], reverse=True)
        if user in team.members
    )


def _reach(where: str, vault: OpenVault) -> tuple[Reach, str]:
    reach, _, at = vault.preferences.get(REACH + where, Reach.NEVER.value).partition(" ")
    return Reach(reach), at


def _moment(at: str) -> datetime | None:
    return datetime.fromisoformat(at) if at else None
