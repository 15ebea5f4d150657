"""vault.json in every state of disrepair: damage is called damage, never wrong words."""

from __future__ import annotations

import base64
import json
import shutil
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.crypto.envelope import digest
from ournydesk.crypto.vault_header import SUM_LABEL, SealedVault
from ournydesk.domain.ids import VaultId, new_id
from ournydesk.errors import DeskError, NotAVault, Refused, StoreBroken, Tampered, WrongPassphrase
from ournydesk.store.opened import open_folder
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap
from tests.integration.vault.conftest import Seat


def no_derivation(**_: object) -> None:
    raise AssertionError("derived before the header was checked")


def with_header(untrusted: bytes, **changes: object) -> bytes:
    """The file with other header fields and a check sum that fits them: what an attacker writes."""
    members: dict[str, Any] = json.loads(untrusted)
    header = json.loads(members["header"])
    for name, value in changes.items():
        place = header["kdf"] if name in header["kdf"] else header
        place[name] = value
    return summed(members | {"header": json.dumps(header)})


def summed(members: dict[str, Any]) -> bytes:
    parts = str(members["v"]).encode(), members["header"].encode(), base64.b64decode(members["sealed"])
    return json.dumps(members | {"sum": digest(SUM_LABEL, *parts).hex()}).encode()


def test_every_flipped_bit_is_damage(kept_seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argon2, "Argon2id", no_derivation)
    content = bytearray(kept_seat.header.read_bytes())
    for bit in range(len(content) * 8):
        content[bit // 8] ^= 1 << bit % 8
        with pytest.raises(StoreBroken) as caught:
            SealedVault.from_bytes(bytes(content))
        assert caught.value.code == "store.header"
        content[bit // 8] ^= 1 << bit % 8


def test_every_cut_is_damage(kept_seat: Seat) -> None:
    content = kept_seat.header.read_bytes()
    for length in range(len(content) - 1):
        with pytest.raises(StoreBroken) as caught:
            SealedVault.from_bytes(content[:length])
        assert caught.value.code == "store.header"


@given(st.data())
def test_any_bytes_in_its_place_are_damage(kept_seat: Seat, data: st.DataObject) -> None:
    content = kept_seat.header.read_bytes()
    at = data.draw(st.integers(0, len(content)))
    behind = data.draw(st.integers(at, len(content)))
    put = data.draw(st.one_of(st.binary(max_size=40), st.text(max_size=20).map(lambda text: text.encode())))
    changed = content[:at] + put + content[behind:]
    if changed.rstrip() == content.rstrip():
        return
    with pytest.raises(StoreBroken) as caught:
        SealedVault.from_bytes(changed)
    assert caught.value.code == "store.header"


@pytest.mark.parametrize("words", [cheap.WORDS, "wrong words"])
def test_a_damaged_header_is_told_before_the_words_matter(seat: Seat, words: str) -> None:
    content = bytearray(seat.header.read_bytes())
    content[len(content) // 2] ^= 1
    seat.header.write_bytes(content)
    with pytest.raises(StoreBroken):
        seat.open(words)
    assert [card.name for card in LaptopVaults(seat.root).cards()] == [""]


def test_a_header_that_is_gone_is_not_made_anew(seat: Seat) -> None:
    seat.header.unlink()
    with pytest.raises(StoreBroken) as caught:
        seat.open()
    assert caught.value.facts["why"] == "missing"
    assert not seat.header.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"memory_cost": 63},
        {"memory_cost": 257},
        {"memory_cost": 64 * 1024 * 1024},
        {"memory_cost": -1},
        {"iterations": 0},
        {"iterations": 3},
        {"lanes": 0},
        {"lanes": 3},
    ],
    ids=str,
)
def test_a_cost_outside_the_limits_is_refused_before_deriving(
    seat: Seat, changes: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(argon2, "Argon2id", no_derivation)
    seat.header.write_bytes(with_header(seat.header.read_bytes(), **changes))
    with pytest.raises(Tampered) as caught:
        seat.open()
    assert caught.value.code == "vault.limits"


@pytest.mark.parametrize("changes", [{"memory_cost": 65}, {"iterations": 2}, {"note": "x"}], ids=str)
def test_a_header_rewritten_inside_the_limits_opens_nothing(seat: Seat, changes: dict[str, object]) -> None:
    seat.header.write_bytes(with_header(seat.header.read_bytes(), **changes))
    with pytest.raises(WrongPassphrase):
        seat.open()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "argon2d"}, "refused.newer"),
        ({"salt": "00"}, "vault.header"),
        ({"salt": "no hexadecimal"}, "vault.header"),
        ({"id": "0" * 31}, "vault.header"),
        ({"memory_cost": True}, "vault.header"),
        ({"kdf": []}, "vault.header"),
        ({"v": 0}, "vault.header"),
        ({"v": 2}, "refused.newer"),
        ({"note": "a\u202eb"}, "vault.header"),
    ],
    ids=str,
)
def test_a_header_nobody_writes_is_told(seat: Seat, changes: dict[str, object], code: str) -> None:
    content = seat.header.read_bytes()
    changed = with_header(content, **changes)
    with pytest.raises(DeskError) as caught:
        SealedVault.from_bytes(changed)
    assert caught.value.code == code


def test_a_whole_file_of_a_later_version_is_newer_not_damaged(seat: Seat) -> None:
    members = json.loads(seat.header.read_bytes())
    with pytest.raises(Refused) as caught:
        SealedVault.from_bytes(summed(members | {"v": 2}))
    assert caught.value.code == "refused.newer"


def test_the_header_of_another_vault_is_not_taken_for_wrong_words(seat: Seat, other_seat: Seat) -> None:
    shutil.copyfile(other_seat.header, seat.header)
    with pytest.raises(Tampered) as caught:
        seat.open()
    assert caught.value.facts["why"] == "other"
    # Opened by its path, as a copy with another name is: the database answers to another key.
    with pytest.raises(StoreBroken) as broken:
        open_folder(seat.folder, cheap.WORDS, policy=cheap.POLICY)
    assert broken.value.facts["why"] == "other"
    assert [card.id for card in LaptopVaults(seat.root).cards()] == [seat.vault]


def test_a_folder_under_another_name_is_no_second_vault(seat: Seat) -> None:
    copy = VaultId(new_id())
    shutil.copytree(seat.folder, seat.root / copy)
    vaults = LaptopVaults(seat.root, policy=cheap.POLICY)
    assert {(card.id, card.name) for card in vaults.cards()} == {(seat.vault, "Invented seat"), (copy, "")}
    with pytest.raises(Tampered):
        vaults.open(copy, cheap.WORDS)


def test_the_sealed_key_of_another_vault_opens_nothing(seat: Seat, other_seat: Seat) -> None:
    mine, other = (json.loads(one.header.read_bytes()) for one in (seat, other_seat))
    seat.header.write_bytes(summed(mine | {"sealed": other["sealed"]}))
    with pytest.raises(WrongPassphrase):
        seat.open()


def test_a_draft_serves_when_the_header_is_gone_and_takes_its_place(seat: Seat) -> None:
    whole = seat.header.read_bytes()
    draft = seat.folder / "vault.json.new"
    seat.header.rename(draft)
    seat.open().close()
    assert seat.header.read_bytes() == whole
    assert not draft.exists()


def test_a_half_written_draft_is_removed(seat: Seat) -> None:
    draft = seat.folder / "vault.json.new"
    draft.write_bytes(seat.header.read_bytes()[:100])
    seat.open().close()
    assert not draft.exists()


def test_only_a_vault_is_a_vault(seat: Seat) -> None:
    seat.header.unlink()
    seat.database.unlink()
    with pytest.raises(NotAVault):
        seat.open()
