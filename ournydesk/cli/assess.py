"""``ournydesk assess``: what the rules say about facts in a file. Layer: cli.

For attorneys and for partners' own checks. Facts come from a file or, with ``-``, from standard input,
and never leave this process; the answer is JSON on standard output.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.cli.assess_screening import EXAMPLE, SUMMARY, screening
from ournydesk.cli.json_files import read_json
from ournydesk.clock import SystemClock
from ournydesk.errors import BadInput
from ournydesk.law.asylum import asylum_date
from ournydesk.law.fees import fee_path
from ournydesk.law.given import Given, read_year
from ournydesk.law.naturalization.assess import assess
from ournydesk.law.naturalization.reported import read_facts
from ournydesk.law.tables import Tables, read_tables
from ournydesk.law.urgency import urgency

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 — argparse names it no other way

MOST_PEOPLE = 99
MOST_DOLLARS = 999_999_999


def add(subparsers: Subparsers) -> None:
    """Register ``assess`` and its five subjects."""
    parser = subparsers.add_parser(
        "assess",
        help="what the rules say about facts in a file",
        description="What the rules say about facts in a JSON file, with citations. For attorneys: not legal "
        "advice, and never shown to a client.",
        epilog="Example: ournydesk assess naturalization FACTS.json",
    )
    subjects = parser.add_subparsers(title="subjects", metavar="SUBJECT", required=True)
    for name, (summary, example, answer) in _SUBJECTS.items():
        subject = subjects.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=f"Example: echo '{example}' | ournydesk assess {name} -",
        )
        subject.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
        subject.add_argument(
            "--law",
            metavar="FOLDER",
            type=Path,
            help="a folder with your own law tables, which take precedence",
        )
        subject.set_defaults(run=run, answer=answer)


def run(args: argparse.Namespace) -> int:
    """Read the facts, print the answer. Raises BadInput with one sentence for the person."""
    answer: Callable[[object, Tables], dict[str, object]] = args.answer
    said = answer(read_json(args.file), read_tables(args.law))
    print(json.dumps(said, indent=2, ensure_ascii=False))
    return 0


def naturalization(untrusted: object, tables: Tables) -> dict[str, object]:
    """When a person may file an N-400 and what stands in the way."""
    return assess(read_facts(untrusted), tables).as_json()


def asylum(untrusted: object, tables: Tables) -> dict[str, object]:
    """The one-year date, from ``{"arrivals": [dates], "as_of": date}``; ``as_of`` defaults to today."""
    given = Given.of(untrusted, ("arrivals", "as_of"))
    arrivals = []
    for number, item in enumerate(given.items("arrivals"), start=1):
        try:
            arrivals.append(read_year(item))
        except (TypeError, ValueError) as error:
            raise BadInput(
                f"arrivals[{number}] must be a real date such as 2026-11-23.", key=f"arrivals[{number}]"
            ) from error
    date = asylum_date(arrivals, given.day("as_of") or SystemClock().today(), tables.asylum)
    return {
        "last_day": str(date.last_day),
        "safe_target": str(date.safe_target),
        "days_left": date.days_left,
        "counted_from": str(date.counted_from),
        "last_day_at_most": str(date.last_day_at_most),
        "text": date.text,
        "citation": date.citation,
        "mark": date.mark,
        "notices": list(date.notices),
    }


def fee(untrusted: object, tables: Tables) -> dict[str, object]:
    """Which N-400 fee a household would look at, from household, income, means_tested, filing_date."""
    given = Given.of(untrusted, ("household", "income", "means_tested", "filing_date"))
    means_tested = given.truth("means_tested") is True
    household = given.integer("household", 1, MOST_PEOPLE)
    income = given.integer("income", 0, MOST_DOLLARS)
    if household is None:
        raise given.missing("household", "the number of people in the household")
    if income is None and not means_tested:
        raise given.missing("income", "the household's yearly income in whole dollars")
    path = fee_path(
        tables.fees,
        household=household,
        income=income or 0,
        means_tested=means_tested,
        filing=given.day("filing_date") or SystemClock().today(),
    )
    return {
        "fee_path": path.fee_path,
        "amount": path.amount,
        "online_amount": path.online_amount,
        "waiver_limit": path.waiver_limit,
        "reduced_limit": path.reduced_limit,
        "poverty_year": path.poverty_year,
        "text": path.text,
        "citation": path.citation,
        "mark": path.mark,
        "notices": list(path.notices),
    }


def urgent(untrusted: object, tables: Tables) -> dict[str, object]:
    """The level of a case, from ``{"facts": [...]}``."""
    given = Given.of(untrusted, ("facts",))
    facts = []
    for number, item in enumerate(given.items("facts"), start=1):
        if not isinstance(item, str):
            raise BadInput(f"facts[{number}] must be a text such as “detained”.", key=f"facts[{number}]")
        facts.append(item)
    found = urgency(facts, tables.urgency)
    return {
        "level": found.level.value,
        "target": found.target,
        "reasons": [
            {
                "fact": reason.fact,
                "level": reason.level.value,
                "text": reason.text,
                "citation": reason.citation,
                "mark": reason.mark,
                "inputs": {"days": reason.days},
            }
            for reason in found.reasons
        ],
    }


_SUBJECTS = {
    "naturalization": (
        "when a person may file for naturalization and what stands in the way",
        '{"lpr_date": "2020-06-15", "filing_date": "2026-11-28"}',
        naturalization,
    ),
    "asylum": ("the one-year date for asylum", '{"arrivals": ["2026-03-14"]}', asylum),
    "fee": (
        "which N-400 fee a household would look at",
        '{"household": 4, "income": 41000, "means_tested": false, "filing_date": "2026-11-28"}',
        fee,
    ),
    "screening": (SUMMARY, EXAMPLE, screening),
    "urgency": ("how soon an attorney must see a case", '{"facts": ["hearing_days:9"]}', urgent),
}
