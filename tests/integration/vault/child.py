"""A desk that is about to be killed: ``python -m tests.integration.vault.child WORK ROOT [VAULT INTAKE]``.

Prints a line for all that it was told is saved; nothing is printed before.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from ournydesk.domain.ids import IntakeId, VaultId
from ournydesk.domain.intake import Progress
from ournydesk.domain.operations import RecordId
from ournydesk.domain.vault import VaultCard
from ournydesk.errors import DeskError
from ournydesk.store import schema
from ournydesk.store.database import Database
from ournydesk.store.folder import VaultFolder
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap
from tests.fakes.signed import operation

LATER = (*schema.STEPS, "CREATE TABLE later (x TEXT) STRICT;\nINSERT INTO later VALUES ('kept');")


def tell(line: str) -> None:
    with suppress(OSError):  # also a write that a test makes fail
        os.write(1, f"{line}\n".encode())


def create(root: Path) -> None:
    vaults = LaptopVaults(root, policy=cheap.POLICY, cost=cheap.COST)
    tell(vaults.create("Invented seat", cheap.WORDS).id)


class Waiting(LaptopVaults):
    """Makes a vault and waits for a line before the last step."""

    def _fill(self, folder: VaultFolder, card: VaultCard, passphrase: str) -> None:
        super()._fill(folder, card, passphrase)
        tell("filled")
        sys.stdin.readline()


def create_slowly(root: Path) -> None:
    tell(Waiting(root, policy=cheap.POLICY, cost=cheap.COST).create("Slow seat", cheap.WORDS).id)


def save(root: Path, vault: VaultId, intake: IntakeId, often: int = 6) -> None:
    opened = LaptopVaults(root, policy=cheap.POLICY).open(vault, cheap.WORDS)
    tell("open")
    for number in range(often):
        event = cheap.said(f"/data/saved{number}", f"saved {number} " * 40)
        opened.intakes.append(intake, [event], Progress(sections=3, missing=number), cheap.later(number))
        tell(str(number))
    opened.close()


def change(root: Path, vault: VaultId, intake: IntakeId) -> None:
    opened = LaptopVaults(root, policy=cheap.POLICY).open(vault, cheap.WORDS)
    opened.change_passphrase(cheap.WORDS, cheap.OTHER_WORDS)
    tell("changed")
    opened.close()


def settle(root: Path, vault: VaultId, intake: IntakeId) -> None:
    LaptopVaults(root, policy=cheap.POLICY).open(vault, cheap.WORDS).close()
    tell("open")


def decline(root: Path, vault: VaultId, intake: IntakeId) -> None:
    opened = LaptopVaults(root, policy=cheap.POLICY).open(vault, cheap.WORDS)
    opened.intakes.destroy(intake, "declined")
    tell("declined")
    opened.close()


def purge(root: Path, vault: VaultId, intake: IntakeId) -> None:
    opened = LaptopVaults(root, policy=cheap.POLICY).open(vault, cheap.WORDS)
    with opened.together():
        opened.operations.forget_payloads(RecordId(intake))
        opened.intakes.purge(intake, cheap.later(9))
    tell("purged")
    opened.close()


def sign(root: Path, vault: VaultId, intake: IntakeId) -> None:
    opened = LaptopVaults(root, policy=cheap.POLICY).open(vault, cheap.WORDS)
    for dseq in (1, 2):
        one = operation(dseq, record=RecordId(intake), payload=b"plain", envelope=b"sealed " * 100)
        with opened.together():
            opened.operations.add(one)
            opened.intakes.mark_sealed(intake, opened.intakes.pending(intake).through)
            opened.outgoing.mirror(one.op_id, one.envelope)
        tell(str(dseq))
    opened.close()


def backup(root: Path, vault: VaultId, intake: IntakeId) -> None:
    opened = LaptopVaults(root, policy=cheap.POLICY).open(vault, cheap.WORDS)
    opened.backup(beside(root, "backup"))
    tell("backed up")
    opened.close()


def restore(root: Path, vault: VaultId, intake: IntakeId) -> None:
    tell(LaptopVaults(beside(root, "again"), policy=cheap.POLICY).restore(root, cheap.WORDS).id)


def open_later(root: Path, vault: VaultId) -> Database:
    """The vault's database as a later desk opens it, whose tables are one step further."""
    folder = VaultFolder.at(root / vault)
    master = folder.sealed().open(cheap.WORDS, cheap.POLICY)
    return Database.open(folder.database, master.database_key(), LATER)


def upgrade(root: Path, vault: VaultId, intake: IntakeId) -> None:
    open_later(root, vault).close()
    tell("upgraded")


def beside(root: Path, name: str) -> Path:
    """A file or folder next to the one a test works on."""
    return root.with_name(f"{root.name}.{name}")


def main(work: str, root: str, *ids: str) -> None:
    if work == "create":
        create(Path(root))
    elif work == "create-slowly":
        create_slowly(Path(root))
    elif work == "save-on":
        save(Path(root), VaultId(ids[0]), IntakeId(ids[1]), often=100_000)
    else:
        works = {"save": save, "change": change, "settle": settle, "decline": decline}
        works |= {"purge": purge, "sign": sign, "backup": backup, "restore": restore}
        works |= {"upgrade": upgrade}
        works[work](Path(root), VaultId(ids[0]), IntakeId(ids[1]))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except DeskError as error:
        tell(f"error {error.code}")
