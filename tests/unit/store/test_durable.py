"""Many files at once are whole or absent, and what a disk refuses is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ournydesk.errors import StoreBroken
from ournydesk.store import durable


def test_many_files_stand_whole_for_their_owner_only_and_nothing_else_is_left(tmp_path: Path) -> None:
    files = {tmp_path / f"{at}.op": bytes([at]) * 70_000 for at in range(40)}
    durable.write_all(files)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files
    assert {path.stat().st_mode & 0o777 for path in files} == {durable.PRIVATE_FILE}


def test_a_disk_that_fails_half_way_puts_none_of_them_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    def failing(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 3:
            raise OSError(5, "the disk")

    monkeypatch.setattr(os, "fsync", failing)
    files = {tmp_path / f"{at}.op": b"sealed" for at in range(5)}
    with pytest.raises(StoreBroken) as caught:
        durable.write_all(files)
    assert caught.value.code == "store.write"
    assert not any(path.exists() for path in files)
    for handle in synced:
        with pytest.raises(OSError, match="descriptor"):
            os.fstat(handle)
