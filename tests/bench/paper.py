"""How long an agency's form takes: checked, filled and written; beside pdftk where that is installed.

pdftk (package ``pdftk-java``) fills the same fields with the same values in the same run. It is a
process, so its time holds the start of its Java; ours is a call in a desk that is already open.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from forms.paper import official
from forms.paper.paper_map import for_form
from tests.bench import Measure
from tests.integration.paper import form_items
from tests.integration.paper.n400_items import every_item
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.reading import field_values

ROUNDS = 5
LIMIT = 1.0
OTHERS = ("i-912", "i-765", "i-90")


def measure() -> list[Measure]:
    """Best of five, after one round to warm up; nothing where the blank is not here."""
    try:
        blank = official_blank()
    except pytest.skip.Exception:
        return []
    n400 = for_form("n-400")
    items = every_item(n400)
    many = {**items, "P8": [{"left": f"20{n:02}-01-02", "returned": f"20{n:02}-02-03"} for n in range(60)]}
    fields = field_values(official.fill(blank, n400, items, fillable=True).pdf)
    peer = _pdftk(blank, fields)
    absent = "limit; pdftk is absent" if peer is None else "limit"
    measures = [
        Measure("N-400, every item, filled and flattened", _best(blank, items), "s", LIMIT, absent),
        Measure("N-400, every item, fillable", _best(blank, items, fillable=True), "s", LIMIT, "limit"),
        Measure("N-400 with sixty trips on sheets", _best(blank, many), "s", LIMIT, "limit"),
    ]
    if peer is not None:
        beside = "pdftk fill_form flatten"
        measures.insert(1, Measure("N-400, the same beside a peer", measures[0].value, "s", peer, beside))
    return [*measures, *(_other(form) for form in OTHERS)]


def _other(form: str) -> Measure:
    paper_map, spent = for_form(form), []
    blank, items = official_blank(f"{form}.pdf"), form_items.every_item(paper_map)
    for _ in range(ROUNDS):
        started = time.perf_counter()
        official.fill(blank, paper_map, items)
        spent.append(time.perf_counter() - started)
    return Measure(f"{paper_map.form}, every item, filled and flattened", min(spent), "s", LIMIT, "limit")


def _best(blank: bytes, items: dict[str, object], *, fillable: bool = False) -> float:
    n400 = for_form("n-400")
    spent = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        official.fill(blank, n400, items, fillable=fillable)
        spent.append(time.perf_counter() - started)
    return min(spent)


def _pdftk(blank: bytes, fields: dict[str, str]) -> float | None:
    """Seconds pdftk takes for the same fields, read from an XFDF; None without pdftk."""
    if not shutil.which("pdftk"):
        return None
    said = "".join(
        f"<field name={quoteattr(name)}><value>{escape(value.removeprefix('/'))}</value></field>"
        for name, value in fields.items()
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "blank.pdf").write_bytes(blank)
        # Without the declaration pdftk-java takes the root element for it and then misses the root.
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        xfdf = f'{head}<xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>{said}</fields></xfdf>'
        (folder / "items.xfdf").write_text(xfdf, encoding="utf-8")
        spent = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            subprocess.run(
                ["pdftk", "blank.pdf", "fill_form", "items.xfdf", "output", "out.pdf", "flatten", "drop_xfa"],
                cwd=folder, check=True, capture_output=True,
            )  # fmt: skip
            spent.append(time.perf_counter() - started)
        return min(spent)
