from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.answers import BLANK, Answer, Answers, AnswerSet, RowAdded, RowRemoved, Said
from ournydesk.domain.ids import Path, RowId, is_id, new_id

TRIPS = Path("/data/trips")
FIRST, SECOND = RowId("1" * 32), RowId("2" * 32)


def left(row: RowId) -> Path:
    return Path(f"{TRIPS}[{row}]/left")


def test_unknown_declined_and_blank_are_three_answers() -> None:
    unknown, declined = Answer(said=Said.UNKNOWN), Answer(said=Said.DECLINED)
    assert len({unknown, declined, BLANK}) == 3
    assert [answer.blank for answer in (unknown, declined, BLANK)] == [False, False, True]


def test_a_blank_answer_leaves_nothing_behind() -> None:
    path = Path("/data/name")
    answers = Answers().apply(AnswerSet(path, Answer("Nusrat"))).apply(AnswerSet(path, BLANK))
    assert answers == Answers()


def test_a_removed_row_takes_its_answers_and_leaves_the_others() -> None:
    inner = Path(f"{TRIPS}[{FIRST}]/stops")
    answers = Answers().apply_all(
        (
            RowAdded(TRIPS, FIRST),
            RowAdded(TRIPS, SECOND),
            RowAdded(inner, RowId("3" * 32)),
            AnswerSet(left(FIRST), Answer("2024-06-20")),
            AnswerSet(left(SECOND), Answer("2022-12-18")),
            RowRemoved(TRIPS, FIRST),
        )
    )
    assert answers.rows == {TRIPS: (SECOND,)}
    assert answers.values == {left(SECOND): Answer("2022-12-18")}


def test_a_row_stands_where_it_was_put() -> None:
    answers = Answers().apply_all((RowAdded(TRIPS, FIRST), RowAdded(TRIPS, SECOND, before=FIRST)))
    assert answers.rows[TRIPS] == (SECOND, FIRST)


def test_adding_a_row_twice_changes_nothing() -> None:
    once = Answers().apply(RowAdded(TRIPS, FIRST))
    assert once.apply(RowAdded(TRIPS, FIRST)) == once


events = st.one_of(
    st.builds(
        AnswerSet,
        st.sampled_from([left(FIRST), left(SECOND), Path("/data/a")]),
        st.builds(Answer, st.text(max_size=3), st.sampled_from(Said)),
    ),
    st.builds(RowAdded, st.just(TRIPS), st.sampled_from([FIRST, SECOND])),
    st.builds(RowRemoved, st.just(TRIPS), st.sampled_from([FIRST, SECOND])),
)


@given(st.lists(events, max_size=12))
def test_one_by_one_or_all_at_once_is_the_same(made: list[AnswerSet | RowAdded | RowRemoved]) -> None:
    one_by_one = Answers()
    for event in made:
        one_by_one = one_by_one.apply(event)
    assert one_by_one == Answers().apply_all(made)


def test_ids_are_random_and_say_nothing() -> None:
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(is_id(one) for one in made)
    assert not is_id("A" * 32)
    assert not is_id("0" * 31)
