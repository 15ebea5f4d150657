"""``ournydesk form``: try a form with scripted answers, check it, turn it into a workbook and back.

Layer: cli.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from forms.engine import Session, StepRefused, compile_xlsform, load_form
from forms.engine.states import NodeState
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
            _apply(session, step, number)
        except StepRefused as refused:
            why = WHY.get(str(refused.facts.get("why")), "it cannot be done")
            raise BadInput(f"Step {number}: {_said(step)} is refused: {why}.") from refused
        spent += (time.perf_counter() - begun) * 1000
    nodes = {state.ref: _shown(session, state) for state in session.walk() if _listed(state)}
    result = {
        "nodes": nodes,
        "submission": session.submission().decode("utf-8"),
        "load_ms": round(load_ms, 3),
        "step_ms": round(spent / len(steps), 3) if steps else 0.0,
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


def _listed(state: NodeState) -> bool:
    return state.kind != "repeat"


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


def _apply(session: Session, step: Mapping[str, object], number: int) -> None:
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
