"""``ournydesk paper packet``: an intake's packet in two languages. Layer: cli."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.cli import output
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.errors import BadInput, Refused

if TYPE_CHECKING:
    from ournydesk.domain.intake import IntakeRow

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(actions: Subparsers) -> None:
    """Register ``paper packet``."""
    parser = actions.add_parser(
        "packet",
        help="print an intake's packet in two languages, with the attorney's sheet",
        description="Cover with inventory, the answers by section in the client's language and in English, "
        "and the attorney's sheet with dates and citations. Take that sheet out before a client gets the "
        "packet.",
        epilog="Example: ournydesk paper packet --vault DIR --intake 4f2a -o packet.pdf",
    )
    add_vault(parser)
    parser.add_argument("--intake", required=True, metavar="ID", help="the intake, or how its id begins")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Handle ``paper packet``."""
    with opened(args) as vault:
        from ournydesk.bootstrap import LaptopDesk  # noqa: PLC0415 - other paper commands open no vault

        desk = LaptopDesk.on(vault, SystemClock())
        intake = found(desk.intakes(), args.intake)
        try:
            made = desk.packet(intake.head.id)
        except Refused as error:
            raise BadInput(_REFUSED.get(error.code, str(error))) from error
    output.write(args.output, made.pdf)
    print(f"{args.output}: {made.pages} pages. It is outside the vault now: delete it when it is printed.")
    return 0


_REFUSED = {
    "refused.conflict": "Two people changed the same answer in this intake. Somebody decides first which one "
    "is right; until then it is not printed."
}


def found(rows: tuple[IntakeRow, ...], begins: str) -> IntakeRow:
    """The one intake whose id begins so. Raises BadInput."""
    those = [row for row in rows if str(row.head.id).startswith(begins)]
    if len(those) != 1:
        many = "No intake begins" if not those else f"{len(those)} intakes begin"
        raise BadInput(f"{many} with {begins!r} in this vault.")
    return those[0]
