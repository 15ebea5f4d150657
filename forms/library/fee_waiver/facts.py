"""What a request for a fee waiver follows from its answers. Layer: forms.library.

The basis is found by the law's own table (``ournydesk.law.fees``); sums and the first line of Part 3
need no question. Whatever was answered by a person is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ournydesk.law.fees import FeeTable, fee_path

BENEFIT, INCOME, HARDSHIP = "A", "B", "C"
_HARDSHIP_ITEMS: Final = ("P6.1", "P6.3")
_NAME: Final = ("P2.2.given", "P2.2.middle", "P2.2.family")


def worked_out(items: Mapping[str, Any], table: FeeTable, filing: date) -> dict[str, Any]:
    """The items, with basis, totals and the person's own line in Part 3 where nobody gave them."""
    done = dict(items)
    _add_up(done)
    _own_line(done)
    found = basis(done, table, filing)
    if found:
        done.setdefault("P1.1", found)
    return done


def basis(items: Mapping[str, Any], table: FeeTable, filing: date) -> list[str]:
    """Every basis the answers name: each may be asked for beside the others, with its proof."""
    benefits = bool(items.get("P4.1"))
    found = [BENEFIT] if benefits else []
    household, income = _whole(items.get("P5.3")), _whole(items.get("P5.8"))
    if household and income is not None:
        path = fee_path(table, household=household, income=income, means_tested=False, filing=filing)
        if income <= path.waiver_limit:
            found.append(INCOME)
    if any(items.get(item) for item in _HARDSHIP_ITEMS):
        found.append(HARDSHIP)
    return found


def _add_up(done: dict[str, Any]) -> None:
    own, family = _whole(done.get("P5.6")), _whole(done.get("P5.7"))
    if own is not None and "P5.8" not in done:
        done["P5.8"] = own + (family or 0)
    assets = [_whole(row.get("value")) for row in _rows(done.get("P6.2"))]
    known = [value for value in assets if value is not None]
    if known and len(known) == len(assets):
        done.setdefault("P6.2.total", sum(known))


def _own_line(done: dict[str, Any]) -> None:
    """The person's line: name, A-number, date of birth; the form that is filed has to be given."""
    rows = _rows(done.get("P3.1"))
    if not rows:
        return
    first = dict(rows[0])
    name = " ".join(str(done[item]) for item in _NAME if done.get(item))
    for key, value in (("name", name), ("a_number", done.get("a_number")), ("dob", done.get("P2.6"))):
        if value and not first.get(key):
            first[key] = value
    done["P3.1"] = [first, *rows[1:]]
    forms = [str(row.get("forms") or "") for row in done["P3.1"]]
    if all(forms):
        done.setdefault("P3.total", sum(len(each.replace(",", " ").split()) for each in forms))


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _whole(value: object) -> int | None:
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdecimal() else None
