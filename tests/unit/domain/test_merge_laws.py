from __future__ import annotations

import random
from datetime import timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ournydesk.domain.answers import Answer, Answers, AnswerSet, RowAdded, RowRemoved
from ournydesk.domain.ids import Path
from ournydesk.domain.merge import NOTHING, Merged, Told, effect, fold, keep_row, restated
from ournydesk.domain.merge.state import rows_around
from ournydesk.domain.record import Answered, Dot, Payload, RowPut, RowTaken, Stamp, Write
from tests.unit.domain.desks import TRIPS, Desk, device, exchange, row

LEGS = [Path(f"{TRIPS}[{row(number)}]/legs") for number in (1, 2)]
REPEATS = [TRIPS, *LEGS]
PATHS = [
    Path("/data/name"),
    Path("/data/age"),
    *(Path(f"{repeat}[{row(number)}]/to") for repeat in REPEATS for number in (1, 2, 3)),
]

texts = st.sampled_from(["", "a", "b", "c"])
paths = st.sampled_from(PATHS)
repeats = st.sampled_from(REPEATS)
rows = st.integers(1, 3).map(row)
dots = st.builds(Dot, st.integers(1, 3).map(device), st.integers(1, 3), st.integers(0, 2))
overs = st.lists(dots, max_size=3).map(tuple)
writes: st.SearchStrategy[Write] = st.one_of(
    st.builds(Answered, path=paths, answer=texts.map(Answer), over=overs),
    st.builds(RowPut, path=repeats, row=rows, before=st.none() | rows, over=overs),
    st.builds(RowTaken, path=repeats, row=rows, over=overs),
)
told = st.builds(
    Told,
    st.integers(1, 3).map(device),
    st.integers(1, 3),
    st.builds(
        Payload,
        at=st.builds(Stamp, st.integers(0, 3), st.integers(0, 1)),
        writes=st.lists(writes, max_size=3).map(tuple),
    ),
)
events = st.lists(
    st.one_of(
        st.builds(AnswerSet, paths, texts.map(Answer)),
        st.builds(RowAdded, repeats, rows, st.none() | rows),
        st.builds(RowRemoved, repeats, rows),
    ),
    max_size=12,
)


@given(st.lists(told, max_size=8), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_come_to_the_same(said: list[Told], dice: random.Random) -> None:
    again = said + dice.choices(said, k=3) if said else []
    dice.shuffle(again)
    assert fold(again) == fold(said)


@given(st.lists(told, max_size=8))
def test_an_answer_nobody_named_is_live(said: list[Told]) -> None:
    merged = fold(said)
    everything = {(one.device, one.dseq): one for one in said}
    if len(everything) < len({(one.device, one.dseq, repr(one.payload)) for one in said}):
        return  # a forked chain: one of the two was chosen
    answered = {
        Dot(one.device, one.dseq, place): write
        for one in everything.values()
        for place, write in enumerate(one.payload.writes)
        if isinstance(write, Answered)
    }
    for dot, write in answered.items():
        named = any(dot in other.over for other in answered.values() if other.path == write.path)
        alive = {one for live in merged.live[write.path] for one in live.dots}
        assert named or dot in alive
    for path in {write.path for write in answered.values()}:
        assert merged.live[path], "the last of a circle stays"


@given(events, events)
def test_the_effect_brings_any_answers_to_any_other(first: list[object], second: list[object]) -> None:
    before, after = _after(first), _after(second)
    assert before.apply_all(effect(before, after)) == after
    assert effect(after, after) == ()


@given(st.lists(events, min_size=1, max_size=4))
def test_what_all_operations_come_to_is_what_the_desk_showed(pauses: list[list[object]]) -> None:
    desk = Desk(device(1))
    for pause in pauses:
        desk.do(*_sound(desk.answers, pause))
        desk.seal()
        assert desk.merged.answers == desk.answers
        assert not desk.merged.conflicts
        assert not desk.merged.removed_but_edited


@given(st.lists(events, min_size=2, max_size=4))
@settings(max_examples=50)
def test_what_is_restated_says_the_same_as_all_that_was_said(pauses: list[list[object]]) -> None:
    desks = [Desk(device(number)) for number in range(1, len(pauses) + 1)]
    for desk, pause in zip(desks, pauses, strict=True):
        desk.do(*_sound(desk.answers, pause))
    exchange(*desks)
    first = desks[0]
    before = first.merged
    again = first.say(*restated(before))
    lent = fold([again])
    assert lent.answers == first.merged.answers == before.answers
    assert lent.conflicts == first.merged.conflicts == before.conflicts


def test_five_answers_at_once_are_one_conflict_in_every_order() -> None:
    said = [
        Told(
            device(number),
            1,
            Payload(at=Stamp(5, 0), writes=(Answered(path=PATHS[0], answer=Answer(str(number))),)),
        )
        for number in range(5)
    ]
    assert all(fold(order) == fold(said) for order in permutations(said))
    assert len(fold(said).live[PATHS[0]]) == 5


def _after(happened: list[object]) -> Answers:
    return NOTHING.apply_all(_sound(NOTHING, happened))


def _sound(answers: Answers, happened: list[object]) -> list[AnswerSet | RowAdded | RowRemoved]:
    """Only events a screen could cause: nothing is written into a row that is not there."""
    done = []
    for event in happened:
        assert isinstance(event, AnswerSet | RowAdded | RowRemoved)
        if all(inner in answers.rows.get(path, ()) for path, inner in rows_around(event.path)):
            done.append(event)
            answers = answers.apply(event)
    return done


class Clinic(RuleBasedStateMachine):
    """Three desks write, remove, exchange in any order; one clock may be wrong by years."""

    def __init__(self) -> None:
        super().__init__()
        self.desks: list[Desk] = []

    @initialize(years=st.sampled_from([0, 0, -10, 50]))
    def begin(self, years: int) -> None:
        self.desks = [Desk(device(number)) for number in (1, 2, 3)]
        self.desks[2].wrong_by = timedelta(days=365 * years)
        self.desks[0].add(1)
        self.desks[0].add(1, repeat=LEGS[0])
        exchange(*self.desks)

    @rule(who=st.integers(0, 2), happened=events)
    def type(self, who: int, happened: list[object]) -> None:
        self.desks[who].do(*_sound(self.desks[who].answers, happened))

    @rule(who=st.integers(0, 2))
    def pause(self, who: int) -> None:
        desk = self.desks[who]
        desk.seal()
        assert desk.merged.answers == desk.answers

    @rule(who=st.integers(0, 2))
    def keep(self, who: int) -> None:
        desk = self.desks[who]
        desk.seal()
        for kept in desk.merged.removed_but_edited[:1]:
            desk.say(keep_row(desk.merged, kept.path, kept.row))
            assert kept not in desk.merged.removed_but_edited
            desk.answers = desk.answers.apply_all(effect(desk.answers, desk.merged.answers))

    @rule(who=st.integers(0, 2), whom=st.integers(0, 2), dice=st.randoms(use_true_random=False))
    def hear(self, who: int, whom: int, dice: random.Random) -> None:
        one, other = self.desks[who], self.desks[whom]
        if who == whom:
            return
        other.seal()
        carried = dice.choices([1, 2, 3], k=2)
        new = [place for place in other.told if place not in one.told and int(place[0]) in carried]
        dice.shuffle(new)
        one.hear(other, new)

    @invariant()
    def nothing_that_was_not_replaced_is_lost(self) -> None:
        for desk in self.desks:
            _check_live(desk)
            _check_rows(desk)

    def teardown(self) -> None:
        if self.desks:
            exchange(*self.desks)
            first = self.desks[0]
            for desk in self.desks:
                assert desk.merged == first.merged
                assert desk.answers == desk.merged.answers


def _check_live(desk: Desk) -> None:
    """Live is what no later author had seen; a conflict is where two of those differ."""
    merged: Merged = desk.merged
    by_path: dict[Path, list[tuple[Dot, Answer]]] = {}
    for (who, dseq), told in desk.told.items():
        for place, write in enumerate(told.payload.writes):
            if isinstance(write, Answered):
                by_path.setdefault(write.path, []).append((Dot(who, dseq, place), write.answer))
    for path, said in by_path.items():
        at = {(dot.device, dot.dseq) for dot, _ in said}
        expected = {
            dot: answer
            for dot, answer in said
            if not any((dot.device, dot.dseq) in desk.saw[other] for other in at)
        }
        live = {dot: one.answer for one in merged.live[path] for dot in one.dots}
        assert live == expected
        there = all(inner in merged.answers.rows.get(outer, ()) for outer, inner in rows_around(path))
        assert (path in merged.conflicts) is (there and len(set(expected.values())) > 1)
        if there:
            assert merged.answers.get(path) in expected.values()


def _check_rows(desk: Desk) -> None:
    """A row is gone only where whoever took it had seen all that is live in it."""
    merged = desk.merged
    for outer, writes in merged.rows.items():
        inside = {
            (dot.device, dot.dseq)
            for path, lives in merged.live.items()
            if outer in rows_around(path)
            for live in lives
            for dot in live.dots
        }
        seen = [inside <= desk.saw[one.dot.device, one.dot.dseq] for one in writes.takings]
        assert writes.there or not writes.puts or any(seen)


TestClinic = Clinic.TestCase
TestClinic.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
