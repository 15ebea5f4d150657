"""What is remembered of a table is never what was taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.keys import MasterKey
from ournydesk.store.database import Database
from ournydesk.store.remembered import Remembered


class TakenBack(Exception):
    """A block ends with this."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    key = MasterKey(b"k" * 32).database_key()
    made = Database.create(tmp_path_factory.mktemp("remembered") / "data.db", key)
    yield made
    made.close()


# True opens a block that is kept, False one that is taken back; a number writes, None reads.
STEPS = st.recursive(
    st.integers(0, 9) | st.none(), lambda inner: st.tuples(st.booleans(), st.lists(inner)), max_leaves=12
)


@given(steps=st.lists(STEPS))
def test_what_is_remembered_is_what_the_table_holds(database: Database, steps: list[object]) -> None:
    def stored() -> tuple[object, ...]:
        return tuple(database.read("SELECT value FROM settings WHERE name = 'one'"))

    remembered = Remembered(database, stored)

    def do(step: object) -> None:
        match step:
            case None:
                pass
            case int():
                with database.writing():
                    remembered.forget()
                    database.write(
                        "INSERT OR REPLACE INTO settings (name, value) VALUES ('one', ?)", str(step)
                    )
            case (bool(keep), list(inner)):
                try:
                    with database.transaction():
                        for one in inner:
                            do(one)
                        if not keep:
                            raise TakenBack
                except TakenBack:
                    pass
        assert remembered.get() == stored()

    for step in steps:
        do(step)
