"""``ournydesk paper import``: look into an agency's blank, keep it, send it to every desk. Layer: cli."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forms.paper import blank as blanks
from ournydesk.cli.opening import opened
from ournydesk.clock import SystemClock
from ournydesk.errors import BadInput, Refused

if TYPE_CHECKING:
    from ournydesk.domain.editions import Standing
    from ournydesk.ports import OpenVault

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(actions: Subparsers) -> None:
    """Register ``paper import``."""
    parser = actions.add_parser(
        "import",
        help="look into a blank: form, edition, expiry, and whether every box is where it should be",
        description="Check an agency's blank before it is used: form, edition, expiry date, pages, and every "
        "box against the map of that edition. With --vault it is kept there; where that vault is a "
        "coordinator's it is signed and sent to every desk of the team.",
        epilog="Example: ournydesk paper import n-400.pdf --vault DIR --until 2027-03-31",
    )
    parser.add_argument("blank", type=Path, metavar="BLANK.pdf", help="the agency's blank")
    parser.add_argument("--vault", type=Path, metavar="DIR", help="keep it in this vault")
    parser.add_argument(
        "--passphrase-file", metavar="FILE", help="the vault's words; without it they are asked"
    )
    parser.add_argument(
        "--until", metavar="DAY", help="the last day the agency takes this edition, as its site says today"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Handle ``paper import``."""
    until = _day(args.until)
    if until and not args.vault:
        raise BadInput("--until is kept in a vault: name it with --vault.")
    untrusted = read(args.blank)
    found = blanks.inspect(untrusted)
    kept = ""
    if args.vault:
        with opened(args) as vault:
            kept = _keep(vault, untrusted, until)
    expires = f", expires {found.expires}" if found.expires else ""
    print(
        f"{args.blank}: {found.form}, edition {found.edition}{expires}, {found.pages} pages. "
        f"Every box is where this edition has it.{kept}"
    )
    return 0


def read(path: Path) -> bytes:
    """The file's bytes, no more than a blank may have."""
    with path.open("rb") as file:
        return file.read(blanks.MOST_BYTES + 1)


def _keep(vault: OpenVault, untrusted: bytes, until: date | None) -> str:
    """Keep it in the vault, or send it to the team; what was done, as a sentence."""
    from ournydesk.services import editions, papers, publishing  # noqa: PLC0415 - looking opens no vault

    clock, identity = SystemClock(), vault.membership.identity()
    try:
        if identity is not None and identity.member:
            card = publishing.publish_blank(untrusted, inspect=blanks.card, vault=vault, clock=clock)
            done = " It is sent to every desk at the next sync."
        else:
            card = papers.import_blank(untrusted, inspect=blanks.card, blanks=vault.blanks, clock=clock)
            done = " It is kept in this vault."
        if until is None:
            return done
        known = editions.confirm(card.form, until, vault=vault, clock=clock)
    except Refused as error:
        raise BadInput(_REFUSED.get(error.code, str(error))) from error
    return f"{done} {_ends(known)}"


_REFUSED = {"refused.shut_out": "Only a coordinator sends blanks to the team: this vault's person is none."}


def _ends(known: Standing) -> str:
    return f"After {known.until} nobody prints it, but an attorney who signs why."


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"--until {text}: a day is written year-month-day, 2027-03-31.") from error
