"""Parts of documents, there and back, with an end that keeps some and refuses others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from ournydesk.domain.attachments import BlobId
from ournydesk.errors import Unreachable
from sync.client.parts import PartsCarrier
from sync.client.transport import Answer
from sync.protocol import paths
from sync.protocol.messages import PartsHeld

BLOB = BlobId("a" * 32)
WHOLE = {0: b"first", 1: b"second", 2: b"third"}


class Refused(Exception):
    """An answer with a code."""


@dataclass
class Desk:
    """Holds some parts of one document."""

    here: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def parts_to_send(self) -> tuple[tuple[BlobId, tuple[int, ...]], ...]:
        waiting = tuple(sorted(set(self.here) - self.seen))
        return ((BLOB, waiting),) if waiting else ()

    def parts_to_fetch(self) -> tuple[tuple[BlobId, tuple[int, ...]], ...]:
        missing = tuple(sorted(set(WHOLE) - set(self.here)))
        return ((BLOB, missing),) if missing else ()

    def part(self, blob: BlobId, part: int) -> bytes:
        return self.here.get(part, b"")

    def parts_sent(self, blob: BlobId, parts: Sequence[int]) -> None:
        self.seen |= set(parts)

    def take_part(self, blob: BlobId, part: int, content: bytes) -> None:
        self.here[part] = content


@dataclass
class End:
    """The other end; answers ``status`` to every part, and breaks after some."""

    kept: dict[int, bytes] = field(default_factory=dict)
    status: int = 201
    left: int = 99
    asked: list[tuple[str, int]] = field(default_factory=list)
    host: str = "sync.example.org"

    def held(self, address: str) -> PartsHeld:
        assert address == f"{paths.BLOBS}/{BLOB}"
        return PartsHeld(have=tuple(sorted(self.kept)))

    def send(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        if not self.left:
            raise Unreachable(why="cut")
        self.left -= 1
        number = int(path.rpartition("/")[2])
        self.asked.append((method, number))
        if self.status == 201 and method == "PUT":
            self.kept[number] = body
        return Answer(status=self.status, body=self.kept.get(number, b"") if method == "GET" else b"")


def carrier(desk: Desk, end: End) -> PartsCarrier:
    refuse: Callable[[Answer], Exception] = lambda answer: Refused(answer.status)  # noqa: E731 - one word
    return PartsCarrier(desk, end, "token", end.held, refuse)  # type: ignore[arg-type]  # the part of a replica that is asked


def test_only_what_is_not_there_is_sent_and_only_a_server_counts() -> None:
    desk, end = Desk(here=dict(WHOLE)), End(kept={1: b"second"})
    carrier(desk, end).send(numbered=False)
    assert (end.kept, desk.seen) == (WHOLE, set())
    assert end.asked == [("PUT", 0), ("PUT", 2)]
    carrier(desk, end).send(numbered=True)
    assert (desk.seen, len(end.asked)) == ({0, 1, 2}, 2)
    carrier(desk, end).send(numbered=True)
    assert len(end.asked) == 2


def test_a_wire_that_breaks_after_every_part_still_brings_all() -> None:
    desk, end = Desk(here=dict(WHOLE)), End()
    for _ in WHOLE:
        end.left = 1
        with suppress(Unreachable):
            carrier(desk, end).send(numbered=True)
    other = Desk()
    for _ in WHOLE:
        end.left = 1
        with suppress(Unreachable):
            carrier(other, end).fetch(numbered=True)
    assert (desk.seen, other.here, other.seen) == (set(WHOLE), WHOLE, set(WHOLE))
    assert [number for method, number in end.asked if method == "GET"] == [0, 1, 2]


def test_what_is_not_there_yet_is_not_asked_for() -> None:
    desk, end = Desk(), End(kept={1: b"second"})
    assert carrier(desk, end).fetch(numbered=False) == 1
    assert (desk.here, desk.seen) == ({1: b"second"}, set())
    assert carrier(Desk(here=dict(WHOLE)), end).fetch(numbered=True) == 0


def test_a_part_that_was_purged_meanwhile_is_not_sent() -> None:
    desk, end = Desk(here={0: b"", 1: b"second"}), End()
    carrier(desk, end).send(numbered=True)
    assert end.asked == [("PUT", 1)]


@pytest.mark.parametrize("status", [409, 429, 503])
def test_an_end_that_refuses_a_part_ends_the_carrying(status: int) -> None:
    with pytest.raises(Refused):
        carrier(Desk(here=dict(WHOLE)), End(status=status)).send(numbered=True)
    with pytest.raises(Refused):
        carrier(Desk(), End(kept=dict(WHOLE), status=status)).fetch(numbered=True)
