"""A desk that is killed while it brings a vault's tables up to date leaves them old or new, and whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ournydesk.errors import Refused
from tests.integration.vault.child import open_later
from tests.integration.vault.conftest import Seat
from tests.integration.vault.test_killed import (
    child,
    copies,
    each_step,
    holds_what_was_saved,
    sound,
    traceable,
)

__all__ = ["copies", "traceable"]


def is_later(seat: Seat) -> bool:
    """Whether only a later desk opens it; either way nothing is missing."""
    try:
        sound(seat.open()).close()
    except Refused:
        database = open_later(seat.root, seat.vault)
        assert database.read("SELECT x FROM later") == [("kept",)]
        assert not database.damaged_pages()
        [(answers,)] = database.read("SELECT count(*) FROM answers WHERE intake = ?", seat.intake)
        assert answers >= 60
        database.close()
        return True
    return False


def test_an_upgrade_killed_at_every_step_leaves_the_old_tables_or_the_new(
    traceable: None, copies: Iterator[Seat]
) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        told = child("upgrade", seat.root, seat.vault, seat.intake, inject=inject)
        assert is_later(seat) or "upgraded" not in told.lines
        assert not list(seat.folder.glob("data.db.new*"))
        return told.killed

    assert each_step(run) > 10


@pytest.mark.parametrize("fault", ["error=ENOSPC", "error=EIO"])
def test_an_upgrade_that_the_disk_refuses_is_told_and_loses_nothing(
    traceable: None, copies: Iterator[Seat], fault: str
) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        told = child("upgrade", seat.root, seat.vault, seat.intake, inject=inject)
        if not is_later(seat):
            assert told.errors
            holds_what_was_saved(seat, told)
        return told.struck

    assert each_step(run, fault, {"pwrite64": 9, "fsync": 2}) > 3


def test_what_a_killed_upgrade_left_is_in_nobodys_way(seat: Seat) -> None:
    draft = seat.folder / "data.db.new"
    draft.write_bytes(b"half a copy")
    draft.with_name("data.db.new-wal").write_bytes(b"and its log")
    assert not is_later(seat)
    open_later(seat.root, seat.vault).close()
    assert is_later(seat)
    assert not list(seat.folder.glob("data.db.new*"))
