"""A seat's folder moves from a stick onto the laptop where it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from ournydesk.errors import BadInput, NotAVault
from ournydesk.store.moving import bring
from ournydesk.store.vaults import LaptopVaults
from tests.fakes.cheap import COST, POLICY, WORDS


@pytest.fixture
def stick(tmp_path: Path) -> LaptopVaults:
    return LaptopVaults(tmp_path / "stick", policy=POLICY, cost=COST)


def test_a_vault_is_moved_and_opens_where_it_came_to(tmp_path: Path, stick: LaptopVaults) -> None:
    card = stick.create("Seat 1", WORDS)
    opened = stick.open(card.id, WORDS)
    opened.preferences.set("kept", "yes")
    opened.close()
    (tmp_path / "stick" / card.id / "outgoing" / ("0" * 64 + ".op")).write_bytes(b"sealed")
    laptop = tmp_path / "laptop" / "vaults"
    assert bring(tmp_path / "stick" / card.id, laptop) == card
    assert stick.cards() == ()
    here = LaptopVaults(laptop, policy=POLICY, cost=COST)
    assert here.cards() == (card,)
    assert (laptop / card.id / "outgoing" / ("0" * 64 + ".op")).read_bytes() == b"sealed"
    opened = here.open(card.id, WORDS)
    assert opened.preferences.get("kept") == "yes"
    opened.close()


def test_one_that_is_here_already_stays_where_it_is(tmp_path: Path, stick: LaptopVaults) -> None:
    card = stick.create("Seat 1", WORDS)
    (tmp_path / "laptop" / card.id).mkdir(parents=True)
    with pytest.raises(BadInput, match="on this laptop already"):
        bring(tmp_path / "stick" / card.id, tmp_path / "laptop")
    assert stick.cards() == (card,)


def test_a_folder_that_is_no_vault_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(NotAVault):
        bring(tmp_path / "photos", tmp_path / "laptop")
    assert not (tmp_path / "laptop").exists()


def test_half_a_vault_is_not_taken(tmp_path: Path, stick: LaptopVaults) -> None:
    card = stick.create("Seat 1", WORDS)
    (tmp_path / "stick" / card.id / "data.db").unlink()
    with pytest.raises(BadInput, match=r"data\.db in that folder cannot be read"):
        bring(tmp_path / "stick" / card.id, tmp_path / "laptop")
    assert list((tmp_path / "laptop").iterdir()) == []
    assert (tmp_path / "stick" / card.id / "vault.json").exists()
