from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.answers import Answer, AnswerEvent, Answers, AnswerSet, RowAdded, RowRemoved, Said
from ournydesk.domain.ids import Path, RowId
from ui.intake.history import STEPS, History, between

ROWS = [RowId(digit * 32) for digit in "123"]
TABLE = Path("/data/trips")


def cell(row: RowId) -> Path:
    return Path(f"{TABLE}[{row}]/left")


EVENTS: st.SearchStrategy[AnswerEvent] = st.one_of(
    st.builds(RowAdded, st.just(TABLE), st.sampled_from(ROWS)),
    st.builds(RowRemoved, st.just(TABLE), st.sampled_from(ROWS)),
    st.builds(
        AnswerSet,
        st.sampled_from([Path("/data/a"), Path("/data/b")]),
        st.builds(Answer, st.sampled_from(["", "x", "y"]), st.sampled_from(Said)),
    ),
)


def answers(events: list[AnswerEvent]) -> Answers:
    made = Answers().apply_all(events)
    present = made.rows.get(TABLE, ())
    return made.apply_all([AnswerSet(cell(row), Answer(row[:1])) for row in present])


@given(st.lists(EVENTS, max_size=8), st.lists(EVENTS, max_size=8))
def test_going_back_arrives_where_one_was(first: list[AnswerEvent], second: list[AnswerEvent]) -> None:
    here, there = answers(first), answers(second)
    reached = here.apply_all(between(here, there))
    assert reached.values == there.values
    assert {key: set(rows) for key, rows in reached.rows.items() if rows} == {
        key: set(rows) for key, rows in there.rows.items() if rows
    }


def test_a_removed_row_comes_back_where_it_stood() -> None:
    before = answers([RowAdded(TABLE, row) for row in ROWS])
    after = before.apply(RowRemoved(TABLE, ROWS[1]))
    assert after.apply_all(between(after, before)) == before


def test_the_last_fifty_acts_can_be_taken_back() -> None:
    history = History(Answers())
    now = Answers()
    for number in range(STEPS + 10):
        now = now.apply(AnswerSet(Path("/data/a"), Answer(str(number + 1))))
        history.acted(now)
    for _ in range(STEPS):
        now = now.apply_all(history.back(now))
        history.moved(now)
    assert now.get(Path("/data/a")).text == "10"
    assert history.back(now) == ()
