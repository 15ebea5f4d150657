"""The command line: a second front end, beside the windows. Layer: above bootstrap.

One short module a command, each with ``add(subparsers)``. Only the module of the command asked for
is imported, so that ``ournydesk form`` waits for neither Qt nor a PDF library. Everything a person
may have done wrong ends in one sentence on standard error and exit code 2.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final

from ournydesk.errors import BadInput, DeskError

COMMANDS: Final = {
    "assess": "what the rules say about facts in a file",
    "batch": "write cases as one encrypted file, or check one",
    "courier": "carry what waits on a stick",
    "desk": "open the desk's window",
    "form": "check a form, try it with scripted answers, send it, turn it into a workbook and back",
    "paper": "fill an agency's form, look into a blank, print a proof sheet",
    "recovery": "see what a recovery kit is, and open the team's cases with it",
    "relay": "carry for one clinic on its own router, without internet and without a key",
    "sync": "one round with the server and the relay",
    "team": "who is in the team, letting in and shutting out, the seats of its clinics",
    "vault": "check a vault, back it up, restore it",
}
SENTENCES: Final = {
    "vault.key": "These words do not open this vault.",
    "vault.busy": "This vault is open in another window. Close it there first.",
    "vault.none": "There is no vault in this folder.",
    "vault.seal": "This vault's header is damaged or was changed. Nothing was opened; keep the folder.",
    "vault.header": "This vault's header is not the one made for it. Nothing was opened; keep the folder.",
    "vault.limits": "This vault's header was changed: its cost is outside the limits. Keep the folder.",
    "store": "The vault's database is damaged. Keep the folder as it is and restore the last backup.",
    "store.header": "The vault's key file (vault.json) is damaged. Keep the folder; restore a backup.",
    "store.full": "The disk is full: free some room and try again.",
    "store.write": "The disk did not take what was written: look at the disk, then try again.",
    "refused.folder": "This folder cannot be used: it is a link, someone else's, or read-only.",
    "refused.newer": "This was made by a newer OurNY Desk: update this one.",
    "refused.no_team": "This vault is in no team yet: a coordinator can let it in.",
    "refused.seat_closed": "The clinic of this seat is over: keep it open or renew the seat.",
    "refused.no_seat": "This is no seat of this team, or it was shut out.",
    "refused.visit": "A clinic's visitor has to read cases, and the clinic has to be one that is not over.",
    "refused.manages": "Only a coordinator who lets people in can do this.",
    "refused.member": "The team's rules do not allow this.",
    "refused.member.two_signatures": "Two who let people in have to sign this: use a window, under Team.",
    "refused.member.last_manager": "Nobody would be left to let people in: give somebody that right first.",
    "refused.member.signer": "Only who lets people in can do this, from a desk that was not shut out.",
    "refused.member.known": "This desk or this person is in the team already: make a new request.",
    "refused.member.revoked": "This desk was shut out already.",
    "refused.member.unknown": "This desk or this person is not in the team, as far as this vault knows.",
    "refused.member.devices": "This person still has a desk that counts: shut their desks out first.",
    "refused.member.reads": "Somebody who does not read cases cannot be among those who do.",
    "refused.member.epoch_missing": "They would hold the key of cases to come: shut their desk out instead.",
    "refused.member.volunteer_rights": "A volunteer neither reads cases nor lets people in: change the role.",
    "refused.form_version": "The team has this version of the form or a later one: raise the form's version.",
    "refused.words": "These are not the words of that desk: have them read again; if they differ, stop.",
    "refused.group": "This vault does not hold the key of that group: another coordinator has to do it.",
    "refused.key": "The keys of that laptop cannot be used: make its request anew.",
    "refused.batch_key": "This batch was not written for this vault.",
    "refused.batch_empty": "There is no case to write.",
    "refused.too_large": "This is too large to send in one piece: make the file smaller.",
    "refused.shut_out": "This desk may not do that, or was taken out of the team.",
    "wire.away": "The server cannot be reached.",
    "wire.fault.fork": "Two different logs of the team were shown; nothing was taken. Call the coordinator.",
    "refused.vault_here": "This very vault is in that folder already: open that one, or take another folder.",
    "refused.memory": "There is not enough free memory to open this vault: close other programs.",
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code: 0 done, 1 found something wrong, 2 bad input."""
    try:
        parsed = _parser(arguments).parse_args(arguments)
        run = getattr(parsed, "run", None)
        if run is None:
            _parser(arguments).print_help()
            return 2
        return int(run(parsed))
    except DeskError as error:
        print(f"ournydesk: {sentence(error)}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"ournydesk: {_file_sentence(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("ournydesk: stopped.", file=sys.stderr)
        return 130


def sentence(error: DeskError) -> str:
    """What to tell a person at a terminal."""
    if isinstance(error, BadInput):
        return error.message
    why = error.facts.get("why")
    told = f"{error.code}.{why}" if isinstance(why, str) and why else error.code
    known = [code for code in SENTENCES if told == code or told.startswith(f"{code}.")]
    return SENTENCES[max(known, key=len)] if known else str(error)


def _file_sentence(error: OSError) -> str:
    if isinstance(error, BrokenPipeError):
        # The reader went away (`| head`); nothing is left to tell it, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return "the reader of the output went away."
    name = error.filename if isinstance(error.filename, str) else str(error.filename or "a file")
    return f"{name}: {(error.strerror or 'cannot be used').lower()}."


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ournydesk",
        description="An offline-first intake desk for immigrant outreach clinics.",
        epilog="Example: ournydesk form check myform.xlsx",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    chosen = next((word for word in arguments if not word.startswith("-")), None)
    for name, summary in COMMANDS.items():
        if name == chosen:
            importlib.import_module(f"ournydesk.cli.{name}").add(commands)
        else:
            commands.add_parser(name, help=summary)
    return parser
