"""Making, unlocking and looking over a vault. Layer: services.

Unlocking takes about a second and the memory of one key derivation: call it on the vault's lane. The
vault it returns belongs to that thread until it is closed, which is what locking means.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from ournydesk.errors import Refused, StoreBroken, WrongPassphrase

if TYPE_CHECKING:
    from pathlib import Path

    from ournydesk.clock import Clock
    from ournydesk.domain.ids import VaultId
    from ournydesk.domain.vault import Health, VaultCard
    from ournydesk.ports import OpenVault, Vaults, Words

LONGEST_DELAY: Final = timedelta(seconds=60)
WEEK: Final = timedelta(days=7)
LOOKED_OVER: Final = "vault.looked_over"


class Attempts:
    """Wrong passphrases of this process, by vault: what the unlock screen waits for.

    A courtesy that stops a child at the keyboard. Someone who has the files does not wait here;
    against them stands what one derivation costs. Nothing is ever wiped after a number of tries.
    """

    def __init__(self) -> None:
        self._failed: dict[VaultId, int] = {}

    def delay(self, vault: VaultId) -> timedelta:
        """How long to wait before the next try: 0 at first, then 1, 2, 4 … 60 seconds."""
        failed = self._failed.get(vault, 0)
        return min(timedelta(seconds=2 ** (min(failed, 7) - 1)), LONGEST_DELAY) if failed else timedelta()

    def failed(self, vault: VaultId) -> None:
        """One more wrong passphrase."""
        self._failed[vault] = self._failed.get(vault, 0) + 1

    def opened(self, vault: VaultId) -> None:
        """The right one: start counting anew."""
        self._failed.pop(vault, None)


def new_words(*, words: Words) -> tuple[str, ...]:
    """Six fresh words for a new vault or a new passphrase."""
    return words.generate()


def create(name: str, passphrase: str, *, vaults: Vaults, words: Words) -> VaultCard:
    """A new vault, opened once from the disk with these words before this returns.

    Raises Refused("refused.passphrase") for words that are too easy, Refused("refused.vault_name"),
    StoreBroken when the disk does not take it.
    """
    words.check(passphrase)
    return vaults.create(name.strip(), passphrase)


def unlock(vault: VaultId, passphrase: str, *, vaults: Vaults, attempts: Attempts) -> OpenVault:
    """The vault, open.

    Raises WrongPassphrase with ``wait_seconds``, the pause to keep before the next try; AlreadyOpen,
    NotAVault, Tampered, StoreBroken, Refused("refused.newer").
    """
    try:
        opened = vaults.open(vault, passphrase)
    except WrongPassphrase as error:
        attempts.failed(vault)
        raise WrongPassphrase(wait_seconds=int(attempts.delay(vault).total_seconds())) from error
    attempts.opened(vault)
    return opened


def look_over(*, opened: OpenVault, clock: Clock) -> None:
    """Once a week: every page of the database, and what is shown against what was recorded.

    Raises StoreBroken("store.database") with the damaged pages; what is only shown wrongly is mended.
    """
    today, last = clock.today(), opened.preferences.get(LOOKED_OVER)
    if last and abs(today - date.fromisoformat(last)) < WEEK:
        return
    health = opened.check()
    if health.damaged_pages:
        raise StoreBroken("store.database", why="pages", pages=health.damaged_pages)
    with suppress(StoreBroken):
        # A disk without room keeps nobody out; it is looked over again at the next unlock.
        if health.differing:
            opened.rebuild()
        opened.preferences.set(LOOKED_OVER, today.isoformat())


def change_passphrase(old: str, new: str, *, opened: OpenVault, words: Words) -> None:
    """Other words for the same vault, proven before the old ones stop working."""
    words.check(new)
    opened.change_passphrase(old, new)


def backup(target: Path, *, opened: OpenVault, clock: Clock) -> None:
    """The open vault as one encrypted file: what was typed is sealed first, so that it lacks nothing.

    Its words open the copy too. Raises StoreBroken; nothing is left of a backup that failed.
    """
    if opened.membership.identity() is not None:
        from ournydesk.services import records  # noqa: PLC0415 - what knows the team is loaded with it

        with suppress(Refused):
            # A desk that may not seal any more backs up what it has.
            records.seal_all(vault=opened, clock=clock)
    opened.backup(target)


def check(*, opened: OpenVault) -> Health:
    """Read every page and compare every projection with its events."""
    return opened.check()
