"""A vault of every released version opens with what was in it."""

from __future__ import annotations

from pathlib import Path

from ournydesk.crypto.keys import MasterKey
from ournydesk.domain.answers import Answer, Said
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.ids import Path as AnswerPath
from ournydesk.domain.intake import Progress, Status
from ournydesk.store import event_log, projections, schema
from ournydesk.store.database import Database
from ournydesk.store.event_log import Counted, Started
from ournydesk.store.forms import StoredForms
from ournydesk.store.intakes import StoredIntakes
from ournydesk.store.membership import StoredMembership
from ournydesk.store.operations import StoredOperations
from tests.fakes import cheap

KEY = MasterKey(b"k" * 32).database_key()
COUNTED = '{"sections_done":1,"sections":3,"missing":2,"attention":1}'
"""As version 1 wrote it: nobody had asked for consent yet."""


def of_version_1(path: Path) -> tuple[IntakeId, IntakeId]:
    """A database as version 1 left it, with one intake that has answers and one just started."""
    database = Database.create(path, KEY, (schema.V1,))
    StoredForms(database).keep(cheap.FORM)
    full, empty = cheap.head(1), cheap.head(2)
    with database.transaction():
        for head, last, done in ((full, 5, 1), (empty, 1, 0)):
            database.write(
                "INSERT INTO intakes (id, ticket, form_id, form_version, form_hash, form_title, language, "
                "started_at, changed_at, last_seq, sections_done, sections, missing, attention, status) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'on_this_laptop')",
                head.id, head.ticket, head.form_id, head.form_version, head.form_hash, head.form_title,
                head.language, cheap.NOON.isoformat(), cheap.NOON.isoformat(), last, done, 3 * done, 2 * done,
                done,
            )  # fmt: skip  # values in the order of the names
            kind, body = event_log.encode(Started(head))
            events = [(kind, body)]
            if done:
                events += [
                    ("answer.set", '{"path":"/data/a","text":"কিছু"}'),
                    ("answer.set", '{"path":"/data/b","text":"","said":"declined"}'),
                    ("row.added", f'{{"path":"/data/trips","row":"{"1" * 32}"}}'),
                    ("progress.counted", COUNTED),
                ]
            database.write_many(
                "INSERT INTO events (intake, seq, kind, body, at) VALUES (?, ?, ?, ?, ?)",
                (
                    (head.id, seq, kind, body, cheap.NOON.isoformat())
                    for seq, (kind, body) in enumerate(events, 1)
                ),
            )
        database.write("INSERT INTO answers VALUES (?, '/data/a', 'value', 'কিছু')", full.id)
        database.write("INSERT INTO answers VALUES (?, '/data/b', 'declined', '')", full.id)
        database.write("INSERT INTO answer_rows VALUES (?, '/data/trips', 0, ?)", full.id, "1" * 32)
        database.write("INSERT INTO tallies VALUES ('declined', 4)")
    database.close()
    return full.id, empty.id


def test_a_vault_of_version_1_keeps_its_intakes(tmp_path: Path) -> None:
    full, empty = of_version_1(tmp_path / "data.db")
    database = Database.open(tmp_path / "data.db", KEY)
    intakes = StoredIntakes(database)
    row, answers = intakes.row(full), intakes.answers(full)
    assert row.progress == Progress(sections_done=1, sections=3, missing=2, attention=1, agreed=False)
    assert (row.status, row.purged, row.handed_over) == (Status.ON_THIS_LAPTOP, False, False)
    assert answers.get(AnswerPath("/data/a")) == Answer("কিছু")
    assert answers.get(AnswerPath("/data/b")) == Answer("", Said.DECLINED)
    assert answers.rows == {AnswerPath("/data/trips"): ("1" * 32,)}
    assert intakes.tally("declined") == 4
    assert intakes.unsealed() == tuple(sorted((full, empty)))
    assert [intakes.pending(one).first for one in (full, empty)] == [True, True]
    assert len(intakes.pending(full).events) == 3
    assert StoredMembership(database).identity() is None
    assert StoredOperations(database).cursor().at == 0
    database.close()


def test_a_vault_of_version_1_is_what_its_events_come_to(tmp_path: Path) -> None:
    full, _ = of_version_1(tmp_path / "data.db")
    database = Database.open(tmp_path / "data.db", KEY)
    assert projections.differing(database) == ()
    before = [database.read(f) for f in ("SELECT * FROM intakes ORDER BY id", "SELECT * FROM answers")]
    projections.rebuild(database)
    assert [
        database.read(f) for f in ("SELECT * FROM intakes ORDER BY id", "SELECT * FROM answers")
    ] == before
    intakes = StoredIntakes(database)
    intakes.append(full, [cheap.said("/data/c", "after")], Progress(agreed=True), cheap.later(1))
    intakes.destroy(full, "declined")
    assert database.read("PRAGMA foreign_key_check") == []
    database.close()


def test_tables_that_were_made_anew_are_those_that_were_brought_up_to_date(tmp_path: Path) -> None:
    of_version_1(tmp_path / "old.db")
    old, new = Database.open(tmp_path / "old.db", KEY), Database.create(tmp_path / "new.db", KEY)
    tables = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
    assert old.read(tables) == new.read(tables)
    old.close()
    new.close()


def test_a_count_of_version_1_is_read_as_nobody_having_agreed() -> None:
    read = event_log.decode(IntakeId("0" * 32), "progress.counted", COUNTED)
    assert read == Counted(Progress(sections_done=1, sections=3, missing=2, attention=1))
