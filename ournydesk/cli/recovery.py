"""``ournydesk recovery``: what a recovery kit is, and opening the team's cases with it. Layer: cli.

For the day on which no desk is left that could. Words are never an argument: arguments stand in the shell's
history and in every process list.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ournydesk import process
from ournydesk.bootstrap.files import read_chosen
from ournydesk.bootstrap.recovery_sources import gather
from ournydesk.cli import output
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.recovery import MOST_KIT, Kit, name_of, open_kit
from ournydesk.errors import BadInput
from ournydesk.services.recovered import recover

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way

MOST_WORDS: Final = 4096
RECORDS: Final = "records.jsonl"
EXAMPLE: Final = "Example: ournydesk recovery open KIT.age --from FOLDER server-backup.db --out cases"


def add(subparsers: Subparsers) -> None:
    """Register ``recovery open``."""
    parser = subparsers.add_parser(
        "recovery",
        help="see what a recovery kit is, and open the team's cases with it",
        description="The recovery kit opens the team's cases when no desk is left that could.",
        epilog=EXAMPLE,
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    opening = actions.add_parser(
        "open",
        help="open a kit; with --from and --out, write down every case it opens",
        description="Open a kit with its twelve words and say what it is. With --from, read sealed "
        "operations (folders “outgoing” beside vaults, courier files, a server's backup) and the team's log "
        "(a courier file, an invite, a server's backup), and write the cases into a new folder. What is "
        "written there is not encrypted.",
        epilog=EXAMPLE,
    )
    opening.add_argument("kit", type=Path, metavar="KIT.age")
    opening.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="a file that holds the twelve words, or - for standard input; without it they are asked for",
    )
    opening.add_argument(
        "--from", dest="sources", type=Path, nargs="+", metavar="PATH", help="files and folders to read"
    )
    opening.add_argument("--out", type=Path, metavar="DIR", help="a folder that is not there yet")
    opening.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Open the kit; 1 when something that was brought could not be read."""
    if bool(args.sources) != bool(args.out):
        raise BadInput("Give both --from and --out, or neither.")
    if args.out is not None and args.out.exists():
        raise BadInput(f"{args.out} is there already. Name a folder that is not.")
    process.harden()
    untrusted = read_chosen(args.kit, MOST_KIT)
    kit = open_kit(untrusted, _words(args.passphrase_file))
    name = " ".join(name_of(kit.key.public(), WordBook.bundled()))
    print(f"The words are right. Recovery kit “{name}”, made on {kit.made:%d %B %Y}, team {kit.team}.")
    if args.sources is None:
        print("Whether it is the kit in force, a desk of the team says (Team, Recovery kit).")
        return 0
    return _write_down(kit, args.sources, args.out)


def _write_down(kit: Kit, paths: list[Path], target: Path) -> int:
    sources = gather(paths, kit.team)
    found = recover(kit, sources.brought)
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in found.records)
    target.mkdir(mode=0o700)
    output.write(target / RECORDS, lines.encode("utf-8"))
    print(f"{len(found.records)} records from {sources.files} files are in {target / RECORDS}.")
    print("They are NOT ENCRYPTED: whoever has this folder can read them. Delete it when you are done.")
    for why, count in _left_out(found.left_out, len(sources.torn)).items():
        print(f"Left out: {count}, {why}.")
    if found.logs > 1:
        print(f"{found.logs} logs of this team contradict each other; the longest was followed.")
    return 1 if found.left_out or sources.torn or found.logs > 1 else 0


def _left_out(operations: Mapping[str, int], torn: int) -> Mapping[str, int]:
    return {**operations, **({"a file that is torn or was changed": torn} if torn else {})}


def _words(name: str | None) -> str:
    if name is None:
        if not sys.stdin.isatty():
            raise BadInput("There is no terminal to ask for the words: give them with --passphrase-file.")
        return getpass.getpass("The twelve words of this kit: ")
    try:
        if name == "-":
            untrusted = sys.stdin.buffer.read(MOST_WORDS + 1)
        else:
            untrusted = read_chosen(Path(name), MOST_WORDS)
        return untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} is not UTF-8 text: save the words as plain text.") from error
