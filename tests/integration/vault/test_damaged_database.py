"""data.db in every state of disrepair."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ournydesk.domain.intake import Progress
from ournydesk.errors import AlreadyOpen, DeskError, StoreBroken
from tests.fakes import cheap
from tests.integration.vault.conftest import Seat

PAGE = 4096


def flip(path: Path, at: int) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes((byte ^ 1,)))


def broken(seat: Seat) -> StoreBroken:
    with pytest.raises(StoreBroken) as caught:
        seat.open().close()
    assert caught.value.code == "store.database"
    return caught.value


def test_a_bit_in_any_page_is_damage_and_the_page_is_named(
    kept_seat: Seat, copied: Callable[[str], Seat]
) -> None:
    pages = kept_seat.database.stat().st_size // PAGE
    assert pages > 10
    for page in range(pages):
        seat = copied(f"page{page}")
        flip(seat.database, page * PAGE + 2000)
        assert broken(seat).facts["pages"] == (page + 1,)


@pytest.mark.parametrize("at", [0, 16, 100, PAGE - 81, PAGE - 80, PAGE - 65, PAGE - 64, PAGE - 1])
def test_every_region_of_a_page_is_covered(seat: Seat, at: int) -> None:
    flip(seat.database, 2 * PAGE + at)
    assert broken(seat).facts["pages"] == (3,)


def test_the_salt_in_front_is_not_believed(seat: Seat) -> None:
    """The salt follows from the master key; what the file claims is only read to tell whose it is."""
    flip(seat.database, 3)
    vault = seat.open()
    assert vault.check().sound
    vault.close()


@pytest.mark.parametrize("length", [0, 1, 511, 512, 4095, 4096, 3 * PAGE, 3 * PAGE + 7, -PAGE, -1])
def test_a_cut_file_is_damage(seat: Seat, length: int) -> None:
    content = seat.database.read_bytes()
    seat.database.write_bytes(content[:length])
    broken(seat)


def test_a_file_that_is_gone_is_not_made_anew(seat: Seat) -> None:
    seat.database.unlink()
    assert broken(seat).facts["why"] == "missing"
    assert not seat.database.exists()


def test_two_pages_that_changed_places_are_damage(seat: Seat) -> None:
    content = seat.database.read_bytes()
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    pages[3], pages[4] = pages[4], pages[3]
    seat.database.write_bytes(b"".join(pages))
    assert broken(seat).facts["pages"] == (4, 5)


def test_the_database_of_another_vault_is_not_ours(seat: Seat, other_seat: Seat) -> None:
    shutil.copyfile(other_seat.database, seat.database)
    assert broken(seat).facts["why"] == "other"


def test_a_page_of_another_vault_is_damage(seat: Seat, other_seat: Seat) -> None:
    other = other_seat.database.read_bytes()[2 * PAGE : 3 * PAGE]
    content = seat.database.read_bytes()
    seat.database.write_bytes(content[: 2 * PAGE] + other + content[3 * PAGE :])
    assert broken(seat).facts["pages"] == (3,)


def test_an_open_database_is_refused_even_when_it_is_whole(seat: Seat) -> None:
    seat.database.unlink()
    plain = sqlite3.connect(seat.database)
    plain.execute("CREATE TABLE events (intake TEXT)")
    plain.close()
    assert broken(seat).facts["why"] == "not_encrypted"


@pytest.mark.parametrize("content", [bytes(PAGE), b"\xff" * PAGE, b"no database at all " * 400])
def test_any_other_file_is_damage(seat: Seat, content: bytes) -> None:
    seat.database.write_bytes(content)
    broken(seat)


def killed(seat: Seat, copy: Path) -> Seat:
    """A copy of the vault as a killed desk leaves it: with a log beside the database.

    Copied by another process, because closing a handle here would drop the vault's own lock.
    """
    vault = seat.open()
    for number in range(20):
        event = cheap.said(f"/data/late{number}", "x" * 300)
        vault.intakes.append(seat.intake, [event], Progress(sections=3), cheap.later(number))
    subprocess.run(["cp", "-r", str(seat.root), str(copy)], check=True)
    vault.close()
    return Seat(copy, seat.vault, seat.intake)


def test_an_untidy_end_loses_nothing(seat: Seat, tmp_path: Path) -> None:
    left = killed(seat, tmp_path / "left")
    vault = left.open()
    assert vault.intakes.answers(left.intake).get(cheap.said("/data/late19", "").path).text == "x" * 300
    assert vault.check().sound
    vault.close()


def test_a_cut_or_flipped_log_gives_an_earlier_state_that_is_whole(seat: Seat, tmp_path: Path) -> None:
    left = killed(seat, tmp_path / "left")
    size = (left.folder / "data.db-wal").stat().st_size
    for number, at in enumerate(range(0, size, size // 25)):
        for flipped in (True, False):
            one = Seat(tmp_path / f"{number}{flipped}", left.vault, left.intake)
            shutil.copytree(left.root, one.root)
            log = one.folder / "data.db-wal"
            if flipped:
                flip(log, at)
            else:
                log.write_bytes(log.read_bytes()[:at])
            vault = one.open()
            assert vault.check().sound
            vault.close()


def test_a_log_of_another_vault_is_never_read_into_ours(seat: Seat, other_seat: Seat, tmp_path: Path) -> None:
    theirs = killed(other_seat, tmp_path / "theirs")
    shutil.copyfile(theirs.folder / "data.db-wal", seat.folder / "data.db-wal")
    with pytest.raises(StoreBroken):
        seat.open()


def test_a_second_process_is_told_that_the_vault_is_open(seat: Seat) -> None:
    vault = seat.open()
    code = (
        "import sys, pathlib\n"
        "from ournydesk.store.opened import open_folder\n"
        "from ournydesk.errors import DeskError\n"
        "from tests.fakes import cheap\n"
        "try:\n    open_folder(pathlib.Path(sys.argv[1]), cheap.WORDS, policy=cheap.POLICY)\n"
        "except DeskError as error:\n    print(error.code)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(seat.folder)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert (said.stdout.strip(), said.stderr) == (AlreadyOpen.code, "")
    assert vault.check().sound
    vault.close()


def test_nothing_is_said_on_standard_error(seat: Seat, capfd: pytest.CaptureFixture[str]) -> None:
    flip(seat.database, 2 * PAGE + 50)
    with pytest.raises(DeskError):
        seat.open()
    assert capfd.readouterr() == ("", "")


def test_after_an_untidy_end_even_pages_that_hold_nothing_are_looked_at(seat: Seat, tmp_path: Path) -> None:
    vault = seat.open()
    vault.intakes.destroy(seat.intake, "declined")
    vault.preferences.set("x", "1")
    subprocess.run(["cp", "-r", str(seat.root), str(tmp_path / "left")], check=True)
    vault.close()
    left = Seat(tmp_path / "left", seat.vault, seat.intake)
    flip(left.database, left.database.stat().st_size - 1000)
    assert broken(left).facts["pages"] == (left.database.stat().st_size // PAGE,)


@pytest.mark.parametrize("name", ["data.db-journal", "data.db-wal", "data.db-shm"])
@pytest.mark.parametrize("content", [b"", b"junk" * 2000, bytes(5000)], ids=["empty", "junk", "zeros"])
def test_junk_beside_the_database_does_no_harm(seat: Seat, name: str, content: bytes) -> None:
    (seat.folder / name).write_bytes(content)
    vault = seat.open()
    assert len(vault.intakes.answers(seat.intake).values) == 60
    assert vault.check().sound
    vault.close()
