"""A disk that is full says so, takes nothing, loses nothing and works again when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ournydesk.domain.intake import Progress
from ournydesk.errors import StoreBroken
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap
from tests.integration.vault.conftest import Seat
from ui.messages import MESSAGES


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path, leave: int = 0) -> Path:
    """A file that takes all but some bytes of the disk."""
    free = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(bytes(free.f_bavail * free.f_frsize - leave))
    return filler


def test_a_full_disk_is_told_and_nothing_is_lost(kept_seat: Seat, small_disk: Path) -> None:
    seat = Seat(small_disk / "vaults", kept_seat.vault, kept_seat.intake)
    shutil.copytree(kept_seat.root, seat.root)
    vault = seat.open()
    events = [cheap.said("/data/q1", "before")]
    vault.intakes.append(seat.intake, events, Progress(sections=3), cheap.later(1))
    filler = fill(small_disk)
    with pytest.raises(StoreBroken) as caught:
        vault.intakes.append(seat.intake, [cheap.said("/data/q2", "x" * 100_000)], Progress(), cheap.later(2))
    assert caught.value.code == "store.full"
    assert caught.value.code in MESSAGES
    assert vault.intakes.answers(seat.intake).get(events[0].path).text == "before"
    with pytest.raises(StoreBroken) as caught:
        vault.change_passphrase(cheap.WORDS, cheap.OTHER_WORDS)
    assert caught.value.code == "store.full"
    filler.unlink()
    vault.intakes.append(seat.intake, [cheap.said("/data/q2", "after")], Progress(), cheap.later(3))
    assert vault.check().sound
    vault.close()
    vault = seat.open()
    assert vault.intakes.answers(seat.intake).get(cheap.said("/data/q2", "").path).text == "after"
    vault.close()


def test_a_vault_locked_on_a_full_disk_opens_when_there_is_room(kept_seat: Seat, small_disk: Path) -> None:
    seat = Seat(small_disk / "vaults", kept_seat.vault, kept_seat.intake)
    shutil.copytree(kept_seat.root, seat.root)
    vault = seat.open()
    vault.intakes.append(seat.intake, [cheap.said("/data/late", "y" * 50_000)], Progress(), cheap.later(1))
    filler = fill(small_disk)
    vault.close()
    filler.unlink()
    vault = seat.open()
    assert vault.intakes.answers(seat.intake).get(cheap.said("/data/late", "").path).text == "y" * 50_000
    assert vault.check().sound
    vault.close()


@pytest.mark.parametrize("leave", [0, 4096, 16 * 1024, 64 * 1024])
def test_a_vault_that_does_not_fit_leaves_nothing(small_disk: Path, leave: int) -> None:
    filler = fill(small_disk, leave)
    root = small_disk / "vaults"
    vaults = LaptopVaults(root, policy=cheap.POLICY, cost=cheap.COST)
    with pytest.raises(StoreBroken) as caught:
        vaults.create("Invented seat", cheap.WORDS)
    assert caught.value.code == "store.full"
    assert vaults.cards() == ()
    filler.unlink()
    card = vaults.create("Invented seat", cheap.WORDS)
    assert [path.name for path in root.iterdir()] == [card.id]
