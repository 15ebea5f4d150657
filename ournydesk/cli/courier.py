"""``ournydesk courier``: what waits, on a stick. Layer: cli."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.bootstrap.wire import LaptopWire
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.crypto.passphrase import WordBook

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(subparsers: Subparsers) -> None:
    """Register ``courier export`` and ``courier deliver``."""
    parser = subparsers.add_parser(
        "courier",
        help="carry what waits on a stick",
        description="Operations are sealed and signed: any hand may carry them.",
        epilog="Example: ournydesk courier export --vault DIR --to /media/stick/monday.courier",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    exporting = actions.add_parser(
        "export",
        help="write everything that waits into one file",
        description="Seal what waits and write it, with the team's log, into one file. The file can be "
        "opened by nobody on the way; losing it loses nothing.",
        epilog="Example: ournydesk courier export --vault DIR --to /media/stick/monday.courier",
    )
    add_vault(exporting)
    exporting.add_argument("--to", type=Path, required=True, metavar="FILE")
    exporting.set_defaults(run=export)
    delivering = actions.add_parser(
        "deliver",
        help="take in a courier file, or the folder “outgoing” of another vault",
        description="Check and take in what a file brings. The folder “outgoing” of a vault whose words "
        "were forgotten works too: what was sealed there is carried on from here.",
        epilog="Example: ournydesk courier deliver --vault DIR --from /media/stick/monday.courier",
    )
    add_vault(delivering)
    delivering.add_argument("--from", type=Path, required=True, metavar="PATH", dest="source")
    delivering.set_defaults(run=deliver)


def export(args: argparse.Namespace) -> int:
    """Write the file."""
    with opened(args) as vault:
        written = LaptopWire(lambda: vault, WordBook.bundled(), SystemClock()).write_courier(args.to)
    print(f"{written} operations are in {args.to.name}. They count as carried; the server has not seen them.")
    return 0


def deliver(args: argparse.Namespace) -> int:
    """Take the file in."""
    with opened(args) as vault:
        wire = LaptopWire(lambda: vault, WordBook.bundled(), SystemClock())
        taken = wire.read_courier(args.source)
        counts = wire.wire().counts
    print(f"{taken} operations were new here. Waiting for the server: {counts.waiting}.")
    if counts.quarantined:
        print(f"Set aside because they do not check out: {counts.quarantined}.")
    return 1 if counts.quarantined else 0
