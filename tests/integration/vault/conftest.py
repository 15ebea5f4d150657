"""A vault with an intake in it, made once and copied for every test that breaks one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ournydesk.domain.ids import IntakeId, VaultId
from ournydesk.domain.intake import Progress
from ournydesk.store.opened import StoredVault
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap


@dataclass(frozen=True)
class Seat:
    """One vault in a folder of vaults."""

    root: Path
    vault: VaultId
    intake: IntakeId

    @property
    def folder(self) -> Path:
        return self.root / self.vault

    @property
    def header(self) -> Path:
        return self.folder / "vault.json"

    @property
    def database(self) -> Path:
        return self.folder / "data.db"

    def open(self, words: str = cheap.WORDS) -> StoredVault:
        return LaptopVaults(self.root, policy=cheap.POLICY).open(self.vault, words)


def make_seat(root: Path, words: str = cheap.WORDS, answers: int = 60) -> Seat:
    vaults = LaptopVaults(root, policy=cheap.POLICY, cost=cheap.COST)
    card = vaults.create("Invented seat", words)
    vault = vaults.open(card.id, words)
    vault.forms.keep(cheap.FORM)
    head = cheap.head()
    vault.intakes.start(head)
    events = [cheap.said(f"/data/q{number}", f"invented answer {number} " * 20) for number in range(answers)]
    vault.intakes.append(head.id, events, Progress(sections=3), cheap.later(1))
    vault.close()
    return Seat(root, card.id, head.id)


@pytest.fixture(scope="session")
def kept_seat(tmp_path_factory: pytest.TempPathFactory) -> Seat:
    return make_seat(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="session")
def other_seat(tmp_path_factory: pytest.TempPathFactory) -> Seat:
    """Another vault that the same words open: only its keys are different."""
    return make_seat(tmp_path_factory.mktemp("other"))


@pytest.fixture
def copied(kept_seat: Seat, tmp_path: Path) -> Callable[[str], Seat]:
    def copy(name: str) -> Seat:
        shutil.copytree(kept_seat.root, tmp_path / name)
        return Seat(tmp_path / name, kept_seat.vault, kept_seat.intake)

    return copy


@pytest.fixture
def seat(copied: Callable[[str], Seat]) -> Seat:
    return copied("seat")
