"""ODK's engine and ours side by side: the same random steps, then every fact of every node."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from forms.engine import ExpressionFault, FormRefused, Kind, Session, StepRefused, load_form
from forms.engine.states import NodeState
from forms.engine.xlsform import Compiled
from ournydesk.cli.form import apply_step
from tests.odk.generator import step_for
from tests.odk.oracle import Oracle, Step

NOW: Final = datetime(2026, 11, 28, 10, tzinfo=ZoneInfo("America/New_York"))
FACTS: Final = (
    "relevant",
    "readonly",
    "required",
    "value",
    "choices",
    "violation",
    "label",
    "hint",
    "said",
    "message",
)
SUBMISSION: Final = "submission"
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_OURS: Final = frozenset({"unknown", "irrelevant", "readonly", "unknown repeat", "controlled", "no such row"})
"""Why oracle.mjs itself turns a step down; any other reason is ODK's engine stopping half-way."""
_ANSWERED_BY_HAND: Final = frozenset({"input", "select1", "select", "rank", "range", "trigger"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact on which the two engines disagree. Step 0 is the freshly loaded form."""

    form: str
    seed: int
    step: int
    node: str
    fact: str
    theirs: object
    ours: object
    last: Step | None = None
    removed: bool = False
    """Whether a row was taken away before."""

    def __str__(self) -> str:
        """All there is to find it again."""
        return (
            f"{self.form}, seed {self.seed}, step {self.step} {self.last or ''}: {self.node} {self.fact}\n"
            f"    ODK  {_short(self.theirs)}\n    ours {_short(self.ours)}"
        )


def _short(value: object) -> str:
    return repr(value)[:300]


Known = Callable[[Difference, Compiled], str]
_LOOKS: Final = frozenset({"label", "hint", "said", "message", "violation", "choices"})
"""Facts that no answer follows from."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What one engine showed after each step, and why it refused which steps."""

    states: list[dict[str, Any]]
    refused: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Walk:
    """Random steps through our engine, written down so that ODK's can follow."""

    steps: list[dict[str, Any]]
    trace: Trace


def targets_of(states: list[NodeState]) -> list[dict[str, Any]]:
    """The questions a step may answer, in the shape the generator takes."""
    return [
        {
            "ref": state.ref,
            "type": state.definition.type,
            "control": state.definition.control,
            "choices": list(state.offered),
        }
        for state in states
        if state.kind is Kind.QUESTION and state.definition.control in _ANSWERED_BY_HAND
    ]


def walk(compiled: Compiled, seed: int, count: int, language: str = "") -> Walk:
    """Answer at random: mostly what is relevant, now and then what is not."""
    rng = random.Random(seed)  # noqa: S311 - a seeded toy, not a secret
    session = Session.start(load_form(compiled.xml, compiled.files), NOW)
    states = [_facts(session, language)]
    steps: list[dict[str, Any]] = []
    refused: dict[int, str] = {}
    for number in range(1, count + 1):
        listed = list(session.walk())
        if rng.random() > 0.1:
            listed = [state for state in listed if state.relevant and not state.readonly]
        repeats = [state.ref for state in listed if state.kind is Kind.REPEAT and state.row is None]
        step = step_for(rng, targets_of(listed), repeats)
        if step is None:
            break
        steps.append(step)
        try:
            apply_step(session, step, number)
        except StepRefused as error:
            refused[number - 1] = str(error.facts["why"])
        except ExpressionFault as error:
            refused[number - 1] = error.message
        try:
            states.append(_facts(session, language))
        except ExpressionFault as error:
            # Words that cannot be computed: ODK's engine stops here too.
            refused[number - 1] = error.message
            states.append({})
            break
    return Walk(steps, Trace(states, refused))


def _facts(session: Session, language: str) -> dict[str, Any]:
    nodes = {
        state.ref: _shown(session, state, language)
        for state in session.walk()
        if state.kind is not Kind.REPEAT
    }
    return {"nodes": nodes, SUBMISSION: session.submission().decode("utf-8")}


def _shown(session: Session, state: NodeState, language: str) -> dict[str, Any]:
    """The facts of one node, as oracle.mjs lists them."""
    message = session.text(state.path, state.violation, language).text if state.violation else ""
    return {
        "relevant": state.relevant,
        "readonly": state.readonly,
        "required": state.required,
        "value": state.value,
        "choices": list(state.offered),
        "violation": state.violation,
        "label": session.text(state.path, "label", language).text,
        "hint": session.text(state.path, "hint", language).text,
        "said": [choice.label.text for choice in session.choices(state.path, language)],
        "message": message,
    }


def differences(
    oracle: Oracle,
    form: str,
    compiled: Compiled,
    seed: int,
    *,
    count: int = 12,
    language: str = "",
    known: Known = lambda _difference, _compiled: "",
) -> Iterator[Difference]:
    """Every difference nobody knew, up to and with the first step that has one.

    ``known`` names the entry of the published table that covers a difference. The walk goes on past
    a known one only when answers cannot depend on it.
    """
    mine: Walk | FormRefused | ExpressionFault
    try:
        mine = walk(compiled, seed, count, language)
    except (FormRefused, ExpressionFault) as error:
        mine = error
    steps = mine.steps if isinstance(mine, Walk) else []
    files = {name: content.decode("utf-8") for name, content in compiled.files.items()}
    answer = oracle.ask(
        compiled.xml.decode("utf-8"), steps, now=NOW.isoformat(), files=files, trace=True, language=language
    )
    if not isinstance(mine, Walk) or "error" in answer:
        ours = None if isinstance(mine, Walk) else mine.message
        theirs = answer.get("error")
        one = Difference(form, seed, 0, "", "load", theirs, ours)
        if (ours is None or theirs is None) and not known(one, compiled):
            yield one
        return
    theirs_trace = Trace(answer["states"], {one["index"]: one["why"] for one in answer["refused"]})
    for step in range(len(mine.trace.states)):
        last = steps[step - 1] if step else None
        found, stopped = _at(step, theirs_trace, mine.trace)
        apart = stopped
        for node, fact, said, here in found:
            removed = any(earlier["op"] == "remove" for earlier in steps[:step])
            one = Difference(form, seed, step, node, fact, said, here, last, removed)
            listed = known(one, compiled)
            apart = apart or not listed or fact not in _LOOKS
            if not listed:
                yield one
        if apart:
            return


def _at(step: int, theirs: Trace, ours: Trace) -> tuple[list[tuple[str, str, object, object]], bool]:
    """What is unlike after one step, and whether an engine stopped there: then nothing more can be said."""
    why, here = theirs.refused.get(step - 1), ours.refused.get(step - 1)
    stopped = (why is not None and why not in _OURS) or not ours.states[step]
    found = [] if stopped else list(_unlike(theirs.states[step], ours.states[step]))
    if (why is None) is not (here is None):
        found.append(("", "stopped" if stopped else "refused", why, here))
    return found, stopped


def _unlike(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> Iterator[tuple[str, str, object, object]]:
    left, right = theirs["nodes"], ours["nodes"]
    for node in [*left, *(name for name in right if name not in left)]:
        if node not in left or node not in right:
            yield node, "node", node in left, node in right
            continue
        for fact in FACTS:
            if fact == "message" and right[node]["violation"] and not right[node][fact]:
                continue  # the form says nothing; what is shown then is not the engines' affair
            if plain(left[node][fact]) != plain(right[node][fact]):
                yield node, fact, left[node][fact], right[node][fact]
    if plain(theirs[SUBMISSION]) != plain(ours[SUBMISSION]):
        yield "", SUBMISSION, *_around(plain(theirs[SUBMISSION]), plain(ours[SUBMISSION]))


def plain(value: object) -> object:
    """A fact without what is random by right: made-up identifiers."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return _UUID.sub("UUID", value) if isinstance(value, str) else value


def _around(left: object, right: object) -> tuple[str, str]:
    """Where two texts part, with a little of what surrounds it."""
    one, other = str(left), str(right)
    place = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, place - 80)
    return one[start : place + 120], other[start : place + 120]
