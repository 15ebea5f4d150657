"""Recovery kits that take no time, and a stick they are written to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain.recovery import KitMade
from ournydesk.ports import OpenVault
from ournydesk.services import recovery
from tests.fakes.age_words import cheap_kit
from tests.fakes.teams import BOOK

WORDS: Final = "invented marble otter sings under twelve quiet paper moons beside a lake"
SHOWN: Final = tuple(WORDS.split())
TYPED: Final = {2: "otter", 6: "Quiet ", 10: "a"}


@dataclass
class Stick:
    """Keeps what is written to it, unless it is a bad one."""

    written: list[bytes] = field(default_factory=list)
    broken: bool = False

    def keep(self, content: bytes) -> bytes:
        self.written.append(content)
        return content[:-1] if self.broken else content

    @property
    def kit(self) -> bytes:
        return self.written[-1]


def make(vault: OpenVault, stick: Stick, clock: Clock, typed: Mapping[int, str] = TYPED) -> KitMade:
    """A kit on a stick; its twelve words are :data:`WORDS`."""
    return recovery.make(SHOWN, typed, keep=stick.keep, vault=vault, words=BOOK, clock=clock, seal=cheap_kit)
