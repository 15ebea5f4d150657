"""``ournydesk sync``: one round with the server and the relay, without a window. Layer: cli."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from ournydesk.bootstrap.where import LaptopWhere
from ournydesk.bootstrap.wire import LaptopWire
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.whereabouts import CheckOut
from ournydesk.domain.wire import Reach, WireView

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way

T = TypeVar("T")
REACHES: Final = {
    Reach.NEVER: "not tried",
    Reach.REACHED: "reached",
    Reach.BUSY: "is busy and asks this desk to come again later",
    Reach.AWAY: "cannot be reached",
    Reach.WRONG_SERVER: "something else answered (a sign-in page, or a wrong certificate)",
    Reach.SHUT_OUT: "does not let this desk in any more",
    Reach.ALARM: "tells another story than before: syncing has stopped, call the coordinator",
}


def add(subparsers: Subparsers) -> None:
    """Register ``sync``."""
    parser = subparsers.add_parser(
        "sync",
        help="one round with the server and the relay",
        description="Seal what waits, send it, take in what is new, and say what is where. Exit code 0: "
        "everything that waits was numbered by the server; 1: something still waits or needs a person.",
        epilog="Example: ournydesk sync --once --vault DIR",
    )
    add_vault(parser)
    parser.add_argument("--once", action="store_true", help="one round, then end (the default)")
    parser.add_argument(
        "--check-out",
        action="store_true",
        help="afterwards say whether anything is on this laptop only; exit code 0: it can be handed back",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """One round."""
    with opened(args) as vault:
        wire = LaptopWire(lambda: vault, WordBook.bundled(), SystemClock())
        view = wire.sync(_here)
        found = LaptopWhere(lambda: vault, WordBook.bundled(), SystemClock()).check_out()
    for line in lines(view):
        print(line)
    if args.check_out:
        for line in check_out_lines(found):
            print(line)
        return 0 if found.clear else 1
    counts = view.counts
    return 1 if counts.waiting or counts.refused or counts.quarantined or view.troubles else 0


def lines(view: WireView) -> list[str]:
    """How a desk stands, for a terminal."""
    told = [f"Server {view.server or '(none)'}: {REACHES[view.server_reach]}"]
    if view.relay:
        told.append(f"Relay {view.relay}: {REACHES[view.relay_reach]}")
    counts = view.counts
    told.append(
        f"Waiting for the server: {counts.waiting}; waiting for something else to arrive: {counts.held}; "
        f"set aside: {counts.quarantined}; refused: {counts.refused}"
    )
    told += [f"Needs you: {trouble.code} {trouble.about}".rstrip() for trouble in view.troubles]
    if view.head_words:
        told.append(f"The log's head, to compare by voice: {' '.join(view.head_words)}")
    return told


def check_out_lines(found: CheckOut) -> list[str]:
    """Whether the laptop can be handed back, for a terminal."""
    if found.clear:
        return ["Nothing unsent is left: this laptop can be handed back."]
    counts = (
        ("intakes without the client's agreement", found.drafts),
        ("intakes that cannot be sealed while no clinic is open", found.unsealed),
        ("operations the server has not shown back", found.waiting),
        ("operations the server refused", found.refused),
        ("documents the server does not have whole", found.documents),
    )
    told = [f"  {words}: {count}" for words, count in counts if count]
    return ["Keep this laptop. It holds what is nowhere else:", *told]


def _here(work: Callable[[], T]) -> T:
    """The vault's lane of a command line: the only thread there is."""
    return work()
