from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ournydesk.domain.answers import Answer, Said
from ournydesk.domain.ids import Path as AnswerPath
from ournydesk.domain.ids import VaultId, new_id
from ournydesk.domain.intake import Progress
from ournydesk.errors import AlreadyOpen, NotAVault, Refused, WrongPassphrase
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap
from tests.integration.vault.conftest import Seat


def test_what_was_recorded_is_there_after_locking_and_unlocking(seat: Seat) -> None:
    vault = seat.open()
    vault.intakes.append(seat.intake, cheap.trip("Nowhere"), Progress(sections=3, missing=2), cheap.later(5))
    before = vault.intakes.answers(seat.intake)
    vault.close()
    vault.close()
    vault = seat.open()
    assert vault.intakes.answers(seat.intake) == before
    assert vault.intakes.row(seat.intake).changed_at == cheap.later(5)
    assert vault.intakes.row(seat.intake).progress == Progress(sections=3, missing=2)
    assert len(before.rows[AnswerPath("/data/trips")]) == 1
    assert vault.forms.version(cheap.FORM.hash) == cheap.FORM
    assert vault.check().sound
    vault.close()


@pytest.mark.parametrize("words", ["", " ", "other words", cheap.WORDS + "s", "x" * 2000, "\ud800"])
def test_wrong_words_are_wrong_and_change_nothing(seat: Seat, words: str) -> None:
    before = {path.name: path.read_bytes() for path in seat.folder.iterdir() if path.is_file()}
    with pytest.raises(WrongPassphrase):
        seat.open(words)
    assert {path.name: path.read_bytes() for path in seat.folder.iterdir() if path.is_file()} == before


def test_the_same_words_typed_differently_open(seat: Seat) -> None:
    seat.open("  Invented  WORDS for\ta test vault ").close()


def test_a_vault_that_is_open_says_so_and_stays_open(seat: Seat) -> None:
    vault = seat.open()
    with pytest.raises(AlreadyOpen):
        seat.open()
    assert vault.check().sound
    vault.close()


def test_a_folder_without_a_vault_is_none(tmp_path: Path) -> None:
    vaults = LaptopVaults(tmp_path, policy=cheap.POLICY)
    (tmp_path / ("0" * 32)).mkdir()
    for vault in (new_id(), "0" * 32, "../elsewhere", ""):
        with pytest.raises(NotAVault):
            vaults.open(VaultId(vault), cheap.WORDS)
    assert vaults.cards() == ()
    assert LaptopVaults(tmp_path / "not there").cards() == ()


def test_a_link_is_not_followed(seat: Seat, tmp_path: Path) -> None:
    link = VaultId(new_id())
    (seat.root / link).symlink_to(seat.folder)
    with pytest.raises(Refused) as caught:
        LaptopVaults(seat.root, policy=cheap.POLICY).open(link, cheap.WORDS)
    assert (caught.value.code, caught.value.facts["why"]) == ("refused.folder", "link")


def test_only_the_owner_can_look_in(seat: Seat) -> None:
    vault = seat.open()
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (seat.folder, *seat.folder.rglob("*"))}
    vault.close()
    assert {path.name for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == set()


def test_vaults_stand_side_by_side(seat: Seat) -> None:
    vaults = LaptopVaults(seat.root, policy=cheap.POLICY, cost=cheap.COST)
    second = vaults.create("Another seat", cheap.OTHER_WORDS)
    assert [card.name for card in vaults.cards()] == ["Another seat", "Invented seat"]
    with pytest.raises(WrongPassphrase):
        vaults.open(second.id, cheap.WORDS)
    first, other = seat.open(), vaults.open(second.id, cheap.OTHER_WORDS)
    assert other.intakes.rows() == ()
    first.close()
    other.close()


def test_a_vault_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        LaptopVaults(tmp_path, policy=cheap.POLICY, cost=cheap.COST).create("a\u202eb", cheap.WORDS)
    assert list(tmp_path.iterdir()) == []


def test_unknown_and_declined_answers_stay_what_they_are(seat: Seat) -> None:
    vault = seat.open()
    path = AnswerPath("/data/q1")
    for answer in (Answer("", Said.DECLINED), Answer("", Said.UNKNOWN), Answer()):
        event = cheap.said(path, "")
        vault.intakes.append(seat.intake, [type(event)(path, answer)], Progress(sections=3), cheap.later(2))
        assert vault.intakes.answers(seat.intake).get(path) == answer
    vault.close()
