"""``ournydesk batch``: cases as one encrypted file. Layer: cli."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.bootstrap import LaptopDesk
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.services import batches

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(subparsers: Subparsers) -> None:
    """Register ``batch export`` and ``batch verify``."""
    parser = subparsers.add_parser(
        "batch",
        help="write cases as one encrypted file, or check one",
        description="A batch is an age file; any age program opens it with the right key.",
        epilog="Example: ournydesk batch export --vault DIR --to FOLDER --recipient age1…",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    exporting = actions.add_parser(
        "export",
        help="write every case this vault can read",
        description="Write the cases, open the file again, compare, and say what was left out and why.",
        epilog="Example: ournydesk batch export --vault DIR --to FOLDER --recipient age1…",
    )
    add_vault(exporting)
    exporting.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    exporting.add_argument(
        "--recipient", action="append", default=[], metavar="AGE1…", help="a public key; may be repeated"
    )
    exporting.set_defaults(run=export)
    verifying = actions.add_parser(
        "verify",
        help="open a batch and check its signature and every file in it",
        description="Open a batch with this vault's key; nothing is shown before everything was checked.",
        epilog="Example: ournydesk batch verify --vault DIR BATCH.age",
    )
    add_vault(verifying)
    verifying.add_argument("batch", type=Path, metavar="BATCH.age")
    verifying.set_defaults(run=verify)


def export(args: argparse.Namespace) -> int:
    """Write a batch."""
    with opened(args) as vault:
        desk = LaptopDesk.on(vault, SystemClock())
        plan = desk.batches.plan_batch(None)
        for left in plan.left_out:
            print(f"Left out: {left.record[:8]}, {left.why.replace('_', ' ')}")
        done = desk.batches.write_batch(plan, args.recipient, args.to)
    print(f"{done.cases} cases in {done.path.name}, {done.size} bytes, SHA-256 {done.sha256}")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Check a batch."""
    with opened(args) as vault:
        content = batches.verify(args.batch, vault=vault)
    print(f"Whole: {content.cases} cases, {len(content.files)} files, signed by a desk of this team.")
    return 0
