"""A whole unlocked vault in memory: ``ports.OpenVault`` without a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ournydesk.domain.ids import VaultId, new_id
from ournydesk.domain.vault import Health, VaultCard
from tests.fakes.attached import FakeAttachments
from tests.fakes.oplog import FakeOperations
from tests.fakes.team import FakeKeyring, FakeMembership, FakeOutgoing
from tests.fakes.vault import FakeBlanks, FakeFormShelf, FakeIntakes, FakePreferences


class FakeOpenVault:
    """The fakes put together; what fails inside ``together`` is taken back."""

    def __init__(self, name: str = "Invented seat") -> None:
        self.card = VaultCard(id=VaultId(new_id()), name=name)
        self.forms = FakeFormShelf()
        self.blanks = FakeBlanks()
        self.preferences = FakePreferences()
        self.membership = FakeMembership()
        self.keys = FakeKeyring()
        self.operations = FakeOperations()
        self.attachments = FakeAttachments()
        self.outgoing = FakeOutgoing()
        self.intakes = FakeIntakes(self.forms, self.operations, self.membership)
        self.closed = False

    @contextmanager
    def together(self) -> Iterator[None]:
        parts = (
            self.forms,
            self.blanks,
            self.preferences,
            self.membership,
            self.keys,
            self.operations,
            self.outgoing,
            self.intakes,
        )
        kept = [(part, {name: _copied(value) for name, value in vars(part).items()}) for part in parts]
        try:
            yield
        except BaseException:
            for part, before in kept:
                vars(part).update(before)
            raise

    def prove(self, passphrase: str) -> None:
        raise NotImplementedError("a vault in memory has no passphrase")

    def change_passphrase(self, old: str, new: str, *, name: str = "") -> None:
        raise NotImplementedError("a vault in memory has no passphrase")

    def backup(self, target: Path) -> None:
        raise NotImplementedError("a vault in memory has no file")

    def check(self) -> Health:
        return Health(intakes=len(self.intakes.rows()), events=0)

    def rebuild(self) -> None:
        """Nothing here is a projection."""

    def close(self) -> None:
        self.closed = True


def _copied(value: object) -> object:
    # The values inside are frozen; only the containers change.
    return value.copy() if isinstance(value, (dict, list)) else value
