"""``ournydesk vault``: look a vault over. Layer: cli."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from ournydesk import cli
from ournydesk.cli.opening import add_vault, opened
from ournydesk.domain.vault import Health
from ournydesk.errors import StoreBroken, Tampered

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 — argparse names it no other way

NO_DAMAGE: Final = ("store.full", "store.write")
"""Faults of the disk, not of what stands on it."""


def add(subparsers: Subparsers) -> None:
    """Register ``vault check``."""
    parser = subparsers.add_parser(
        "vault",
        help="check a vault",
        description="Look a vault over.",
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
