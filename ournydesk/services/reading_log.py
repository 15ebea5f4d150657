"""Who opened which case, and when. Layer: services.

Kept in the vault as it happens; once a day what a desk has opened is sealed to the staff as one operation,
so that no server learns who reads what, and when.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain.operations import Kind, RecordId
from ournydesk.domain.oplog import StoredOperation
from ournydesk.domain.record import Noted
from ournydesk.domain.team import STAFF
from ournydesk.ports import OpenVault
from ournydesk.services.authoring import Draft, mirror, write
from ournydesk.services.membership import identity_of, team_of

OPENED: Final = "reading.opened"
MOST: Final = 2_000
"""Lines of one day that are kept; more than any person reads."""


def opened(record: RecordId, *, vault: OpenVault, clock: Clock) -> None:
    """Note that a case was opened here now."""
    lines = [*waiting(vault), (clock.now(), record)][-MOST:]
    kept = [[at.isoformat(), name] for at, name in lines]
    vault.preferences.set(OPENED, json.dumps(kept))


def waiting(vault: OpenVault) -> tuple[tuple[datetime, RecordId], ...]:
    """What was opened and not sealed yet, the oldest first."""
    kept = json.loads(vault.preferences.get(OPENED, "[]"))
    return tuple((datetime.fromisoformat(at), RecordId(name)) for at, name in kept)


def seal_past_days(*, vault: OpenVault, clock: Clock) -> int:
    """Seal what was opened before today to the staff; how many lines. Today's wait for tomorrow."""
    lines = waiting(vault)
    past = [line for line in lines if line[0].astimezone().date() < clock.today()]
    if not past:
        return 0
    with vault.together():
        note("\n".join(f"opened {at.isoformat()} {name}" for at, name in past), vault=vault, clock=clock)
        rest = [[at.isoformat(), name] for at, name in lines[len(past) :]]
        vault.preferences.set(OPENED, json.dumps(rest))
    return len(past)


def note(text: str, *, vault: OpenVault, clock: Clock) -> StoredOperation:
    """Sign some lines about this desk and seal them to the staff."""
    identity = identity_of(vault)
    to = (STAFF,) if STAFF in team_of(vault).groups else (identity.device,)
    known = vault.keys.newest(RecordId(identity.device)) is not None
    draft = Draft(
        record=RecordId(identity.device),
        kind=Kind.AUDIT,
        writes=[Noted(text=text)],
        to=to,
        grant_to=() if known else to,
    )
    operation = write(draft, vault=vault, clock=clock)
    mirror([operation], vault)
    return operation
