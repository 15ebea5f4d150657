from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ournydesk.crypto.keys import DatabaseKey, MasterKey
from ournydesk.errors import AlreadyOpen, Refused, StoreBroken
from ournydesk.store import schema
from ournydesk.store.database import Database

KEY = MasterKey(b"k" * 32).database_key()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database.create(tmp_path / "data.db", KEY)
    yield made
    made.close()


def settings(database: Database) -> list[tuple[Any, ...]]:
    return database.read("SELECT name, value FROM settings ORDER BY name")


def put(database: Database, name: str) -> None:
    database.write("INSERT INTO settings (name, value) VALUES (?, 'x')", name)


class Failing:
    """A connection whose COMMIT fails as it does on a bad disk."""

    def __init__(self, real: Any, said: str) -> None:
        self._real, self._said = real, said

    def execute(self, sql: str, *values: object) -> Any:
        if sql == "COMMIT":
            raise dbapi2.OperationalError(self._said)
        return self._real.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def test_a_transaction_is_whole_or_nothing(database: Database) -> None:
    def interrupted() -> Iterator[tuple[str, str]]:
        yield ("a", "x")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.transaction():
        database.write_many("INSERT INTO settings (name, value) VALUES (?, ?)", interrupted())
    assert settings(database) == []
    with database.transaction():
        put(database, "a")
        put(database, "b")
    assert settings(database) == [("a", "x"), ("b", "x")]


def failing(database: Database, name: str) -> None:
    with database.transaction():
        put(database, name)
        raise ZeroDivisionError


def test_a_transaction_inside_another_joins_it(database: Database) -> None:
    with database.transaction():
        put(database, "a")
        with database.transaction():
            put(database, "b")
    assert settings(database) == [("a", "x"), ("b", "x")]


def test_an_error_that_leaves_both_takes_back_both(database: Database) -> None:
    def outer() -> None:
        with database.transaction():
            put(database, "a")
            with database.transaction():
                put(database, "b")
            failing(database, "c")

    with pytest.raises(ZeroDivisionError):
        outer()
    assert settings(database) == []
    with database.transaction():
        put(database, "d")
    assert settings(database) == [("d", "x")]


def test_an_error_that_is_caught_between_takes_back_the_inner_one(database: Database) -> None:
    with database.transaction():
        put(database, "a")
        with pytest.raises(ZeroDivisionError):
            failing(database, "b")
        put(database, "c")
    assert settings(database) == [("a", "x"), ("c", "x")]


def test_what_comes_afterwards_comes_once_and_only_after_the_commit(database: Database) -> None:
    told: list[str] = []

    def tell() -> None:
        told.append("open" if database._connection.in_transaction else "done")

    def fail() -> None:
        with database.transaction():
            database.afterwards(lambda: told.append("never"))
            raise ZeroDivisionError

    with database.transaction():
        database.afterwards(tell)
        with database.transaction():
            database.afterwards(tell)
        with pytest.raises(ZeroDivisionError):
            fail()
        assert told == []
    assert told == ["done"]
    with pytest.raises(ZeroDivisionError):
        fail()
    database.afterwards(tell)
    assert told == ["done", "done"]


def test_a_full_disk_inside_a_joined_transaction_takes_back_everything(database: Database) -> None:
    real, full = database._connection, Failing(database._connection, "database or disk is full")

    def outer() -> None:
        with database.transaction():
            put(database, "a")
            with database.transaction():
                put(database, "b")
            database._connection = full

    with pytest.raises(StoreBroken) as caught:
        outer()
    assert caught.value.code == "store.full"
    database._connection = real
    assert settings(database) == []


def test_nothing_is_written_outside_a_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError):
        put(database, "a")


def test_the_same_file_is_not_opened_twice(database: Database, tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(AlreadyOpen):
            Database.open(tmp_path / "data.db", KEY)
    with database.transaction():
        put(database, "a")


def test_a_file_that_exists_is_never_created_over(database: Database, tmp_path: Path) -> None:
    with pytest.raises(StoreBroken) as caught:
        Database.create(tmp_path / "data.db", KEY)
    assert caught.value.facts["why"] == "EEXIST"


def test_a_full_disk_leaves_a_connection_that_can_try_again(database: Database) -> None:
    real = database._connection
    database._connection = Failing(real, "database or disk is full")
    with pytest.raises(StoreBroken) as caught, database.transaction():
        put(database, "a")
    assert caught.value.code == "store.full"
    database._connection = real
    with database.transaction():
        put(database, "b")
    assert settings(database) == [("b", "x")]


def test_after_a_failed_disk_nothing_more_is_written(database: Database) -> None:
    real = database._connection
    database._connection = Failing(real, "disk I/O error")
    with pytest.raises(StoreBroken) as caught, database.transaction():
        put(database, "a")
    assert caught.value.code == "store.write"
    database._connection = real
    with pytest.raises(StoreBroken) as caught, database.transaction():
        put(database, "b")
    assert caught.value.facts["why"] == "stopped"
    assert settings(database) == []


def test_tables_of_a_later_desk_are_refused_and_untouched(database: Database, tmp_path: Path) -> None:
    database.close()
    later = (*schema.STEPS, "CREATE TABLE later (x TEXT) STRICT;")
    Database.open(tmp_path / "data.db", KEY, later).close()
    with pytest.raises(Refused) as caught:
        Database.open(tmp_path / "data.db", KEY)
    assert caught.value.code == "refused.newer"
    Database.open(tmp_path / "data.db", KEY, later).close()


def test_a_step_that_fails_half_way_leaves_the_tables_as_they_were(
    database: Database, tmp_path: Path
) -> None:
    with database.transaction():
        put(database, "a")
    database.close()
    bad = (*schema.STEPS, "CREATE TABLE later (x TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(dbapi2.OperationalError):
        Database.open(tmp_path / "data.db", KEY, bad)
    again = Database.open(tmp_path / "data.db", KEY)
    assert settings(again) == [("a", "x")]
    assert again.read("SELECT name FROM sqlite_schema WHERE name = 'later'") == []
    again.close()


def test_another_key_says_that_the_file_is_not_ours(database: Database, tmp_path: Path) -> None:
    database.close()
    with pytest.raises(StoreBroken) as caught:
        Database.open(tmp_path / "data.db", MasterKey.fresh().database_key())
    assert caught.value.facts["why"] == "other"


@pytest.mark.parametrize("length", [0, 16, 31, 32, 47, 49, 96])
def test_a_raw_key_of_another_length_cannot_be_made(length: int) -> None:
    """SQLCipher would silently take it as a passphrase."""
    with pytest.raises(ValueError, match="wrong length"):
        DatabaseKey(bytes(length))


def test_the_settings_that_keep_the_promises_are_on(database: Database) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "secure_delete": 1,
        "temp_store": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cipher_use_hmac": "1",
        "cipher_hmac_algorithm": "HMAC_SHA512",
        "cipher_page_size": "4096",
    }
    found = {name: database._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted


def test_a_folder_that_cannot_be_written_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(StoreBroken) as caught:
        Database.create(tmp_path / "nowhere" / "data.db", KEY)
    assert caught.value.code == "store.write"
    (tmp_path / "data.db").mkdir()
    with pytest.raises(StoreBroken):
        Database.open(tmp_path / "data.db", KEY)


def test_half_a_change_is_never_kept_however_its_error_was_caught(database: Database) -> None:
    def interrupted() -> None:
        with database.transaction():
            put(database, "first")
            with suppress(ZeroDivisionError), database.writing():
                put(database, "half")
                raise ZeroDivisionError

    with pytest.raises(RuntimeError):
        interrupted()
    assert settings(database) == []
    with database.writing():
        put(database, "after")
    assert [name for name, *_ in settings(database)] == ["after"]


def test_a_change_inside_a_block_that_is_taken_back_leaves_the_rest(database: Database) -> None:
    with database.transaction():
        with database.writing():
            put(database, "kept")
        with suppress(ZeroDivisionError), database.transaction(), database.writing():
            put(database, "half")
            raise ZeroDivisionError
    assert [name for name, *_ in settings(database)] == ["kept"]
