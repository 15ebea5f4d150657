"""``ournydesk paper sheet``: terms, checklist, cover, docket, an incident's report. Layer: cli."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.cli import output
from ournydesk.cli.opening import add_vault, opened
from ournydesk.cli.paper_packet import found
from ournydesk.clock import SystemClock
from ournydesk.domain.incident import Recipient
from ournydesk.domain.sheets import SheetKind
from ournydesk.errors import BadInput, Refused

if TYPE_CHECKING:
    from ournydesk.bootstrap import LaptopDesk
    from ournydesk.domain.documents import Printout

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(actions: Subparsers) -> None:
    """Register ``paper sheet``."""
    parser = actions.add_parser(
        "sheet",
        help="print terms, an evidence checklist, a mailing cover, the docket, an incident's report",
        description="terms: what was read aloud and agreed. evidence: which papers the answers call for. "
        "mailing: the cover with an inventory. incident: what one recipient may be told. docket: the cases "
        "of this vault, for an attorney.",
        epilog="Example: ournydesk paper sheet --vault DIR --kind evidence --intake 4f2a -o list.pdf",
    )
    add_vault(parser)
    parser.add_argument("--kind", required=True, choices=[kind.value for kind in SheetKind])
    parser.add_argument("--intake", default="", metavar="ID", help="the intake, or how its id begins")
    recipients = ", ".join(Recipient)
    parser.add_argument("--for", dest="recipient", metavar="WHOM", help=f"an incident's reader: {recipients}")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Handle ``paper sheet``."""
    kind = SheetKind(args.kind)
    with opened(args) as vault:
        from ournydesk.bootstrap import LaptopDesk  # noqa: PLC0415 - other paper commands open no vault

        try:
            made = _made(LaptopDesk.on(vault, SystemClock()), kind, args)
        except Refused as error:
            raise BadInput(_REFUSED.get(error.code, str(error))) from error
    output.write(args.output, made.pdf)
    print(f"{args.output}: {made.pages} pages. It is outside the vault now: delete it when it is printed.")
    return 0


def _made(desk: LaptopDesk, kind: SheetKind, args: argparse.Namespace) -> Printout:
    if kind is SheetKind.DOCKET:
        return desk.papers.docket(desk.cases.cases())()
    if not args.intake:
        raise BadInput(f"--kind {kind} is about one intake: name it with --intake.")
    intake = found(desk.intakes(), args.intake).head.id
    if kind is not SheetKind.INCIDENT:
        return desk.papers.sheet(intake, kind)()
    try:
        return desk.papers.incident(intake, Recipient(args.recipient or ""))()
    except ValueError as error:
        raise BadInput(f"--for: say who reads the report, one of {', '.join(Recipient)}.") from error


_REFUSED = {
    "refused.no_blank": "The agency's blank is not in this vault yet: paper import n-400.pdf --vault DIR.",
    "refused.no_official": "This intake fills no agency form, so nothing of it is mailed to one.",
    "refused.edition_over": "The agency takes this edition no more: import the current one.",
    "refused.no_team": "This vault is in no team, so it holds no cases for a docket.",
    "refused.no_report": "This intake is no incident.",
    "refused.not_shared": "The person did not agree that this recipient is told.",
    "refused.conflict": "Two people changed the same answer in this intake. Somebody decides first which one "
    "is right; until then it is not printed.",
}
