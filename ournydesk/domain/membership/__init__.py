"""The team, as everyone can work it out from its signed log. Layer: domain, standard library only.

The log is a hash chain of statements that starts with the team's genesis. Every client replays it and
obeys only what follows from it; a server can hold it back but cannot add to it. ``entry`` is its bytes,
``bodies`` what they say, ``team`` the value it adds up to, ``replay`` the rules.
"""

from ournydesk.domain.membership.bodies import (
    device_body,
    epoch_body,
    genesis_body,
    revoke_body,
    user_body,
)
from ournydesk.domain.membership.entry import Entry, Statement, decode_entry, encode_statement
from ournydesk.domain.membership.replay import CheckKey, Verify, apply, found, place_of, replay
from ournydesk.domain.membership.team import (
    EVERYONE,
    READERS,
    WRITES,
    Device,
    Group,
    Member,
    Role,
    Scope,
    Team,
    UserId,
    behind,
    entitled,
)

__all__ = [
    "EVERYONE",
    "READERS",
    "WRITES",
    "CheckKey",
    "Device",
    "Entry",
    "Group",
    "Member",
    "Role",
    "Scope",
    "Statement",
    "Team",
    "UserId",
    "Verify",
    "apply",
    "behind",
    "decode_entry",
    "device_body",
    "encode_statement",
    "entitled",
    "epoch_body",
    "found",
    "genesis_body",
    "place_of",
    "replay",
    "revoke_body",
    "user_body",
]
