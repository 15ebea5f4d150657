"""``ournydesk team invite``: let a desk into the team, after its words were compared. Layer: cli."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.bootstrap.files import read_chosen, write_chosen
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.membership import Role, Scope
from ournydesk.errors import BadInput
from ournydesk.services import enrolment, seats

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(actions: Subparsers) -> None:
    """Register ``team invite``."""
    parser = actions.add_parser(
        "invite",
        help="let a desk in: check its words, sign it into the team, write its invite",
        description="Opens a request, shows the six words of its keys, and signs the desk into the team once "
        "its owner's third and fifth word were typed as they read them aloud.",
        epilog='Example: ournydesk team invite jo.request --vault DIR --role volunteer --words "third fifth" '
        "-o jo.invite",
    )
    add_vault(parser)
    parser.add_argument("request", type=Path, metavar="REQUEST_FILE", help="what that desk wrote")
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    parser.add_argument(
        "--scope",
        choices=[scope.value for scope in Scope],
        help="what an accredited representative is accredited for: partial (DHS) or full (the courts too)",
    )
    parser.add_argument("--reads", action="store_true", help="reads cases")
    parser.add_argument("--manages", action="store_true", help="lets people in and shuts desks out")
    parser.add_argument(
        "--visits", metavar="CLINIC", help="reads this clinic's cases only, until it closes: its title"
    )
    parser.add_argument(
        "--words", metavar='"THIRD FIFTH"', help="two of the six words as they were heard; asked without it"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="INVITE", help="file to write")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Let a desk in."""
    role, words = Role(args.role), WordBook.bundled()
    if role is Role.VOLUNTEER and (args.reads or args.manages):
        raise BadInput("A volunteer neither reads cases nor lets people in: give another --role.")
    if args.scope is not None and role is not Role.REPRESENTATIVE:
        raise BadInput("Only a representative has a --scope.")
    if args.scope is None and role is Role.REPRESENTATIVE:
        raise BadInput("Say what the representative is accredited for: --scope partial or --scope full.")
    request = enrolment.read_request(read_chosen(args.request, enrolment.MOST_REQUEST))
    card = request.card(words)
    print(f"{card.name} asks to join. Its six words: {' '.join(card.words)}")
    typed = _two(args.words if args.words is not None else _asked())
    clock = SystemClock()
    with opened(args) as vault:
        visits = seats.clinic_called(args.visits, vault=vault).id if args.visits else ""
        invite = enrolment.admit(
            request,
            role,
            manages=args.manages,
            reads=args.reads or bool(visits),
            typed=typed,
            visits=visits,
            scope=Scope(args.scope) if args.scope is not None else None,
            words=words,
            vault=vault,
            clock=clock,
        )
        write_chosen(args.output, invite)
    print(f"Let in. The invite is in {args.output.name}: it works once, for three days.")
    return 0


def _asked() -> str:
    if not sys.stdin.isatty():
        raise BadInput('There is no terminal to ask for the two words: give them with --words "third fifth".')
    return input("Have them read aloud. Type the third and the fifth word as you hear them: ")


def _two(text: str) -> tuple[str, str]:
    heard = text.split()
    if len(heard) != 2:
        raise BadInput("Give two words, the third and the fifth of the six, as they were read aloud.")
    return heard[0], heard[1]
