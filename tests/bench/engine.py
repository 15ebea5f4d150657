"""The form engine beside ODK's own in the same run: load, one answer, rows, choices, hostile forms.

ODK's engine is measured warm: its first loads, while Node still compiles it, are not counted.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final

from forms.engine import Kind, Session, StepRefused, load_form
from forms.engine.xlsform import compile_book
from tests.bench import Measure
from tests.odk.compare import NOW, targets_of
from tests.odk.generator import step_for, workbook
from tests.odk.oracle import Oracle, missing, oracle
from tests.unit.engine import hostile
from tests.unit.engine.builders import bind, xml

MILLISECONDS: Final = 1000.0
LOADS: Final = 7
STEPS: Final = 400
ROWS: Final = 200
HOSTILE_LIMIT: Final = 200.0


def measure() -> list[Measure]:
    """Milliseconds beside the promise, or beside ODK's engine in this run; megabytes of hostile forms."""
    if missing():
        return [*_alone(), *_hostile()]
    with oracle() as odk:
        return [*_beside(odk), *_alone(), *_hostile()]


def _beside(odk: Oracle) -> Iterator[Measure]:
    form, _ = compile_book(workbook(3, 300))
    answers = [odk.ask(form.decode(), []) for _ in range(LOADS + 2)]
    theirs = median(answer["load_ms"] for answer in answers[2:])
    count = len(load_form(form).specs)
    yield Measure(f"load of {count} nodes (a tenth is promised)", _load(form), "ms", theirs, "ODK's engine")
    form, _ = compile_book(workbook(5, 480))
    session, steps, mine = _walk(form)
    asked = sum(definition.kind is Kind.QUESTION for definition in session.form.definitions())
    each = odk.ask(form.decode(), steps)["each_ms"]
    name = f"one answer of {asked} questions"
    yield Measure(f"{name}, median (half is promised)", median(mine), "ms", median(each), "ODK's engine")
    yield Measure(f"{name}, 99th percentile", quantiles(mine, n=100)[-1], "ms", 16)
    yield Measure(f"{name}, 99th percentile beside ODK", _last(mine), "ms", _last(each), "ODK's engine")


def _last(times: list[float]) -> float:
    return quantiles(times, n=100)[-1]


def _load(form: bytes) -> float:
    return median(_timed(lambda: Session.start(load_form(form), NOW)) for _ in range(LOADS))


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * MILLISECONDS


def _walk(form: bytes) -> tuple[Session, list[dict[str, Any]], list[float]]:
    """Random answers only, and how long each took."""
    rng = random.Random(1)  # noqa: S311 - a seeded toy, not a secret
    session = Session.start(load_form(form), NOW)
    steps: list[dict[str, Any]] = []
    times: list[float] = []
    while len(times) < STEPS:
        open_now = [state for state in session.walk() if state.relevant and not state.readonly]
        step = step_for(rng, targets_of(open_now), [])
        if step is None:
            break
        began = perf_counter()
        try:
            session.set(step["ref"], step["value"])
        except StepRefused:
            continue
        times.append((perf_counter() - began) * MILLISECONDS)
        steps.append(step)
    return session, steps, times


def _alone() -> Iterator[Measure]:
    session = Session.start(load_form(_rows()), NOW)
    for _ in range(ROWS):
        session.add_row("/data/r")
    yield Measure(f"row {ROWS + 1} of 10 fields added", _timed(lambda: session.add_row("/data/r")), "ms", 50)
    towns = "name,label,region\n" + "".join(f"t{at},Town {at},r{at % 500}\n" for at in range(100_000))
    form = load_form(_cascade(), {"towns.csv": towns.encode()})
    filling = Session.start(form, NOW)
    first = _timed(lambda: (filling.set("/data/region", "r7"), filling.state("/data/town").offered))
    later = [
        _timed(lambda at=at: (filling.set("/data/region", f"r{at}"), filling.state("/data/town").offered))  # type: ignore[misc]  # defaults bind each round
        for at in range(100)
    ]
    yield Measure("a choice among 100,000 filtered, the first time", first, "ms")
    yield Measure("a choice among 100,000 filtered, slowest of 100 later", max(later), "ms", 50)


def _rows() -> bytes:
    fields = "".join(f"<f{at}/>" for at in range(9))
    rules = (
        bind("/data/r/f0", type="int")
        + bind("/data/r/f1", calculate="../f0 * position(..)")
        + bind("/data/r/f2", relevant="../f0 > 3")
        + bind("/data/r/total", calculate="sum(../f1) + count(/data/r)")
        + bind("/data/all", calculate="sum(/data/r/f1)")
    )
    asked = "".join(f'<input ref="/data/r/f{at}"/>' for at in (0, 2, 3, 4, 5, 6, 7, 8))
    body = f'<group ref="/data/r"><repeat nodeset="/data/r">{asked}</repeat></group>'
    return xml(f'<r jr:template="">{fields}<total/></r><all/>', rules, body)


def _cascade() -> bytes:
    body = (
        '<input ref="/data/region"/><select1 ref="/data/town">'
        "<itemset nodeset=\"instance('towns')/root/item[region = /data/region]\">"
        '<value ref="name"/><label ref="label"/></itemset></select1>'
    )
    return xml("<region/><town/>", '<instance id="towns" src="jr://file-csv/towns.csv"/>', body)


_CHILD: Final = """
import pathlib, re, sys, time
from forms.engine import FormRefused, Session, load_form
from tests.unit.engine import hostile
from tests.unit.engine.builders import NOON
form = hostile.FORMS[sys.argv[1]]()
began = time.perf_counter()
try:
    Session.start(load_form(form), NOON)
except FormRefused:
    pass
took = time.perf_counter() - began
peak = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text("ascii"))
print(took, int(peak[1]) / 1024, len(form) / 2**20)
"""


def _hostile() -> Iterator[Measure]:
    """The slowest and the largest, each form in a process of its own; its own bytes are not counted."""
    slowest, largest = ("", 0.0), ("", 0.0)
    for name in hostile.FORMS:
        told = subprocess.run(
            [sys.executable, "-c", _CHILD, name], capture_output=True, text=True, check=True, timeout=60
        )
        took, peak, own = map(float, told.stdout.split())
        # The text is made first, and joined once more on the way to bytes.
        slowest = max(slowest, (name, took), key=lambda one: one[1])
        largest = max(largest, (name, peak - 4 * own), key=lambda one: one[1])
    yield Measure(f"hostile, the slowest ({slowest[0]})", slowest[1], "s", 1)
    yield Measure(f"hostile, the largest ({largest[0]})", largest[1], "MB", HOSTILE_LIMIT)
