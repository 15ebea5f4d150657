from __future__ import annotations

import json
import shutil

import pytest

from ournydesk.crypto.kdf import Cost
from ournydesk.crypto.keys import MasterKey
from ournydesk.crypto.vault_header import SealedVault
from ournydesk.errors import Tampered, WrongPassphrase
from tests.fakes import cheap
from tests.integration.vault.conftest import Seat


def test_after_a_change_only_the_new_words_open(seat: Seat) -> None:
    database = seat.database.read_bytes()
    before = json.loads(seat.header.read_bytes())
    vault = seat.open()
    vault.change_passphrase(cheap.WORDS, cheap.OTHER_WORDS)
    vault.close()
    with pytest.raises(WrongPassphrase):
        seat.open(cheap.WORDS)
    seat.open(cheap.OTHER_WORDS).close()
    after = json.loads(seat.header.read_bytes())
    salts = {json.loads(members["header"])["salt"] for members in (before, after)}
    assert len(salts) == 2
    assert seat.database.read_bytes() == database


def test_a_change_can_make_guessing_dearer(seat: Seat) -> None:
    vault = seat.open()
    dearer = Cost(memory=128, iterations=2, lanes=1)
    vault.change_passphrase(cheap.WORDS, cheap.OTHER_WORDS, cost=dearer)
    vault.close()
    assert SealedVault.from_bytes(seat.header.read_bytes()).cost == dearer
    seat.open(cheap.OTHER_WORDS).close()


def test_a_change_can_give_the_vault_another_name(seat: Seat) -> None:
    vault = seat.open()
    before = vault.card.name
    vault.change_passphrase(cheap.WORDS, cheap.OTHER_WORDS, name="Seat 1 - Flushing Hall")
    vault.close()
    again = seat.open(cheap.OTHER_WORDS)
    assert (before, again.card.name) == (vault.card.name, "Seat 1 - Flushing Hall")
    again.close()


def test_wrong_old_words_change_nothing(seat: Seat) -> None:
    before = seat.header.read_bytes()
    vault = seat.open()
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase("wrong words", cheap.OTHER_WORDS)
    vault.close()
    assert seat.header.read_bytes() == before
    assert not (seat.folder / "vault.json.new").exists()


def test_the_header_of_another_vault_is_never_sealed_over_ours(seat: Seat, other_seat: Seat) -> None:
    vault = seat.open()
    shutil.copyfile(other_seat.header, seat.header)
    with pytest.raises(Tampered):
        vault.change_passphrase(cheap.WORDS, cheap.OTHER_WORDS)
    vault.close()
    assert seat.header.read_bytes() == other_seat.header.read_bytes()


def test_a_draft_that_does_not_prove_itself_never_takes_the_place(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seat.header.read_bytes()
    vault = seat.open()
    sealing = SealedVault.seal.__func__  # type: ignore[attr-defined]  # a class method's function

    def seals_another_key(cls: object, card: object, words: str, master: object, *rest: object) -> object:
        return sealing(SealedVault, card, words, MasterKey.fresh(), *rest)

    monkeypatch.setattr(SealedVault, "seal", classmethod(seals_another_key))
    with pytest.raises(Tampered):
        vault.change_passphrase(cheap.WORDS, cheap.OTHER_WORDS)
    vault.close()
    assert seat.header.read_bytes() == before
    seat.open().close()


def test_a_declined_intake_is_gone_from_the_log_at_once(seat: Seat) -> None:
    vault = seat.open()
    vault.intakes.destroy(seat.intake, "declined")
    assert (seat.folder / "data.db-wal").stat().st_size == 0
    vault.close()
