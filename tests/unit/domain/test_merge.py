from __future__ import annotations

import time
from datetime import timedelta

import pytest

from ournydesk.domain.answers import BLANK, Answer
from ournydesk.domain.ids import Path
from ournydesk.domain.merge import KeptRow, Told, fold, keep_row, over_for, over_row, restated, to_writes
from ournydesk.domain.record import (
    Answered,
    Choice,
    Counted,
    Decided,
    Dot,
    HandedOver,
    Noted,
    Payload,
    RowPut,
    RowTaken,
    Stamp,
)
from tests.unit.domain.desks import TRIPS, Desk, device, exchange, row

NAME = Path("/data/name")
TO = f"{TRIPS}[{row(1)}]/to"


def two() -> tuple[Desk, Desk]:
    return Desk(device(1)), Desk(device(2))


def test_answers_to_different_questions_meet() -> None:
    one, other = two()
    one.answer("/data/name", "Ana Ejemplo")
    other.answer("/data/age", "34")
    exchange(one, other)
    assert one.answers == other.answers
    assert one.answers.values == {NAME: Answer("Ana Ejemplo"), Path("/data/age"): Answer("34")}
    assert one.merged.conflicts == ()


def test_two_who_had_not_seen_each_other_leave_a_conflict_and_the_next_answer_settles_it() -> None:
    one, other = two()
    one.answer("/data/name", "Ana")
    other.answer("/data/name", "Anna")
    exchange(one, other)
    assert one.merged.conflicts == (NAME,)
    assert one.merged == other.merged
    assert {live.answer.text for live in one.merged.live[NAME]} == {"Ana", "Anna"}
    one.answer("/data/name", "Ana María")
    exchange(one, other)
    assert not other.merged.conflicts
    assert other.answers.get(NAME) == Answer("Ana María")


def test_the_later_answer_is_shown_first_and_of_equal_stamps_the_greater_device() -> None:
    said = [
        Told(device(number), 1, Payload(at=Stamp(ms, 0), writes=(Answered(path=NAME, answer=Answer(text)),)))
        for number, ms, text in ((1, 9, "late"), (2, 5, "early"), (3, 9, "late too"))
    ]
    merged = fold(said)
    assert [live.answer.text for live in merged.live[NAME]] == ["late too", "late", "early"]
    assert merged.answers.get(NAME) == Answer("late too")


def test_the_same_answer_twice_is_no_conflict_and_the_next_names_both() -> None:
    one, other = two()
    one.answer("/data/name", "Ana")
    other.answer("/data/name", "Ana")
    exchange(one, other)
    assert one.merged.conflicts == ()
    assert set(over_for(one.merged, NAME)) == {Dot(device(1), 1, 0), Dot(device(2), 1, 0)}
    assert over_for(one.merged, Path("/data/other")) == ()


def test_conflicts_settled_twice_at_once_are_a_new_conflict_or_the_same_answer() -> None:
    one, other = two()
    one.answer("/data/name", "Ana")
    other.answer("/data/name", "Anna")
    exchange(one, other)
    one.answer("/data/name", "Ana")
    other.answer("/data/name", "Anna")
    exchange(one, other)
    assert one.merged.conflicts == (NAME,)


def test_an_answer_taken_back_is_gone_and_still_contradicts() -> None:
    one, other = two()
    one.answer("/data/name", "Ana")
    exchange(one, other)
    one.answer("/data/name", "")
    exchange(one, other)
    assert NAME not in other.answers.values
    assert other.merged.live[NAME][0].answer == BLANK
    one.answer("/data/name", "Ana Ejemplo")
    exchange(one, other)
    assert other.answers.get(NAME) == Answer("Ana Ejemplo")


def test_a_row_goes_with_all_that_was_seen_in_it() -> None:
    one, other = two()
    taken = one.add(1)
    one.answer(TO, "Lima")
    exchange(one, other)
    other.remove(taken)
    exchange(one, other)
    assert one.answers.rows == {}
    assert one.answers.values == {}
    assert one.merged.removed_but_edited == ()


def test_a_row_removed_while_somebody_wrote_in_it_stays_and_is_reported() -> None:
    one, other = two()
    taken = one.add(1)
    one.answer(TO, "Lima")
    exchange(one, other)
    other.remove(taken)
    one.answer(TO, "Cusco")
    exchange(one, other)
    for desk in (one, other):
        assert desk.answers.rows == {TRIPS: (taken,)}
        assert desk.answers.get(Path(TO)) == Answer("Cusco")
    kept = KeptRow(TRIPS, taken, (Dot(device(2), 1, 0),), (Dot(device(1), 2, 0),))
    assert one.merged.removed_but_edited == (kept,)


def test_a_reported_row_is_settled_by_keeping_it_or_by_removing_it_again() -> None:
    for keep in (True, False):
        one, other = two()
        taken = one.add(1)
        one.add(2)
        exchange(one, other)
        other.remove(taken)
        one.answer(TO, "Cusco")
        exchange(one, other)
        if keep:
            one.say(keep_row(one.merged, TRIPS, taken))
        else:
            one.remove(taken)
        exchange(one, other)
        assert other.merged.removed_but_edited == ()
        assert other.answers.rows[TRIPS] == ((taken, row(2)) if keep else (row(2),))


def test_a_row_within_a_row_keeps_it_too() -> None:
    one, other = two()
    taken = one.add(1)
    exchange(one, other)
    other.remove(taken)
    legs = Path(f"{TRIPS}[{taken}]/legs")
    one.add(7, repeat=legs)
    exchange(one, other)
    assert other.answers.rows == {TRIPS: (taken,), legs: (row(7),)}


def test_a_row_that_comes_back_is_empty() -> None:
    one, other = two()
    taken = one.add(1)
    one.answer(TO, "Lima")
    legs = Path(f"{TRIPS}[{taken}]/legs")
    one.add(7, repeat=legs)
    one.answer(f"{legs}[{row(7)}]/by", "bus")
    for sealed_between in (True, False):
        exchange(one, other)
        one.remove(taken)
        if sealed_between:
            exchange(one, other)
        one.add(1)
        exchange(one, other)
        assert one.answers.rows == other.answers.rows == {TRIPS: (taken,)}
        assert one.answers.values == other.answers.values == {}


def test_rows_stand_where_the_desk_put_them() -> None:
    one, other = two()
    first = one.add(1)
    one.add(2)
    one.add(3, before=first)
    one.remove(first)
    one.add(1)
    one.seal()
    one.add(4, before=row(2))
    exchange(one, other)
    assert other.answers.rows[TRIPS] == one.answers.rows[TRIPS] == (row(3), row(4), row(2), row(1))


def test_a_row_that_came_and_went_leaves_nothing() -> None:
    desk = Desk(device(1))
    taken = desk.add(1)
    desk.answer(TO, "Lima")
    desk.remove(taken)
    assert desk.seal() is None


def test_of_several_answers_at_a_pause_the_last_is_written() -> None:
    desk = Desk(device(1))
    for text in ("A", "An", "Ana"):
        desk.answer("/data/name", text)
    told = desk.seal()
    assert told is not None
    assert told.payload.writes == (Answered(path=NAME, answer=Answer("Ana")),)
    desk.answer("/data/name", "Anna")
    desk.answer("/data/name", "Ana")
    assert desk.seal() is None


def test_what_was_typed_into_a_removed_row_does_not_bring_it_back() -> None:
    desk = Desk(device(1))
    taken = desk.add(1)
    desk.seal()
    desk.remove(taken)
    desk.answer(TO, "Lima")
    desk.add(1, before=row(9))
    desk.add(1)
    desk.remove(taken)
    desk.seal()
    assert desk.merged.answers.rows == {}


def test_writes_are_not_made_twice_for_one_place() -> None:
    desk = Desk(device(1))
    desk.answer("/data/name", "Ana")
    desk.seal()
    with pytest.raises(ValueError, match="told already"):
        to_writes([], desk.merged, desk.id, 1)


def test_a_clock_wrong_by_years_loses_nothing_and_its_answers_can_be_replaced() -> None:
    one, ahead = Desk(device(1)), Desk(device(2), wrong_by=timedelta(days=365 * 50))
    ahead.answer("/data/name", "from the future")
    exchange(one, ahead)
    assert one.clock_looks_wrong
    assert one.last.ms < ahead.last.ms
    one.answer("/data/name", "corrected")
    exchange(one, ahead)
    assert ahead.answers.get(NAME) == Answer("corrected")
    assert ahead.merged.conflicts == ()


def test_naming_what_nobody_can_have_seen_makes_nothing_vanish() -> None:
    mine = (Dot(device(1), 1, 1), Dot(device(1), 2, 0))
    here = Answered(path=NAME, answer=Answer("kept"), over=(Dot(device(1), 1, 0), *mine))
    later = Answered(path=NAME, answer=Answer("kept too"))
    said = [
        Told(device(1), 1, Payload(at=Stamp(1, 0), writes=(here, later))),
        Told(device(1), 2, Payload(at=Stamp(2, 0), writes=(later,))),
    ]
    assert {live.answer.text for live in fold(said).live[NAME]} == {"kept", "kept too"}


def test_a_put_takes_back_no_removal_that_comes_after_it() -> None:
    put = RowPut(path=TRIPS, row=row(1), over=(Dot(device(1), 2, 0),))
    taken = RowTaken(path=TRIPS, row=row(1), over=(Dot(device(1), 1, 0),))
    said = [
        Told(device(1), 1, Payload(at=Stamp(1, 0), writes=(put,))),
        Told(device(1), 2, Payload(at=Stamp(2, 0), writes=(taken,))),
    ]
    assert fold(said).answers.rows == {}


def test_a_conflict_between_an_answer_and_its_removal_is_restated_whole() -> None:
    one, other = two()
    one.answer("/data/name", "Ana")
    exchange(one, other)
    one.answer("/data/name", "")
    other.answer("/data/name", "Anna")
    exchange(one, other)
    assert fold([one.say(*restated(one.merged))]).conflicts == (NAME,)


def test_writes_that_name_each_other_round_in_a_circle_leave_the_latest() -> None:
    dots = [Dot(device(number), 1, 0) for number in (1, 2, 3)]
    said = [
        Told(
            dot.device,
            1,
            Payload(
                at=Stamp(index, 0),
                writes=(Answered(path=NAME, answer=Answer(str(index)), over=(dots[index - 1],)),),
            ),
        )
        for index, dot in enumerate(dots)
    ]
    assert [live.answer.text for live in fold(said).live[NAME]] == ["2"]


def test_a_write_may_name_a_later_stamp_it_had_seen() -> None:
    first, left, right, ahead, last = (Dot(device(number), 1, 0) for number in range(5))
    over = {first: (), left: (first,), right: (first,), ahead: (left, right), last: (ahead,)}
    stamps = {first: 0, left: 1, right: 2, ahead: 99, last: 3}
    said = [
        Told(
            dot.device,
            1,
            Payload(
                at=Stamp(stamps[dot], 0),
                writes=(Answered(path=NAME, answer=Answer(str(stamps[dot])), over=named),),
            ),
        )
        for dot, named in over.items()
    ]
    assert [live.answer.text for live in fold(said).live[NAME]] == ["3"]


def test_a_longer_circle_is_found_where_its_ways_meet_again() -> None:
    dots = [Dot(device(number), 1, 0) for number in range(5)]
    # 0 names the latest, which names 1 and 2; both name 3, which names 0.
    over = [(4,), (3,), (3,), (0,), (1, 2)]
    said = [
        Told(
            dots[index].device,
            1,
            Payload(
                at=Stamp(index, 0),
                writes=(
                    Answered(
                        path=NAME, answer=Answer(str(index)), over=tuple(dots[other] for other in named)
                    ),
                ),
            ),
        )
        for index, named in enumerate(over)
    ]
    assert [live.answer.text for live in fold(said).live[NAME]] == ["4", "3"]


def test_a_write_has_no_effect_at_another_path() -> None:
    said = Told(device(1), 1, Payload(at=Stamp(1, 0), writes=(Answered(path=NAME, answer=Answer("a")),)))
    other = Answered(path=Path("/data/other"), answer=Answer("b"), over=(Dot(device(1), 1, 0),))
    taken = RowTaken(path=TRIPS, row=row(1), over=(Dot(device(1), 1, 0),))
    merged = fold([said, Told(device(2), 1, Payload(at=Stamp(2, 0), writes=(other, taken)))])
    assert merged.answers.get(NAME) == Answer("a")


def test_two_operations_at_one_place_of_a_chain_are_chosen_alike_everywhere() -> None:
    rivals = [
        Told(device(1), 1, Payload(at=Stamp(1, 0), writes=(Answered(path=NAME, answer=Answer(text)),)))
        for text in "ab"
    ]
    assert fold(rivals) == fold(reversed(rivals))


def test_what_was_said_about_the_record_is_kept_in_order_with_who_and_when() -> None:
    one, other = two()
    counts = Counted(sections_done=1, sections=2, missing=3, attention=0)
    one.say(counts, HandedOver(group="staff", words="please"), Noted(text="first"))
    other.now += timedelta(hours=1)
    other.say(Noted(text="second"), Decided(choice=Choice.PREPARE), Counted(**_more(counts)))
    exchange(one, other)
    merged = one.merged
    assert [note.write.text for note in merged.notes] == ["first", "second"]
    assert merged.notes[0].dot == Dot(device(1), 1, 2)
    assert merged.counted == Counted(**_more(counts))
    assert merged.handed_over[0].write.words == "please"
    assert merged.decisions[0].write.choice is Choice.PREPARE


def _more(counts: Counted) -> dict[str, int]:
    return {
        "sections_done": 2,
        "sections": counts.sections,
        "missing": counts.missing,
        "attention": counts.attention,
    }


def test_a_desk_without_the_earlier_operations_goes_on_from_what_was_restated() -> None:
    one, other, lent = Desk(device(1)), Desk(device(2)), Desk(device(3))
    first = one.add(1)
    one.answer(TO, "Lima")
    one.answer("/data/name", "Ana")
    one.add(2, before=first)
    one.answer("/data/gone", "x")
    one.seal()
    one.answer("/data/gone", "")
    other.answer("/data/name", "Anna")
    exchange(one, other)
    again = one.say(*restated(one.merged))
    lent.hear(one, [(again.device, again.dseq)])
    assert lent.answers == one.answers
    assert lent.merged.conflicts == (NAME,)
    lent.answer("/data/name", "Ana")
    lent.remove(first)
    lent.seal()
    one.hear_all(lent)
    assert one.answers == lent.answers
    assert (one.merged.conflicts, one.merged.removed_but_edited) == ((), ())


def test_a_row_is_put_where_a_desk_that_never_saw_it_removed_names_nothing() -> None:
    desk = Desk(device(1))
    assert over_row(desk.merged, TRIPS, row(1)) == ()
    assert keep_row(desk.merged, TRIPS, row(1)) == RowPut(path=TRIPS, row=row(1))


def test_a_long_record_is_folded_at_once() -> None:
    paths = [Path(f"/data/question_{number}") for number in range(150)]
    desk = Desk(device(1))
    said = [
        Told(
            desk.id,
            dseq,
            Payload(
                at=Stamp(dseq, 0),
                writes=tuple(
                    Answered(
                        path=paths[(dseq * 7 + place) % 150],
                        answer=Answer(f"{dseq} {place}"),
                        over=(Dot(desk.id, max(1, dseq - 30), place),),
                    )
                    for place in range(150 if dseq == 1 else 5)
                ),
            ),
        )
        for dseq in range(1, 301)
    ]
    start = time.process_time()
    fold(said)
    # A few milliseconds; the rest is for a laptop that is busy with something else.
    assert time.process_time() - start < 0.25
