"""What is asked of many operations is answered by an index; nobody reads all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ournydesk.crypto.keys import MasterKey
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.operations import Head, RecordId
from ournydesk.domain.oplog import Standing
from ournydesk.errors import StoreBroken
from ournydesk.store import chains, moments
from ournydesk.store.database import Database
from ournydesk.store.forms import StoredForms
from ournydesk.store.intakes import StoredIntakes
from ournydesk.store.operations import StoredOperations
from tests.fakes import cheap
from tests.fakes.signed import HERE, OTHER, op_id, operation

HEAD = cheap.head()
ASKED: dict[str, Callable[[StoredOperations, StoredIntakes], object]] = {
    "add": lambda operations, _: operations.add(operation(2)),
    "get": lambda operations, _: operations.get(op_id(1)),
    "high": lambda operations, _: operations.high(HERE),
    "rival": lambda operations, _: operations.rival(HERE, 1, op_id(1)),
    "settle": lambda operations, _: operations.settle(operation().op_id, Standing.HELD),
    "of_record": lambda operations, _: operations.of_record(RecordId(HEAD.id)),
    "with_standing": lambda operations, _: operations.with_standing(Standing.HELD, Standing.REFUSED),
    "unacknowledged": lambda operations, _: operations.unacknowledged(OTHER),
    "heard": lambda operations, _: operations.heard(),
    "outbox": lambda operations, _: operations.outbox(200, 1_000),
    "outbox of a relay": lambda operations, _: operations.outbox(200, 1_000, behind=op_id(1), box="relay"),
    "refill": lambda operations, _: operations.refill(op_id(1), b"sealed"),
    "readers": lambda operations, _: operations.readers(),
    "acknowledged": lambda operations, _: operations.acknowledged(HERE),
    "waiting": lambda operations, _: operations.waiting(HERE),
    "received": lambda operations, _: operations.received([op_id(1)], cheap.NOON),
    "follow": lambda operations, _: operations.follow([(1, op_id(1))], Head(1, "1" * 64)),
    "unnumber": lambda operations, _: operations.unnumber(0, Head(0, "0" * 64)),
    "numbered": lambda operations, _: operations.numbered(5),
    "forget_payloads": lambda operations, _: operations.forget_payloads(RecordId(HEAD.id)),
    "counts": lambda operations, _: operations.counts(),
    "row": lambda _, intakes: intakes.row(HEAD.id),
    "rows": lambda _, intakes: intakes.rows(),
    "unsealed": lambda _, intakes: intakes.unsealed(),
    "append": lambda _, intakes: intakes.append(
        HEAD.id, [cheap.said("/data/a", "x")], intakes.row(HEAD.id).progress, cheap.NOON
    ),
}


class Listening:
    """A connection that remembers every statement."""

    def __init__(self, real: Any) -> None:
        self.real = real
        self.said: list[tuple[str, tuple[object, ...]]] = []

    def execute(self, sql: str, values: tuple[object, ...] = ()) -> Any:
        self.said.append((sql, values))
        return self.real.execute(sql, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def plans(self) -> Iterator[str]:
        for sql, values in self.said:
            if sql.split()[0] in ("SELECT", "UPDATE", "DELETE", "INSERT"):
                yield from (step for *_, step in self.real.execute(f"EXPLAIN QUERY PLAN {sql}", values))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database.create(tmp_path / "data.db", MasterKey.fresh().database_key())
    yield made
    made.close()


@pytest.mark.parametrize("name", ASKED)
def test_no_question_reads_all_operations(database: Database, name: str) -> None:
    StoredForms(database).keep(cheap.FORM)
    operations, intakes = StoredOperations(database), StoredIntakes(database)
    intakes.start(HEAD)
    operations.add(operation(record=RecordId(HEAD.id)))
    listening = Listening(database._connection)
    database._connection = listening
    ASKED[name](operations, intakes)
    plans = list(listening.plans())
    assert plans
    assert [step for step in plans if step in ("SCAN operations", "SCAN log", "SCAN events")] == []


def test_a_chain_that_is_followed_anew_is_the_chain_that_was_followed(database: Database) -> None:
    operations = StoredOperations(database)
    for dseq in (3, 1, 2, 5):
        operations.add(operation(dseq))
    before = operations.high(HERE)
    with database.transaction():
        chains.cut(database, HERE, 0)
    assert operations.high(HERE) == before == (3, operation(3).op_id)


def test_chains_can_be_rebuilt(database: Database) -> None:
    operations = StoredOperations(database)
    for one in (operation(1), operation(2, minute=5), operation(1, device=OTHER, standing=Standing.REFUSED)):
        operations.add(one)
    operations.add(operation(2, device=OTHER, standing=Standing.HELD, minute=9))
    before = database.read("SELECT * FROM chains ORDER BY dev")
    with database.transaction():
        database.write("UPDATE chains SET dseq = 9")
        chains.rebuild(database)
    assert database.read("SELECT * FROM chains ORDER BY dev") == before
    assert len(before) == 2


def test_a_time_is_kept_to_the_microsecond() -> None:
    for at in (
        cheap.NOON,
        cheap.NOON.replace(microsecond=1),
        cheap.NOON.replace(year=1969, microsecond=999_999),
    ):
        assert moments.aware(moments.whole(at)) == at


def test_an_intake_whose_first_event_is_gone_is_not_purged(database: Database) -> None:
    StoredForms(database).keep(cheap.FORM)
    intakes = StoredIntakes(database)
    intakes.start(HEAD)
    with database.transaction():
        database.write("DELETE FROM events")
    with pytest.raises(StoreBroken) as caught:
        intakes.purge(IntakeId(HEAD.id), cheap.NOON)
    assert caught.value.code == "store.events"
    assert not intakes.row(HEAD.id).purged
