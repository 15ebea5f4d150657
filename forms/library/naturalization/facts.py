"""What the naturalization intake tells the law. Layer: forms.library.

A question that was not answered, or answered with "does not know", is nothing to report here: the sheet
of the packet lists separately what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from forms.engine import Session
from forms.library.items import PRESENT, items_of
from ournydesk.law.naturalization import BIRTH, Basis, Facts, Military, Trip

BASES: Final = {
    "A": Basis.GENERAL,
    "B": Basis.SPOUSE,
    "C": Basis.VAWA,
    "E": Basis.HOSTILITIES,
    "F": Basis.SERVICE,
}
FLAGS: Final = {
    ("P9.1", "Y"): "false_citizenship_claim",
    ("P9.2", "Y"): "registered_or_voted",
    ("P9.3", "Y"): "overdue_taxes",
    ("P9.15a", "Y"): "arrest_crime_without_arrest",
    ("P9.15b", "Y"): "arrest_or_citation",
    ("P9.16", "N"): "on_probation",
    ("P9.17d", "Y"): "marriage_fraud",
    ("P9.17e", "Y"): "smuggling",
    ("P9.17g", "Y"): "child_support_arrears",
    ("P9.20", "Y"): "in_removal_proceedings",
    ("P9.21", "Y"): "final_removal_order",
}
FILING: Final = "/data/papers/filing_date"


def filing_day(session: Session, today: date) -> date:
    """The day the form is to be sent, today when that is not settled."""
    return _day(session.state(FILING).value) or today


def facts(session: Session, filing_date: date) -> Facts:
    """The facts of one filling, on a filing date."""
    items = items_of(session)
    state, since = _state(items)
    return Facts(
        filing_date=filing_date,
        dob=_day(items.get("P2.6")),
        sex=_sex(items.get("P2.5")),
        lpr_date=_day(items.get("P2.7")),
        basis=BASES.get(str(items.get("P1.1")), Basis.BEST),
        trips=tuple(_trips(items)),
        married=items["P5.1"] in {"married", "separated"} if "P5.1" in items else None,
        living_together=False if items.get("P5.1") == "separated" else _yes(items, "P5.4.same_address"),
        marriage_date=_day(items.get("P5.4.married")),
        spouse_usc_since=BIRTH if items.get("P5.5a") == "birth" else _day(items.get("P5.5b")),
        parent_usc_before_18=_yes(items, "P2.10"),
        state=state,
        state_since=since,
        disability_n648=_yes(items, "P2.11"),
        lived_us_18_26=_yes(items, "P9.22a"),
        ss_registered=_yes(items, "P9.22b"),
        military=Military(
            active_hostilities=items.get("P1.1") == "E",
            honorable=items.get("P9.25") == "Y" and items.get("P9.27") == "N",
        ),
        flags=tuple(flag for (item, answer), flag in FLAGS.items() if items.get(item) == answer),
    )


def _trips(items: Mapping[str, Any]) -> list[Trip]:
    made = []
    for row in items.get("P8", []):
        left, returned = _day(row.get("left")), _day(row.get("returned"))
        if left is not None and (returned is None or left <= returned):
            made.append(Trip(left, returned))
    return made


def _state(items: Mapping[str, Any]) -> tuple[str | None, date | None]:
    """The state of residence and since when, through addresses that follow one another in it."""
    state, since = items.get("P4.1.state"), _day(items.get("P4.1.from"))
    if not isinstance(state, str) or since is None:
        return (state if isinstance(state, str) else None, since)
    earlier = sorted(items.get("P4.1.prior", []), key=lambda row: str(row.get("to", "")), reverse=True)
    for row in earlier:
        begun, ended = _day(row.get("from")), _day(row.get("to"))
        follows = ended is not None and since - ended <= timedelta(days=1)
        if row.get("state") == state and begun is not None and follows:
            since = min(since, begun)
    return state, since


def _day(value: object) -> date | None:
    if not isinstance(value, str) or value in {"", PRESENT}:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _sex(value: object) -> Any:
    return value if value in {"M", "F"} else None


def _yes(items: Mapping[str, Any], item: str) -> bool | None:
    return items[item] == "Y" if item in items else None
