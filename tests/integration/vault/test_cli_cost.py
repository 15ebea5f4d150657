"""Making guesses dearer from the command line."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from ournydesk.cli.vault import cost
from ournydesk.crypto.vault_header import SealedVault
from tests.fakes import cheap
from tests.integration.vault.conftest import Seat

ROOMY = replace(cheap.POLICY, ceiling=replace(cheap.POLICY.ceiling, memory=cheap.COST.memory * 4))


def test_a_guess_becomes_dearer_once_and_the_same_words_open(
    seat: Seat, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = tmp_path / "words.txt"
    words.write_text(cheap.WORDS, encoding="utf-8")
    args = argparse.Namespace(vault=seat.folder, passphrase_file=str(words))
    assert cost(args, ROOMY) == 0
    assert "0.25 MiB now, not 0.0625 MiB" in capsys.readouterr().out
    assert SealedVault.from_bytes(seat.header.read_bytes()).cost.memory == cheap.COST.memory * 4
    vault = seat.open()
    assert vault.check().sound
    vault.close()
    before = seat.header.read_bytes()
    assert cost(args, ROOMY) == 0
    assert "stays so" in capsys.readouterr().out
    assert seat.header.read_bytes() == before
