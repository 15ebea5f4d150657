from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import pytest

from ournydesk import cli
from ournydesk.cli import opening, vault
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap
from tests.integration.vault.conftest import Seat
from tests.integration.vault.test_damaged_database import PAGE, flip


@pytest.fixture(autouse=True)
def cheap_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(args: argparse.Namespace) -> object:
        return opening.opened(args, cheap.POLICY)

    def vaults(folder: Path) -> LaptopVaults:
        return LaptopVaults(folder, policy=cheap.POLICY)

    monkeypatch.setattr(vault, "opened", opened)
    monkeypatch.setattr(vault, "vaults", vaults)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "words.txt"
    file.write_text(f"{cheap.WORDS}\n", encoding="utf-8")
    return file


def check(seat: Seat, words: Path | str) -> int:
    return cli.main(["vault", "check", "--vault", str(seat.folder), "--passphrase-file", str(words)])


def test_a_whole_vault_is_said_to_be_whole(
    seat: Seat, words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(seat, words) == 0
    said = capsys.readouterr()
    assert "Intakes: 1\nEvents: 62\nWhole:" in said.out
    assert said.err == ""


def test_words_may_come_through_standard_input(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + cheap.WORDS.encode()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert check(seat, "-") == 0
    assert "Whole" in capsys.readouterr().out


def test_damage_is_found_and_its_pages_named(
    seat: Seat, words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flip(seat.database, 3 * PAGE + 100)
    assert check(seat, words) == 1
    said = capsys.readouterr()
    assert said.out.startswith("Damaged: ")
    assert "Pages that are not authentic: 4" in said.out
    assert said.err == ""


@pytest.mark.parametrize("file", ["vault.json", "data.db"])
def test_a_file_that_is_gone_or_cut_is_damage(
    seat: Seat, words: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (seat.folder / file).write_bytes((seat.folder / file).read_bytes()[:300])
    assert check(seat, words) == 1
    (seat.folder / file).unlink()
    assert check(seat, words) == 1
    assert capsys.readouterr().out.count("Damaged: ") == 2


def test_answers_that_are_not_what_was_recorded_are_named(
    seat: Seat, words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = seat.open()
    with opened._database.transaction():
        opened._database.write("UPDATE answers SET text = 'forged' WHERE path = '/data/q1'")
    opened.close()
    assert check(seat, words) == 1
    said = capsys.readouterr().out
    assert f"intake {seat.intake}" in said
    assert "forged" not in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not the words", "These words do not open this vault."),
        (b"", "is empty"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"x" * 5000, "is longer than any passphrase"),
    ],
)
def test_words_that_do_not_serve_get_one_sentence(
    seat: Seat, words: Path, content: bytes, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words.write_bytes(content)
    assert check(seat, words) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_no_vault_no_file_and_no_terminal_get_one_sentence(
    seat: Seat,
    words: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    for arguments, sentence in (
        (["--vault", str(tmp_path), "--passphrase-file", str(words)], "no vault"),
        (["--vault", str(seat.folder), "--passphrase-file", str(tmp_path / "none")], "none"),
        (["--vault", str(seat.folder)], "--passphrase-file"),
    ):
        assert cli.main(["vault", "check", *arguments]) == 2
        said = capsys.readouterr().err
        assert sentence in said
        assert said.count("\n") == 1


def test_a_vault_that_is_open_elsewhere_is_not_called_damaged(
    seat: Seat, words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = seat.open()
    assert check(seat, words) == 2
    assert "open in another window" in capsys.readouterr().err
    opened.close()


def test_a_link_is_named(seat: Seat, words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "link").symlink_to(seat.folder)
    arguments = ["vault", "check", "--vault", str(tmp_path / "link"), "--passphrase-file", str(words)]
    assert cli.main(arguments) == 2
    assert "a link" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["vault", "--help"], ["vault", "check", "--help"]])
def test_help_has_an_example(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 0
    assert "Example: ournydesk vault check --vault DIR" in capsys.readouterr().out


def test_a_backup_is_written_and_restored(
    seat: Seat, words: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, shelf = tmp_path / "seat.ourny-backup", tmp_path / "elsewhere"
    opens = ["--passphrase-file", str(words)]
    assert cli.main(["vault", "backup", "--vault", str(seat.folder), *opens, "--to", str(file)]) == 0
    assert "its words open it" in capsys.readouterr().out
    assert cli.main(["vault", "restore", str(file), "--into", str(shelf), *opens]) == 0
    assert str(shelf / seat.vault) in capsys.readouterr().out
    assert cli.main(["vault", "check", "--vault", str(shelf / seat.vault), *opens]) == 0
    assert "Whole" in capsys.readouterr().out
    for command, sentence in (
        (["backup", "--vault", str(seat.folder), "--to", str(file)], "is there already"),
        (["backup", "--vault", str(seat.folder), "--to", str(tmp_path / "no" / "where")], "no folder"),
        (["restore", str(file), "--into", str(shelf)], "already"),
        (["restore", str(words), "--into", str(shelf)], "no backup of a seat"),
        (["restore", str(tmp_path / "missing"), "--into", str(shelf)], "missing"),
    ):
        assert cli.main(["vault", *command, *opens]) == 2
        said = capsys.readouterr()
        assert sentence in said.err
        assert len(said.err.splitlines()) == 1
