from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.ids import IntakeId, VaultId
from ournydesk.domain.vault import Health, VaultCard
from ournydesk.errors import (
    AlreadyOpen,
    DeskError,
    NotAVault,
    Refused,
    StoreBroken,
    Tampered,
    WrongPassphrase,
)
from ournydesk.ports import OpenVault
from ournydesk.services import vault
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault

VAULT = VaultId("0" * 32)
OTHER = VaultId("1" * 32)
GOOD = "marble otter sings upstairs tonight"
BOOK = WordBook.bundled()


class OpenedVault(FakeOpenVault):
    def __init__(self) -> None:
        super().__init__("Front desk")
        self.card = VaultCard(id=VAULT, name="Front desk")
        self.changed: list[tuple[str, str]] = []

    def change_passphrase(self, old: str, new: str, *, name: str = "") -> None:
        self.changed.append((old, new))


@dataclass
class FakeVaults:
    error: DeskError | None = None
    made: list[tuple[str, str]] = field(default_factory=list)

    def cards(self) -> tuple[VaultCard, ...]:
        return (OpenedVault().card,)

    def create(self, name: str, passphrase: str) -> VaultCard:
        self.made.append((name, passphrase))
        return VaultCard(id=VAULT, name=name)

    def restore(self, bundle: Path, passphrase: str) -> VaultCard:
        raise NotImplementedError(bundle, passphrase)

    def open(self, vault: VaultId, passphrase: str) -> OpenVault:
        if passphrase != GOOD:
            raise WrongPassphrase
        if self.error:
            raise self.error
        return OpenedVault()


def tried(attempts: vault.Attempts, which: VaultId = VAULT) -> object:
    with pytest.raises(WrongPassphrase) as caught:
        vault.unlock(which, "wrong", vaults=FakeVaults(), attempts=attempts)
    return caught.value.facts["wait_seconds"]


def test_each_wrong_try_waits_twice_as_long_up_to_a_minute() -> None:
    attempts = vault.Attempts()
    assert attempts.delay(VAULT).total_seconds() == 0
    assert [tried(attempts) for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_thousand_wrong_tries_lock_nobody_out() -> None:
    attempts = vault.Attempts()
    assert {tried(attempts) for _ in range(1000)} == {1, 2, 4, 8, 16, 32, 60}
    vault.unlock(VAULT, GOOD, vaults=FakeVaults(), attempts=attempts)
    assert tried(attempts) == 1


def test_one_vaults_wrong_tries_do_not_slow_another() -> None:
    attempts = vault.Attempts()
    tried(attempts)
    tried(attempts)
    assert tried(attempts, OTHER) == 1


@pytest.mark.parametrize(
    "make",
    [AlreadyOpen, NotAVault, Tampered, lambda: StoreBroken("store.header"), lambda: Refused("refused.newer")],
)
def test_what_is_no_wrong_passphrase_is_not_counted_as_one(make: Callable[[], DeskError]) -> None:
    attempts, error = vault.Attempts(), make()
    with pytest.raises(type(error)):
        vault.unlock(VAULT, GOOD, vaults=FakeVaults(error), attempts=attempts)
    assert attempts.delay(VAULT).total_seconds() == 0


def test_a_vault_is_made_only_with_words_that_are_good_enough() -> None:
    vaults = FakeVaults()
    with pytest.raises(Refused):
        vault.create("Front desk", "too easy", vaults=vaults, words=BOOK)
    assert vaults.made == []
    vault.create("  Front desk ", GOOD, vaults=vaults, words=BOOK)
    assert vaults.made == [("Front desk", GOOD)]


def test_a_passphrase_changes_only_to_one_that_is_good_enough() -> None:
    opened = OpenedVault()
    with pytest.raises(Refused):
        vault.change_passphrase(GOOD, "too easy", opened=opened, words=BOOK)
    assert opened.changed == []
    vault.change_passphrase(GOOD, GOOD + " again", opened=opened, words=BOOK)
    assert opened.changed == [(GOOD, GOOD + " again")]
    assert vault.check(opened=opened).sound
    assert len(vault.new_words(words=BOOK)) == 6


class LookedOver(OpenedVault):
    """Counts how often every page was looked at; ``health`` is what was found."""

    def __init__(self, health: Health) -> None:
        super().__init__()
        self.health, self.looks, self.rebuilt = health, 0, 0

    def check(self) -> Health:
        self.looks += 1
        return self.health

    def rebuild(self) -> None:
        self.rebuilt += 1


def test_every_page_is_looked_at_once_a_week() -> None:
    clock, opened = TickingClock(), LookedOver(Health(intakes=0, events=0))
    for days, looks in ((0, 1), (1, 1), (5, 1), (1, 2), (-20, 3)):
        clock.move(days=days)
        vault.look_over(opened=opened, clock=clock)
        assert opened.looks == looks


def test_a_damaged_page_is_told_at_every_unlock_until_somebody_mends_it() -> None:
    opened = LookedOver(Health(intakes=0, events=0, damaged_pages=(3,)))
    for _ in range(2):
        with pytest.raises(StoreBroken) as caught:
            vault.look_over(opened=opened, clock=TickingClock())
        assert caught.value.facts["pages"] == (3,)


def test_what_is_only_shown_wrongly_is_mended() -> None:
    opened = LookedOver(Health(intakes=1, events=1, differing=(IntakeId("0" * 32),)))
    vault.look_over(opened=opened, clock=TickingClock())
    assert opened.rebuilt == 1
