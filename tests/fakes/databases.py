"""The two databases a server may use, empty; a test that asks for ``database`` is run on each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import delete

from sync.server.storage import Storage, metadata, sqlite_url

BOTH: Final = ("SQLite", "PostgreSQL")


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """An empty database with its tables."""
    with database_of(request, tmp_path) as storage:
        yield storage


@contextmanager
def database_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """The database a fixture's parameter names."""
    if request.param == "SQLite":
        url = sqlite_url(tmp_path / "server.db")
    else:
        url = request.getfixturevalue("postgres")
    with emptied(url) as storage:
        yield storage


@contextmanager
def emptied(url: str) -> Iterator[Storage]:
    """The database at an address, with its tables and nothing in them."""
    storage = Storage(url)
    try:
        storage.migrate()
        with storage.writing() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
        yield storage
    finally:
        storage.close()
