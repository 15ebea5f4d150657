"""``ournydesk paper handout``: a coordinator's own handouts, sent to the team and printed. Layer: cli."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.cli import output
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.domain.handouts import MOST_BYTES
from ournydesk.errors import BadInput, Refused

if TYPE_CHECKING:
    from ournydesk.ports import OpenVault

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(actions: Subparsers) -> None:
    """Register ``paper handout``."""
    parser = actions.add_parser(
        "handout",
        help="send a handout of your own to every desk, list them, print one",
        description="A handout is plain text: a title in the first line, headings that begin with ##, lines "
        "to tick with -, words not to be overlooked with !. With --send it goes to the team; with -o it is "
        "printed; without both all are listed.",
        epilog="Example: ournydesk paper handout --vault DIR --name rights --lang es --send rights.txt",
    )
    add_vault(parser)
    parser.add_argument(
        "--name", default="", metavar="NAME", help="which handout, the same in every language"
    )
    parser.add_argument("--lang", default="en", metavar="CODE", help="its language: es, bn; en")
    parser.add_argument("--send", type=Path, metavar="TEXT", help="the text to send to every desk")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT.pdf", help="print it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Handle ``paper handout``."""
    with opened(args) as vault:
        try:
            _done(vault, args)
        except Refused as error:
            raise BadInput(_REFUSED.get(error.code, str(error))) from error
    return 0


def _done(vault: OpenVault, args: argparse.Namespace) -> None:
    from ournydesk.services import handouts  # noqa: PLC0415 - other paper commands open no vault

    clock = SystemClock()
    if args.send:
        with args.send.open("rb") as file:
            untrusted = file.read(MOST_BYTES + 1)
        sent = handouts.send(untrusted, args.name, args.lang, vault=vault, clock=clock)
        print(f"{sent.title}: it goes to every desk at the next sync.")
    elif args.output:
        from forms.paper.sheet import printout  # noqa: PLC0415 - as above

        here = [one for one in handouts.handouts(vault) if (one.name, one.language) == (args.name, args.lang)]
        if not here:
            raise BadInput(
                f"There is no handout {args.name!r} in {args.lang!r} here. Without -o all are listed."
            )
        made = printout(handouts.sheet(here[0], clock.now().astimezone()))
        output.write(args.output, made.pdf)
        print(f"{args.output}: {here[0].title}, {made.pages} pages.")
    else:
        for one in handouts.handouts(vault):
            print(f"{one.name:24} {one.language:6} {one.title}")


_REFUSED = {
    "refused.no_team": "This vault is in no team: there is nobody to send a handout to.",
    "refused.shut_out": "Only a coordinator sends handouts to the team.",
}
