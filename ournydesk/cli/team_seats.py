"""``ournydesk team seats`` and ``team clinic``: made ready at home, given away, renewed. Layer: cli."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ournydesk import paths
from ournydesk.bootstrap.seats import LaptopSeats
from ournydesk.cli import output
from ournydesk.cli.opening import add_vault, opened, read_words
from ournydesk.clock import SystemClock
from ournydesk.config import Settings
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.ids import VaultId
from ournydesk.domain.seats import SeatCard, SeatState
from ournydesk.errors import BadInput
from ournydesk.ports import OpenVault
from ournydesk.services import exposure

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way

STATES: Final = {
    SeatState.PREPARED: "prepared",
    SeatState.ASSIGNED: "assigned to",
    SeatState.EXPIRED: "expired",
    SeatState.REVOKED: "shut out",
}


def add(actions: Subparsers) -> None:
    """Register ``team clinic`` and ``team seats`` with what they can do."""
    clinic = _action(
        actions,
        "clinic",
        "open a clinic, or move its end",
        "ournydesk team clinic 'Queens Library' --closes '2026-12-05 18:00' --vault DIR",
    )
    clinic.add_argument("title", metavar="TITLE")
    clinic.add_argument("--closes", required=True, metavar="'YYYY-MM-DD HH:MM'", help="this laptop's time")
    clinic.set_defaults(run=run_clinic)
    seats = actions.add_parser(
        "seats",
        help="prepare, list, assign and renew the seats of a clinic",
        description="A seat is a laptop's desk that is made ready at home and opened with a printed card.",
        epilog="Example: ournydesk team seats list --vault DIR",
    ).add_subparsers(title="seats", metavar="WHAT", required=True)
    _add_prepare(seats)
    listing = _action(seats, "list", "every seat and how it stands", "ournydesk team seats list --vault DIR")
    listing.set_defaults(run=run_list)
    assign = _action(
        seats,
        "assign",
        "give a seat to a person, also without internet",
        "ournydesk team seats assign 3 'Ana Example' --vault DIR",
    )
    assign.add_argument("seat", metavar="SEAT", help="its number, or the beginning of its id")
    assign.add_argument("name", metavar="NAME")
    assign.add_argument(
        "--settle", action="store_true", help="it was theirs all along: ends a disagreement of two leads"
    )
    assign.set_defaults(run=run_assign)
    _add_renew(seats)
    install = seats.add_parser(
        "install",
        help="move a seat's folder from a stick onto this laptop",
        description="Moves the folder of a seat among this laptop's vaults; it is not copied.",
        epilog="Example: ournydesk team seats install /media/stick/0123…",
    )
    install.add_argument("folder", type=Path, nargs="+", metavar="DIR")
    install.set_defaults(run=run_install)


def run_clinic(args: argparse.Namespace) -> int:
    """Open a clinic; one of that title gets another end."""
    closes = _moment(args.closes)
    with opened(args) as vault:
        desk = _desk(vault)
        known = [clinic for clinic in desk.clinics() if clinic.title.casefold() == args.title.casefold()]
        made = (
            desk.keep_open(known[0].id, closes)
            if known and known[0].closes > SystemClock().now()
            else desk.open_clinic(args.title, closes)
        )
    print(f"Clinic {made.title}, closes {made.closes.astimezone():%d %b %Y %H:%M}.")
    return 0


def run_prepare(args: argparse.Namespace) -> int:
    """Make seats in a folder; their words are printed here or on cards, and kept nowhere."""
    args.out.mkdir(mode=0o700, parents=True, exist_ok=True)
    with opened(args) as vault:
        desk = _desk(vault)
        cards = desk.prepare(args.clinic, args.count, args.out)
        _show(desk, cards, args.cards)
    print(f"Move each folder in {args.out} onto its laptop: ournydesk team seats install DIR")
    return 0


def run_list(args: argparse.Namespace) -> int:
    """Print every seat."""
    now = SystemClock().now()
    with opened(args) as vault:
        found = _desk(vault).seats()
        held = exposure.holding(vault)
    for seat in found:
        state = seat.state(now)
        names = list(dict.fromkeys(one.name for one in seat.assignments if one.begins <= now < one.until))
        who = f" {' or '.join(names)}" if state is SeatState.ASSIGNED else ""
        still = f", still holds {held[seat.device]}" if held.get(seat.device) else ""
        unsettled = "; who sits there has to be settled" if seat.disagrees(now) else ""
        where = seat.clinic.title if seat.clinic is not None else "?"
        print(f"{seat.name} ({seat.device[:6]}), {where}: {STATES[state]}{who}{still}{unsettled}")
    if not found:
        print("No seat was prepared yet.")
    return 0


def run_assign(args: argparse.Namespace) -> int:
    """Give a seat to a person."""
    with opened(args) as vault:
        desk = _desk(vault)
        seat = desk.assign(desk.find(args.seat).device, args.name, settle=args.settle)
    print(f"{seat.name} is given to {seat.assignments[-1].name}. It reaches the others with the next round.")
    return 0


def run_renew(args: argparse.Namespace) -> int:
    """Other words and another clinic for a seat."""
    folder: Path = args.seat.resolve()
    old = read_words(args.seat_words_file, "Words of the seat's card: ")
    with opened(args) as vault:
        desk = _desk(vault)
        card = desk.renew(VaultId(folder.name), old, args.clinic, folder.parent)
        _show(desk, (card,), args.cards)
    print("The old card opens nothing any more: tear it up.")
    return 0


def run_install(args: argparse.Namespace) -> int:
    """Move seats' folders onto this laptop."""
    from ournydesk.store.moving import bring  # noqa: PLC0415 - needs no open vault

    root = Settings(data=paths.data_folder(os.environ)).vaults
    for folder in args.folder:
        print(f"“{bring(folder, root).name}” is on this laptop now.")
    return 0


def _add_prepare(seats: Subparsers) -> None:
    parser = _action(
        seats,
        "prepare",
        "make seats for a clinic, each let in already",
        "ournydesk team seats prepare --clinic 'Queens Library' --count 8 --out DIR --vault DIR",
    )
    parser.add_argument("--clinic", required=True, metavar="TITLE")
    parser.add_argument("--count", required=True, type=int, metavar="N")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the folders are made")
    _add_cards(parser)
    parser.set_defaults(run=run_prepare)


def _add_renew(seats: Subparsers) -> None:
    parser = _action(
        seats,
        "renew",
        "other words and another clinic for a seat",
        "ournydesk team seats renew --seat DIR --clinic 'Flushing Hall' --vault DIR",
    )
    parser.add_argument("--seat", required=True, type=Path, metavar="DIR", help="the seat's vault folder")
    parser.add_argument(
        "--seat-words-file", metavar="FILE", help="holds the old card's words; without it they are asked for"
    )
    parser.add_argument("--clinic", required=True, metavar="TITLE")
    _add_cards(parser)
    parser.set_defaults(run=run_renew)


def _add_cards(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cards",
        type=Path,
        metavar="FILE",
        help="write the cards as a PDF; without it the words are shown here once",
    )


def _action(actions: Subparsers, name: str, summary: str, example: str) -> argparse.ArgumentParser:
    parser = actions.add_parser(
        name, help=summary, description=f"{summary.capitalize()}.", epilog=f"Example: {example}"
    )
    add_vault(parser)
    return parser


def _desk(vault: OpenVault) -> LaptopSeats:
    here = Settings(data=paths.data_folder(os.environ)).vaults
    return LaptopSeats(lambda: vault, WordBook.bundled(), SystemClock(), here)


def _show(desk: LaptopSeats, cards: Sequence[SeatCard], target: Path | None) -> None:
    if target is not None:
        output.write(target, desk.print_cards(cards).pdf)
        print(f"{len(cards)} cards in {target.name}. Whoever has it can open the seats: print it, delete it.")
        return
    for card in cards:
        print(f"{card.name}: {' '.join(card.words)}")
    print("Write each line on its card now: these words are kept nowhere.")


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").astimezone()
    except ValueError as error:
        raise BadInput(f"“{text}” is no day and time. Write it like 2026-12-05 18:00.") from error
