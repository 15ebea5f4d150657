"""How a desk stands with the world, as its sync screen says it. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ournydesk.domain.oplog import WireCounts


class Reach(StrEnum):
    """What the last try came to. Reached means: our own server answered a request only we could make."""

    NEVER = "never"
    REACHED = "reached"
    BUSY = "busy"
    """Our own server answered and asked to be left alone for a while."""
    AWAY = "away"
    WRONG_SERVER = "wrong_server"
    """Something answered that is not our server, a hotel's sign-in page for one."""
    SHUT_OUT = "shut_out"
    """The server does not know this desk any more."""
    ALARM = "alarm"
    """The server showed two people two different logs, or lost what it had. Syncing has stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """When the last signed thing of a person arrived."""

    name: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that needs a person. ``code`` has its sentence in the screens' messages."""

    code: str
    about: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WireView:
    """What the status bar and the sync screen show."""

    server: str
    """The server's address, empty when this desk has none."""
    server_reach: Reach = Reach.NEVER
    server_at: datetime | None = None
    """When it was last reached."""
    relay: str = ""
    relay_reach: Reach = Reach.NEVER
    relay_at: datetime | None = None
    asked_s: int = 0
    """Seconds for which a server or relay just asked to be left alone; never remembered."""
    counts: WireCounts = field(default_factory=WireCounts)
    heard: tuple[Heard, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    head_words: tuple[str, ...] = ()
    """Eight words of the log's head, to compare with another desk by voice."""
