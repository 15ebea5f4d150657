"""``ournydesk paper``: fill an agency's form, list its items, proof sheets, and more. Layer: cli."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from forms.paper import official, official_proof
from forms.paper.official_answers import normalised
from forms.paper.paper_map import PaperMap, for_form
from forms.paper.reuse import reused
from ournydesk.cli import (
    output,
    paper_copies,
    paper_handout,
    paper_import,
    paper_packet,
    paper_sheet,
    paper_takehome,
)
from ournydesk.cli.json_files import read_json
from ournydesk.cli.paper_items import Asked, run_through
from ournydesk.cli.paper_list import item_lines
from ournydesk.clock import SystemClock
from ournydesk.domain.documents import MovedAnswer
from ournydesk.errors import BadInput

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(subparsers: Subparsers) -> None:
    """Register ``paper`` and what it can do."""
    paper = subparsers.add_parser(
        "paper",
        help="fill an agency's form, look into a blank, print a proof sheet",
        description="Agencies' own forms. Blanks are not part of this program: download the current "
        "edition from the agency's website (for the N-400, uscis.gov/n-400).",
        epilog="Example: ournydesk paper official --form n-400 --blank n-400.pdf --items my.json -o out.pdf",
    )
    actions = paper.add_subparsers(title="actions", metavar="ACTION", required=True)
    _add_official(actions)
    items = actions.add_parser(
        "items",
        help="list the items of a form, to write an items file from",
        description="List every item a form can be filled with: its id, how it is written, where it stands. "
        "In square brackets the item of another form that is taken over with --reuse.",
        epilog="Example: ournydesk paper items --form i-912",
    )
    items.add_argument("--form", required=True, metavar="FORM", help="which form, i-912")
    items.set_defaults(run=run_items)
    paper_import.add(actions)
    proof = actions.add_parser(
        "proof",
        help="print every item's id in its box",
        description="Make a proof sheet: the blank with each item's id in its box, to check a map by eye.",
        epilog="Example: ournydesk paper proof --form n-400 --blank n-400.pdf -o proof.pdf",
    )
    _add_files(proof)
    proof.set_defaults(run=run_proof)
    paper_packet.add(actions)
    paper_takehome.add(actions)
    paper_sheet.add(actions)
    paper_handout.add(actions)
    paper_copies.add(actions)


def _add_official(actions: Subparsers) -> None:
    parser = actions.add_parser(
        "official",
        help="fill an agency's form from a file of items",
        description="Fill an agency's own blank. The items are run through the form first: what it makes "
        "irrelevant is left off, a broken rule stops, a missing answer is named.",
        epilog="Example: ournydesk paper official --form n-400 --blank n-400.pdf --items my.json -o out.pdf",
    )
    _add_files(parser)
    parser.add_argument(
        "--items", type=Path, required=True, metavar="ITEMS.json", help='{"items": {"P2.8": "Bangladesh", …}}'
    )
    parser.add_argument(
        "--reuse",
        nargs=2,
        action="append",
        default=[],
        metavar=("FORM", "ITEMS.json"),
        help="take over name, address, numbers from the items of another form, n-400 my-n-400.json",
    )
    parser.add_argument(
        "--fillable", action="store_true", help="keep the fields open for correction instead of flattening"
    )
    parser.set_defaults(run=run_official)


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--form", required=True, metavar="FORM", help="which form: n-400, i-912, i-765, i-90")
    parser.add_argument("--blank", type=Path, required=True, metavar="BLANK.pdf", help="the agency's blank")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT.pdf", help="where to write the PDF"
    )


def run_official(args: argparse.Namespace) -> int:
    """Handle ``paper official``."""
    paper_map = for_form(args.form)
    clock = SystemClock()
    given = _reused(paper_map, _items(args.items), args.reuse)
    asked = run_through(paper_map, normalised(paper_map, given), clock)
    filled = official.fill(paper_import.read(args.blank), paper_map, asked.items, fillable=args.fillable)
    if filled.unknown:
        names = ", ".join(filled.unknown)
        raise BadInput(f"{args.items}: form {paper_map.form} has no item {names}. Check how it is spelled.")
    output.write(args.output, filled.pdf)
    _report(asked)
    _tell("continues elsewhere", (_moved(each) for each in filled.moved))
    print(f"{args.output}: {paper_map.form}, edition {filled.edition}, {filled.pages} pages.")
    return 0


def run_items(args: argparse.Namespace) -> int:
    """Handle ``paper items``."""
    for line in item_lines(for_form(args.form)):
        print(line)
    return 0


def run_proof(args: argparse.Namespace) -> int:
    """Handle ``paper proof``."""
    paper_map = for_form(args.form)
    output.write(args.output, official_proof.proof(paper_import.read(args.blank), paper_map))
    print(f"{args.output}: proof sheet of {paper_map.form}, edition {paper_map.edition}.")
    return 0


def _reused(
    paper_map: PaperMap, own: Mapping[str, object], others: Iterable[tuple[str, str]]
) -> Mapping[str, object]:
    for form, path in others:
        theirs = for_form(form)
        if theirs.form not in {each.form for each in paper_map.same_as}:
            raise BadInput(f"Form {paper_map.form} takes nothing over from form {theirs.form}.")
        own = reused(paper_map, form, normalised(theirs, _items(Path(path))), own)
    return own


def _report(asked: Asked) -> None:
    _tell("left off, because the form does not ask it here", asked.left_off)
    _tell("not answered", asked.missing)


def _tell(what: str, lines: Iterable[str]) -> None:
    for line in lines:
        print(f"{what}: {line}", file=sys.stderr)


def _moved(moved: MovedAnswer) -> str:
    return f"{moved.item} ({moved.title}; page {moved.page}, part {moved.part}) in {moved.where}"


def _items(path: Path) -> Mapping[str, object]:
    """The items of a file: under the key ``items``, or the whole file."""
    read = read_json(str(path))
    items = read.get("items", read) if isinstance(read, dict) else read
    if not isinstance(items, dict):
        raise BadInput(f'{path} has to hold an object of items, {{"items": {{"P2.8": "Bangladesh"}}}}.')
    return items
