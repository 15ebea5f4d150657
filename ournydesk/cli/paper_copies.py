"""``ournydesk paper blank``: a form as empty paper. Layer: cli."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from forms.engine import compile_xlsform, load_form
from forms.library import library
from forms.library.copying import paper_copy
from forms.paper.copies import printout
from ournydesk.cli import output
from ournydesk.clock import SystemClock
from ournydesk.errors import BadInput

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way

MOST_ROWS = 40


def add(actions: Subparsers) -> None:
    """Register ``paper blank``."""
    parser = actions.add_parser(
        "blank",
        help="print a form as empty paper, to be written by hand and typed in later",
        description="Every question of a form with room to answer, in a language and in English. Each page "
        "names form, version and page, in words and as a QR code.",
        epilog="Example: ournydesk paper blank --form screening --lang es -o screening.pdf",
    )
    parser.add_argument("--form", required=True, metavar="FORM", help="naturalization, screening, incident")
    parser.add_argument("--lang", default="en", metavar="CODE", help="the client's language: es, bn; en")
    parser.add_argument("--rows", type=int, default=0, metavar="N", help="empty rows in each table")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.pdf")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Handle ``paper blank``."""
    entry = next((each for each in library() if each.id == args.form), None)
    if entry is None:
        names = ", ".join(each.id for each in library())
        raise BadInput(f"There is no form {args.form!r}. Forms: {names}.")
    if not 0 <= args.rows <= MOST_ROWS:
        raise BadInput(f"--rows {args.rows}: a table can have 1 to {MOST_ROWS} empty rows.")
    compiled = compile_xlsform(entry.folder)
    form = load_form(compiled.xml, compiled.files)
    document = paper_copy(form, args.lang, SystemClock().now())
    made = printout(document, rows=args.rows)
    output.write(args.output, made.pdf)
    print(f"{args.output}: {form.title}, version {form.version}, {made.pages} pages.")
    return 0
