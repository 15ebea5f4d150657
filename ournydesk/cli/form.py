"""``ournydesk form``: try a form with scripted answers, check it, send it, make a workbook of it and back.

Layer: cli.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

from forms.engine import Session, StepRefused, compile_xlsform, lint, load_form, sheets, workbooks
from forms.engine.states import NodeState
from ournydesk.bootstrap.library import written_form
from ournydesk.cli.opening import add_vault, opened
from ournydesk.clock import SystemClock
from ournydesk.errors import BadInput

WHY: Final = {
    "unknown": "the form has no such question",
    "readonly": "it is read-only",
    "irrelevant": "it is not relevant now",
    "calculated": "the form calculates it",
    "not_a_question": "it is a group, not a question",
    "not_a_repeat": "it is no repeat",
    "counted": "the form itself says how many rows there are",
    "no_such_row": "there is no such row",
    "row_exists": "this row is there already",
    "too_many_rows": "it has as many rows as a repeat may have",
    "rank_incomplete": "a ranking must name every choice",
    "not_text": "it holds characters that XML cannot carry",
}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register ``form`` and what it can do."""
    form = subparsers.add_parser(
        "form",
        help="check a form, try it with scripted answers, turn it into a workbook and back",
        description="Work with forms: XLSForms (.xlsx .xls .csv .md), folders of CSV sheets, XForms (.xml).",
        epilog="Example: ournydesk form check myform.xlsx",
    )
    actions = form.add_subparsers(title="actions", metavar="ACTION", required=True)
    simulate = actions.add_parser(
        "simulate",
        help="fill a form with scripted answers and show every node",
        description="Fill a form with the steps of a JSON file and print the state of every node.",
        epilog="Example: ournydesk form simulate forms/library/naturalization --steps steps.json "
        'with [{"op":"set","ref":"/data/name","value":"Ada Example"},{"op":"add","ref":"/data/trips"}]',
    )
    simulate.add_argument("form", type=Path, metavar="FORM", help="the form: a file or a folder of sheets")
    simulate.add_argument("--steps", type=Path, required=True, metavar="STEPS.json", help="a list of steps")
    simulate.add_argument("--now", metavar="ISO", help="the moment the form believes it is, 2026-11-28T09:30")
    simulate.set_defaults(run=run_simulate)
    checking = actions.add_parser(
        "check",
        help="list every mistake of a form with its place and what to do",
        description="List every mistake of a form: sheet, row, column and what to do; then its languages.",
        epilog="Example: ournydesk form check myform.xlsx",
    )
    checking.add_argument("form", type=Path, metavar="FORM", help="the form: a file or a folder of sheets")
    checking.add_argument("--json", action="store_true", help="print findings as JSON")
    checking.set_defaults(run=run_check)
    workbook = actions.add_parser(
        "workbook",
        help="turn a folder of sheets into an Excel workbook, or a workbook into a folder",
        description="A folder of CSV sheets becomes one .xlsx; any other form becomes a folder.",
        epilog="Example: ournydesk form workbook forms/library/naturalization -o naturalization.xlsx",
    )
    workbook.add_argument(
        "form", type=Path, metavar="FORM", help="the form: a folder, .xlsx, .xls, .csv or .md"
    )
    workbook.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="a new .xlsx or folder"
    )
    workbook.add_argument("--force", action="store_true", help="write over an existing .xlsx")
    workbook.set_defaults(run=run_workbook)
    publish = actions.add_parser(
        "publish",
        help="send a form to every desk of the team",
        description="Check a form, sign it and send it to every desk of the vault's team with the next "
        "round. Desks start new intakes with it; those begun keep the version they began with.",
        epilog="Example: ournydesk form publish myform.xlsx --vault DIR",
    )
    publish.add_argument("form", type=Path, metavar="FORM", help="the form: a file or a folder of sheets")
    publish.add_argument(
        "--without-consent",
        action="store_true",
        help="for a form that asks no client anything: its answers leave the laptop from the first one",
    )
    add_vault(publish)
    publish.set_defaults(run=run_publish)


def run_simulate(args: argparse.Namespace) -> int:
    """Handle ``form simulate``."""
    steps = _steps(args.steps)
    compiled = compile_xlsform(args.form)
    started = time.perf_counter()
    form = load_form(compiled.xml, compiled.files)
    session = Session.start(form, _now(args.now))
    load_ms = (time.perf_counter() - started) * 1000
    spent = 0.0
    for number, step in enumerate(steps, 1):
        begun = time.perf_counter()
        try:
            apply_step(session, step, number)
        except StepRefused as refused:
            why = WHY.get(str(refused.facts.get("why")), "it cannot be done")
            raise BadInput(f"Step {number}: {_said(step)} is refused: {why}.") from refused
        spent += (time.perf_counter() - begun) * 1000
    result = {
        "nodes": nodes_of(session),
        "submission": session.submission().decode("utf-8"),
        "load_ms": round(load_ms, 3),
        "step_ms": round(spent / len(steps), 3) if steps else 0.0,
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Handle ``form check``; returns 1 when the form cannot be used as it is."""
    report = lint.check(args.form)
    if args.json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=1))
        return 0 if report.sound else 1
    for finding in report.findings:
        place = f"{finding.place}: " if finding.place else ""
        print(f"{finding.severity}: {place}{finding.message}")
    for language in report.coverage:
        drafts = f", {language.drafts} of them drafts" if language.drafts else ""
        print(f"{language.language}: {language.translated} of {language.wanted} texts{drafts}")
    mistakes = sum(finding.severity == "error" for finding in report.findings)
    doubts = len(report.findings) - mistakes
    print(f"{report.questions} questions, {mistakes} mistakes, {doubts} warnings.")
    return 0 if report.sound else 1


def run_workbook(args: argparse.Namespace) -> int:
    """Handle ``form workbook``."""
    source, output = args.form, args.output
    book = sheets.read(source)
    if output.suffix.lower() == ".xlsx":
        if output.exists() and not args.force:
            raise BadInput(f"{output} exists already. Name another file, or add --force to write over it.")
        output.write_bytes(workbooks.to_workbook(book))
        print(f"{output}: {', '.join(book.sheets)}")
        return 0
    if output.suffix:
        raise BadInput(f"“{output.suffix}” cannot be written. Name a new .xlsx file or a new folder.")
    for path in workbooks.to_folder(book, output):
        print(path)
    return 0


def run_publish(args: argparse.Namespace) -> int:
    """Handle ``form publish``."""
    # Who only checks a form waits for no cipher.
    from ournydesk.services import publishing  # noqa: PLC0415

    form = written_form(args.form, without_consent=args.without_consent)
    with opened(args) as vault:
        publishing.publish_form(form, vault=vault, clock=SystemClock())
    print(f"“{form.title}” ({form.id}), version {form.version}, fingerprint {form.hash[:16]}")
    print(
        "It goes to every desk with this vault's next round: ournydesk sync, a courier file, or the window."
    )
    return 0


def nodes_of(session: Session) -> dict[str, Mapping[str, object]]:
    """Facts of every node by its positional reference; rows are nodes, repeats are not."""
    return {state.ref: _shown(session, state) for state in session.walk() if state.kind != "repeat"}


def _shown(session: Session, state: NodeState) -> Mapping[str, object]:
    return {
        "relevant": state.relevant,
        "readonly": state.readonly,
        "required": state.required,
        "value": state.value,
        "choices": list(state.offered),
        "violation": state.violation,
        "label": session.text(state.path).text,
    }


def apply_step(session: Session, step: Mapping[str, object], number: int) -> None:
    """Take one scripted step. Raises StepRefused, or BadInput when the step itself is malformed."""
    ref = _text(step, "ref", number)
    match step.get("op"):
        case "set":
            session.set(ref, _text(step, "value", number))
        case "add":
            session.add_row(ref)
        case "remove":
            index = step.get("index")
            if not isinstance(index, int) or isinstance(index, bool) or index < 0:
                raise BadInput(f"Step {number}: “remove” needs an index, a whole number from 0.")
            session.remove_row(f"{ref}[{index + 1}]")
        case other:
            raise BadInput(f"Step {number}: the op is “{other}”; it must be set, add or remove.")


def _said(step: Mapping[str, object]) -> str:
    return f"{step.get('op')} {step.get('ref')}"


def _text(step: Mapping[str, object], key: str, number: int) -> str:
    value = step.get(key)
    if not isinstance(value, str):
        raise BadInput(f"Step {number}: “{key}” must be a text.")
    return value


def _steps(path: Path) -> list[Mapping[str, object]]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path} is not JSON: {error}.") from error
    if not isinstance(found, list) or not all(isinstance(step, dict) for step in found):
        raise BadInput(
            f'{path} must hold a list of steps, [{{"op": "set", "ref": "/data/a", "value": "3"}}].'
        )
    return found


def _now(text: str | None) -> datetime:
    if text is None:
        return datetime.now().astimezone()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"--now is “{text}”; write a moment as 2026-11-28T09:30 or with an offset.") from error
    return moment if moment.tzinfo else moment.astimezone()
