"""``ournydesk team revoke`` and ``team exposure``: shut a desk out, and what it could open. Layer: cli."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ournydesk.bootstrap import LaptopDesk
from ournydesk.cli import output
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.domain.exposure import as_table
from ournydesk.domain.exposure_words import sentences
from ournydesk.domain.membership import Team
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.seats import same_person
from ournydesk.errors import BadInput
from ournydesk.ports import OpenVault
from ournydesk.services import publishing
from ournydesk.services.membership import identity_of, team_of

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way

SHORTEST: Final = 6


def add(actions: Subparsers) -> None:
    """Register ``team revoke`` and ``team exposure``."""
    revoke = actions.add_parser(
        "revoke",
        help="shut a desk out, after saying what that does and what it cannot take back",
        description="Says what that desk could open and what cannot be undone, asks for its name, and shuts "
        "it out. Then says whose records a lost laptop could have shown.",
        epilog='Example: ournydesk team revoke "Seat 3" --vault DIR',
    )
    exposure = actions.add_parser(
        "exposure",
        help="what a desk could open, as a list to print or a table",
        description="Lists the records a desk could open, without changing anything.",
        epilog='Example: ournydesk team exposure "Seat 3" --vault DIR --pdf list.pdf',
    )
    for parser in (revoke, exposure):
        add_vault(parser)
        parser.add_argument("who", metavar="DEVICE_OR_NAME", help="a name, or the beginning of a desk's id")
        parser.add_argument("--pdf", type=Path, metavar="FILE", help="also write the list as a PDF")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="also write the list as a table")
    revoke.add_argument("--yes", action="store_true", help="do not ask for the name")
    revoke.set_defaults(run=run_revoke)
    exposure.set_defaults(run=run_exposure)


def run_revoke(args: argparse.Namespace) -> int:
    """Shut a desk out; 1 when the person did not go on."""
    with opened(args) as vault:
        device = find(args.who, vault)
        if device == identity_of(vault).device:
            raise BadInput("This is the desk of this vault itself: another coordinator has to shut it out.")
        desk = LaptopDesk.on(vault, SystemClock())
        name = desk.exposures.exposure(device).name or device[:SHORTEST]
        print(f"Before {name} is shut out:")
        for sentence in desk.exposures.consequences(device):
            print(f"  - {sentence}")
        if not args.yes and not _typed(name):
            print("Nothing was changed.")
            return 1
        desk.exposures.revoke(device)
        print(f"{name} is shut out.")
        _tell(desk, device, args)
    return 0


def run_exposure(args: argparse.Namespace) -> int:
    """List what a desk could open."""
    with opened(args) as vault:
        _tell(LaptopDesk.on(vault, SystemClock()), find(args.who, vault), args)
    return 0


def find(wanted: str, vault: OpenVault) -> DeviceId:
    """A desk by its person's name or the beginning of its id. Raises BadInput where none or several fit."""
    team, names = team_of(vault), publishing.names(vault)
    devices = [
        device
        for device in team.devices.values()
        if same_person(names.get(device.user, ""), wanted)
        or (len(wanted) >= SHORTEST and device.id.startswith(wanted.casefold()))
    ]
    active = [device.id for device in devices if device.last_seq is None]
    found = active or [device.id for device in devices]
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput(f"Nobody in this team is called “{wanted}”, and no desk's id begins so.")
    raise BadInput(f"Several desks fit “{wanted}”. Give the beginning of an id: {_ids(team, found)}.")


def _ids(team: Team, found: list[DeviceId]) -> str:
    shut = {device.id for device in team.devices.values() if device.last_seq is not None}
    return ", ".join(f"{one[:SHORTEST]}{' (shut out)' if one in shut else ''}" for one in found)


def _typed(name: str) -> bool:
    if not sys.stdin.isatty():
        raise BadInput("There is no terminal to ask on: give --yes if that desk is to be shut out.")
    return same_person(input(f"Type the name “{name}” to shut it out: "), name)


def _tell(desk: LaptopDesk, device: DeviceId, args: argparse.Namespace) -> None:
    found = desk.exposures.exposure(device)
    for sentence in sentences(found):
        print(sentence)
    heads, *rows = as_table(found.clients)
    if rows:
        print("  ".join(heads))
    for row in rows:
        print("  ".join(cell or "-" for cell in row))
    if args.pdf is not None:
        output.write(args.pdf, desk.exposures.print_list(found).pdf)
        print(f"The list is in {args.pdf.name}. It names clients: delete it when it is printed.")
    if args.csv is not None:
        desk.exposures.write_table(found, args.csv)
        print(f"The table is in {args.csv.name}. It names clients: delete it when it is done with.")
