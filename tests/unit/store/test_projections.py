"""Whatever is answered, the tables are what the events come to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ournydesk.crypto.keys import MasterKey
from ournydesk.domain.answers import Answer, AnswerEvent, Answers, AnswerSet, RowAdded, RowRemoved, Said
from ournydesk.domain.ids import IntakeId, RowId
from ournydesk.domain.ids import Path as AnswerPath
from ournydesk.domain.intake import Progress
from ournydesk.errors import Refused, StoreBroken
from ournydesk.store import event_log, projections
from ournydesk.store.database import Database
from ournydesk.store.forms import StoredForms
from ournydesk.store.intakes import StoredIntakes
from tests.fakes import cheap
from tests.fakes.signed import op_id

ROWS = [RowId(f"{number:032x}") for number in range(4)]
REPEATS = ["/data/trips", f"/data/trips[{ROWS[0]}]/stops", "/data/trips2"]
NODES = ["/data/a", "/data/b", *(f"{repeat}[{row}]/x" for repeat in REPEATS for row in ROWS)]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
answers = st.builds(Answer, texts) | st.builds(Answer, texts, st.sampled_from(Said))
events: st.SearchStrategy[AnswerEvent] = st.one_of(
    st.builds(AnswerSet, st.sampled_from(NODES).map(AnswerPath), answers),
    st.builds(
        RowAdded,
        st.sampled_from(REPEATS).map(AnswerPath),
        st.sampled_from(ROWS),
        st.none() | st.sampled_from(ROWS),
    ),
    st.builds(RowRemoved, st.sampled_from(REPEATS).map(AnswerPath), st.sampled_from(ROWS)),
)
counts = st.builds(Progress, missing=st.integers(0, 3), attention=st.integers(0, 2))
steps = st.lists(st.tuples(st.lists(events, max_size=6), counts), max_size=6)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = Database.create(tmp_path_factory.mktemp("db") / "data.db", MasterKey.fresh().database_key())
    StoredForms(made).keep(cheap.FORM)
    yield made
    made.close()


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {
        "form_versions": database.read("SELECT hash FROM form_versions"),
        "events": database.read("SELECT * FROM events"),
        "intakes": database.read("SELECT * FROM intakes ORDER BY id"),
        "marks": database.read("SELECT * FROM intake_marks"),
        "answers": database.read("SELECT * FROM answers ORDER BY intake, path"),
        "answer_rows": database.read("SELECT * FROM answer_rows ORDER BY intake, repeat, position"),
    }


@given(steps, st.lists(st.sampled_from(["write", "receive", "seal", "purge"]), min_size=6, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_from_here_or_elsewhere_can_be_rebuilt(
    database: Database, steps: list[tuple[list[AnswerEvent], Progress]], hands: list[str]
) -> None:
    intakes = StoredIntakes(database)
    before, head = everything(database), cheap.head()
    intakes.start(head)
    written: list[AnswerEvent] = []
    for minute, ((batch, progress), hand) in enumerate(zip(steps, hands, strict=False)):
        at = cheap.later(minute)
        if hand == "receive" or intakes.row(head.id).purged:
            intakes.receive(head, batch, progress, at, op_id(minute))
        else:
            intakes.append(head.id, batch, progress, at)
            written += batch
        if hand == "seal":
            assert intakes.pending(head.id).events == tuple(written)
            intakes.mark_sealed(head.id, intakes.pending(head.id).through)
        elif hand == "purge":
            intakes.purge(head.id, at)
        if hand in ("seal", "purge"):
            written = []
    assert intakes.pending(head.id).events == tuple(written)
    assert projections.differing(database) == ()
    stored, row = everything(database), intakes.row(head.id)
    projections.rebuild(database)
    assert everything(database) == stored
    assert intakes.row(head.id) == row
    intakes.destroy(head.id, "declined")
    assert everything(database) == before


@given(steps)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_stored_is_what_the_events_come_to(
    database: Database, steps: list[tuple[list[AnswerEvent], Progress]]
) -> None:
    intakes = StoredIntakes(database)
    before, head = everything(database), cheap.head()
    intakes.start(head)
    expected = Answers()
    for minute, (batch, progress) in enumerate(steps):
        intakes.append(head.id, batch, progress, cheap.later(minute))
        expected = expected.apply_all(batch)
    assert intakes.answers(head.id).values == expected.values
    assert intakes.answers(head.id).rows == {path: rows for path, rows in expected.rows.items() if rows}
    assert projections.differing(database) == ()
    stored = everything(database)
    projections.rebuild(database)
    assert everything(database) == stored
    declined = intakes.tally("declined")
    intakes.destroy(head.id, "declined")
    assert everything(database) == before
    assert intakes.tally("declined") == declined + 1


def test_a_projection_that_was_changed_is_found_and_mended(database: Database) -> None:
    intakes, head = StoredIntakes(database), cheap.head()
    intakes.start(head)
    intakes.append(head.id, cheap.trip("Nowhere"), Progress(), cheap.later(1))
    kept = everything(database)
    with database.transaction():
        database.write("UPDATE answers SET text = 'Elsewhere' WHERE intake = ?", head.id)
    assert projections.differing(database) == (head.id,)
    projections.rebuild(database)
    assert everything(database) == kept
    with database.transaction():
        database.write("DELETE FROM answer_rows WHERE intake = ?", head.id)
    assert projections.differing(database) == (head.id,)
    intakes.destroy(head.id, "declined")


def test_an_event_is_never_changed(database: Database) -> None:
    intakes, head = StoredIntakes(database), cheap.head()
    intakes.start(head)
    from sqlcipher3 import dbapi2

    with pytest.raises(dbapi2.IntegrityError), database.transaction():
        database.write("UPDATE events SET body = '{}' WHERE intake = ?", head.id)
    intakes.destroy(head.id, "declined")


@pytest.mark.parametrize("kind", ["answer.set", "intake.started", "row.added", "something.else"])
def test_an_event_that_says_nothing_stops_the_reading(database: Database, kind: str) -> None:
    for body in ("{}", "[]", "no json", '{"path":1}'):
        with pytest.raises(StoreBroken) as caught:
            event_log.decode(IntakeId("0" * 32), kind, body)
        assert caught.value.code == "store.events"


def test_a_gap_in_the_events_is_found(database: Database) -> None:
    intakes, head = StoredIntakes(database), cheap.head()
    intakes.start(head)
    intakes.append(head.id, cheap.trip("Nowhere"), Progress(), cheap.later(1))
    with database.transaction():
        database.write("DELETE FROM events WHERE intake = ? AND seq = 2", head.id)
    with pytest.raises(StoreBroken):
        projections.folded(database, head.id)
    kept = everything(database)
    with pytest.raises(StoreBroken):
        projections.rebuild(database)
    assert everything(database) == kept
    assert projections.differing(database) == (head.id,)
    intakes.destroy(head.id, "declined")


def test_half_a_character_is_refused_and_nothing_is_written(database: Database) -> None:
    intakes, head = StoredIntakes(database), cheap.head()
    intakes.start(head)
    kept = everything(database)
    events = [cheap.said("/data/a", "whole"), cheap.said("/data/b", "\ud83d")]
    with pytest.raises(Refused) as caught:
        intakes.append(head.id, events, Progress(), cheap.later(1))
    assert caught.value.code == "refused.text"
    assert everything(database) == kept
    intakes.destroy(head.id, "declined")


def test_the_first_ticket_is_one_and_a_declined_one_is_given_again(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "data.db", MasterKey.fresh().database_key())
    StoredForms(database).keep(cheap.FORM)
    intakes = StoredIntakes(database)
    assert intakes.next_ticket() == 1
    first, second = cheap.head(1), cheap.head(2)
    intakes.start(first)
    intakes.start(second)
    assert intakes.next_ticket() == 3
    intakes.destroy(second.id, "declined")
    assert intakes.next_ticket() == 2
    database.close()


def test_a_plain_reader_sees_no_table(tmp_path: Path) -> None:
    Database.create(tmp_path / "data.db", MasterKey.fresh().database_key()).close()
    plain = sqlite3.connect(tmp_path / "data.db")
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()
