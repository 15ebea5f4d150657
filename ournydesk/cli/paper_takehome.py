"""``ournydesk paper takehome``: the page a client takes home after a decision. Layer: cli."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forms.engine import language_code
from forms.paper.takehome import printout
from ournydesk.cli import output
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.takehome import Bring, take_home
from ournydesk.errors import BadInput, Refused

if TYPE_CHECKING:
    from ournydesk.domain.case import CaseRow

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(actions: Subparsers) -> None:
    """Register ``paper takehome``."""
    parser = actions.add_parser(
        "takehome",
        help="print what comes next for a client, after an attorney's signed decision",
        description="One page in the client's language: what to bring, by when, where to go, and rights. It "
        "names nobody. Ask the client first whether carrying such a page is safe.",
        epilog="Example: ournydesk paper takehome --vault DIR --case 4f2a --safe-to-carry -o next.pdf",
    )
    add_vault(parser)
    parser.add_argument("--case", required=True, metavar="ID", help="the case, or how its id begins")
    parser.add_argument("--lang", metavar="CODE", help="another language than the client's, es")
    names = ",".join(Bring)
    parser.add_argument("--bring", metavar="LIST", help=f"what to bring, of {names}; usual for the decision")
    parser.add_argument("--by", metavar="DAY", help="until which day to come, 2026-12-04")
    parser.add_argument(
        "--where", default="", metavar="PLACE", help="where to come to: not whose place it is"
    )
    parser.add_argument(
        "--safe-to-carry", action="store_true", help="the client said that carrying this page is safe"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Handle ``paper takehome``."""
    bring, by = _bring(args.bring), _day(args.by)
    with opened(args) as vault:
        from ournydesk.bootstrap import LaptopDesk  # noqa: PLC0415 - other paper commands open no vault

        cases = LaptopDesk.on(vault, SystemClock()).cases
        row = _case(cases.cases(), args.case)
        decisions = cases.case(row.id).decisions
        language = args.lang or language_code(vault.intakes.row(IntakeId(row.id)).head.language)
    try:
        page = take_home(
            decisions, language, safe_to_carry=args.safe_to_carry, bring=bring, by=by, where=args.where
        )
    except Refused as error:
        raise BadInput(_REFUSED.get(error.code, str(error))) from error
    output.write(args.output, printout(page).pdf)
    print(f"{args.output}: 1 page. It is outside the vault now: delete it when it is printed.")
    return 0


_REFUSED = {
    "refused.undecided": "No attorney has signed a decision in this case yet: there is nothing to print.",
    "refused.carrying": "Ask the client first whether carrying this page is safe: somebody at home or on the "
    "way may read it. If it is, add --safe-to-carry.",
}


def _case(rows: tuple[CaseRow, ...], begins: str) -> CaseRow:
    found = [row for row in rows if str(row.id).startswith(begins)]
    if len(found) != 1:
        many = "No case begins" if not found else f"{len(found)} cases begin"
        raise BadInput(f"{many} with {begins!r} in this vault.")
    return found[0]


def _bring(text: str | None) -> tuple[Bring, ...] | None:
    if text is None:
        return None
    try:
        return tuple(Bring(name.strip()) for name in text.split(",") if name.strip())
    except ValueError as error:
        raise BadInput(f"--bring {text}: choose from {', '.join(Bring)}.") from error


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"--by {text}: a day is written year-month-day, 2026-12-04.") from error
