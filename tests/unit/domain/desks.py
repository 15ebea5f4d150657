"""Desks that write, seal and exchange, for the laws of merging. No cipher, no disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ournydesk.domain.answers import Answer, AnswerEvent, Answers, AnswerSet, RowAdded, RowRemoved
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.merge import NOTHING, START, Merged, Told, effect, fold, next_stamp, observed, to_writes
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.record import Payload, Stamp, Write

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TRIPS = Path("/data/trips")
Place = tuple[DeviceId, int]


def device(number: int) -> DeviceId:
    return DeviceId(f"{number:032x}")


def row(number: int) -> RowId:
    return RowId(f"{number:032x}")


@dataclass
class Desk:
    """One laptop with one record on it; its clock may be wrong."""

    id: DeviceId
    wrong_by: timedelta = timedelta()
    now: datetime = NOON
    told: dict[Place, Told] = field(default_factory=dict)
    saw: dict[Place, frozenset[Place]] = field(default_factory=dict)
    """What each operation's author had seen when it was made."""
    answers: Answers = NOTHING
    pending: list[AnswerEvent] = field(default_factory=list)
    last: Stamp = START
    clock_looks_wrong: bool = False

    @property
    def merged(self) -> Merged:
        return fold(self.told.values())

    def do(self, *events: AnswerEvent) -> None:
        for event in events:
            self.answers = self.answers.apply(event)
            self.pending.append(event)

    def answer(self, path: str, text: str) -> None:
        self.do(AnswerSet(Path(path), Answer(text)))

    def add(self, number: int, before: RowId | None = None, repeat: Path = TRIPS) -> RowId:
        self.do(RowAdded(repeat, row(number), before))
        return row(number)

    def remove(self, taken: RowId, repeat: Path = TRIPS) -> None:
        self.do(RowRemoved(repeat, taken))

    def seal(self) -> Told | None:
        dseq = 1 + sum(place[0] == self.id for place in self.told)
        writes = to_writes(self.pending, self.merged, self.id, dseq)
        self.pending.clear()
        return self.say(*writes) if writes else None

    def say(self, *writes: Write) -> Told:
        dseq = 1 + sum(place[0] == self.id for place in self.told)
        self.now += timedelta(seconds=1)
        now = self.now + self.wrong_by
        self.last = next_stamp(self.last, now)
        stamp = max(self.last, next_stamp(self.merged.latest, now))
        told = Told(self.id, dseq, Payload(at=stamp, writes=writes))
        self.saw[self.id, dseq] = frozenset(self.told)
        self.told[self.id, dseq] = told
        return told

    def hear(self, other: Desk, places: Iterable[Place]) -> None:
        """Take operations as they arrive: what was typed here until then had not seen them."""
        self.seal()
        for place in places:
            told = other.told[place]
            self.last, wrong = observed(self.last, told.payload.at, self.now + self.wrong_by)
            self.clock_looks_wrong = self.clock_looks_wrong or wrong
            self.told[place] = told
            self.saw[place] = other.saw[place]
        self.answers = self.answers.apply_all(effect(self.answers, self.merged.answers))

    def hear_all(self, other: Desk) -> None:
        other.seal()
        self.hear(other, [place for place in other.told if place not in self.told])


def exchange(*desks: Desk) -> None:
    """Everybody hears everybody."""
    for _ in range(2):
        for one in desks:
            for other in desks:
                if one is not other:
                    one.hear_all(other)
