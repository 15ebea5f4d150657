"""``ournydesk vault``: look a vault over, back it up, restore it. Layer: cli."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ournydesk import cli
from ournydesk.cli.opening import add_vault, add_words, opened, read_words
from ournydesk.clock import SystemClock
from ournydesk.crypto.kdf import MIB, POLICY, Cost, Policy, choose_cost
from ournydesk.domain.vault import Health
from ournydesk.errors import BadInput, StoreBroken, Tampered
from ournydesk.services import vault as services
from ournydesk.store.opened import open_folder
from ournydesk.store.vaults import LaptopVaults

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 — argparse names it no other way

NO_DAMAGE: Final = ("store.full", "store.write")
"""Faults of the disk, not of what stands on it."""


def add(subparsers: Subparsers) -> None:
    """Register ``vault check``, ``vault backup``, ``vault cost`` and ``vault restore``."""
    parser = subparsers.add_parser(
        "vault",
        help="check a vault, back it up, restore it",
        description="Look a vault over, write it into one encrypted file, or make a vault of such a file.",
        epilog="Example: ournydesk vault check --vault DIR",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    checking = actions.add_parser(
        "check",
        help="read everything in a vault and say whether it is whole",
        description="Open a vault with its words, authenticate every page of its database and compare what "
        "is stored with what was recorded. Changes no answer. Exit code 0: whole; 1: damage was found; "
        "2: it could not be looked at.",
        epilog="Example: ournydesk vault check --vault DIR --passphrase-file WORDS.txt",
    )
    add_vault(checking)
    checking.set_defaults(run=check)
    backing = actions.add_parser(
        "backup",
        help="write a vault into one encrypted file",
        description="Write a vault into one file that its words open. The keys that make it a desk of its "
        "team are left out: a restored vault asks to be let in anew.",
        epilog="Example: ournydesk vault backup --vault DIR --to /media/stick/seat-4.ourny-backup",
    )
    add_vault(backing)
    backing.add_argument("--to", type=Path, required=True, metavar="FILE", help="the file to write")
    backing.set_defaults(run=backup)
    dearer = actions.add_parser(
        "cost",
        help="make guessing the words as dear as this laptop bears",
        description="Measure how much memory a guess at the words may cost so that an unlock still takes "
        "about a second here, and seal the vault anew at that cost. It never gets cheaper; the words stay.",
        epilog="Example: ournydesk vault cost --vault DIR",
    )
    add_vault(dearer)
    dearer.set_defaults(run=cost)
    restoring = actions.add_parser(
        "restore",
        help="make a vault of a backup",
        description="Make a vault of a backup, prove that the words open it, and take it out of its team. "
        "What was not handed over is there to go on with; the coordinator lets the desk in as a new one.",
        epilog="Example: ournydesk vault restore seat-4.ourny-backup --into ~/clinic/vaults",
    )
    restoring.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restoring.add_argument(
        "--into", type=Path, required=True, metavar="DIR", help="the folder that holds the vaults of a laptop"
    )
    add_words(restoring)
    restoring.set_defaults(run=restore)


def check(args: argparse.Namespace) -> int:
    """Say whether the vault is whole; 1 when it is not."""
    try:
        with opened(args) as vault:
            name, health = vault.card.name, vault.check()
    except (StoreBroken, Tampered) as error:
        if error.code in NO_DAMAGE:
            raise
        print(f"Damaged: {cli.sentence(error)}")
        _print_pages(error.facts.get("pages"))
        return 1
    _print_health(name, health)
    return 0 if health.sound else 1


def backup(args: argparse.Namespace) -> int:
    """Write a vault into one file."""
    if args.to.exists():
        raise BadInput(f"{args.to} is there already: name another file, an older backup is worth keeping.")
    if not args.to.absolute().parent.is_dir():
        raise BadInput(f"There is no folder {args.to.parent} to write into.")
    with opened(args) as vault:
        services.backup(args.to, opened=vault, clock=SystemClock())
        name = vault.card.name
    print(
        f"{args.to}: the vault “{name}”, {args.to.stat().st_size // 1024} KiB, encrypted; its words open it."
    )
    return 0


def cost(args: argparse.Namespace, policy: Policy = POLICY) -> int:
    """Seal the vault anew where this laptop bears a dearer guess."""
    words = read_words(args.passphrase_file)
    vault = open_folder(args.vault, words, policy=policy)
    try:
        before, most = vault.cost, choose_cost(policy=policy)
        if most.memory <= before.memory:
            print(f"A guess at the words of “{vault.card.name}” costs {_mebibytes(before)}, and stays so.")
            return 0
        vault.change_passphrase(words, words, cost=most)
    finally:
        vault.close()
    print(
        f"A guess at the words of “{vault.card.name}” costs {_mebibytes(most)} now, not {_mebibytes(before)}."
    )
    return 0


def _mebibytes(found: Cost) -> str:
    return f"{found.memory / MIB:g} MiB"


def restore(args: argparse.Namespace) -> int:
    """Make a vault of a backup."""
    card = vaults(args.into).restore(args.file, read_words(args.passphrase_file))
    print(f"{args.into / card.id}: the vault “{card.name}” as it was when the backup was made.")
    print("It is in no team. Open it and ask the coordinator to let it in; shut its old desk out first.")
    return 0


def vaults(folder: Path) -> LaptopVaults:
    """The vaults in a folder."""
    return LaptopVaults(folder)


def _print_health(name: str, health: Health) -> None:
    print(f"Vault: {name}")
    _print_pages(health.damaged_pages)
    if not health.damaged_pages:
        print(f"Intakes: {health.intakes}")
        print(f"Events: {health.events}")
    for intake in health.differing:
        print(f"Differs from what was recorded: intake {intake}")
    print(
        "Whole: every page is authentic, every answer is what was recorded." if health.sound else "Damaged."
    )


def _print_pages(pages: object) -> None:
    if isinstance(pages, tuple) and pages:
        print(f"Pages that are not authentic: {', '.join(str(page) for page in pages)}")
