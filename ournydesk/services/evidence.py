"""What to put beside a naturalization application, and the cover it is mailed with. Layer: services.

Follows from the answers. The list helps whoever prepares the case; the form's instructions and an
attorney say what is required.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from forms.engine import Session, language_code
from forms.library.items import items_of
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import Bilingual, Printout
from ournydesk.domain.editions import Standing
from ournydesk.domain.intake import IntakeHead
from ournydesk.domain.sheets import Grid, Part, Saying, Sheet, SheetKind, Signing, Stated, Tick
from ournydesk.domain.takehome import Bring

Say = Callable[[Bring], Bilingual]
"""The words for a kind of paper, in the client's language where it has them."""
LONG_ABSENCE: Final = 180
_PREPARE: Final = Bilingual(english="What to put together")
_NEEDS: Final = (
    "From the answers and the form’s instructions (edition 01/20/25). An attorney says what is needed."
)


def evidence(session: Session, head: IntakeHead, printed_at: datetime, say: Say) -> Sheet:
    """A box to tick for each kind of paper that these answers call for, and why."""
    ticks = tuple(Tick(text=say(kind), why=why) for kind, why in _wanted(items_of(session)))
    return Sheet(
        kind=SheetKind.EVIDENCE,
        title=Bilingual(english="Evidence checklist"),
        about=_about(head),
        language=language_code(head.language),
        printed_at=printed_at,
        ticket=head.ticket,
        parts=(Part(title=_PREPARE, pieces=(*ticks, Saying(text=Bilingual(english=_NEEDS)))),),
    )


def mailing(
    session: Session,
    head: IntakeHead,
    printed_at: datetime,
    say: Say,
    official: Printout,
    known: Standing | None,
) -> Sheet:
    """The cover of what is mailed to the agency: what is inside, page by page, and who checked it.

    ``known`` says when the edition was last confirmed on the agency's site.
    """
    items = items_of(session)
    name = ", ".join(filter(None, (_said(items, "P2.1.family"), _said(items, "P2.1.given"))))
    inside = [
        (f"Form N-400, {_edition(official, known)}", f"{official.pages} pages", "Signed in Part 11 by hand"),
        *((say(kind).english, "", why) for kind, why in _wanted(items)),
        (
            "Fee, or the request to waive or reduce it",
            "",
            "The amount of today: uscis.gov/g-1055. Form I-912 where a waiver is asked for.",
        ),
    ]
    rows = tuple((str(at), what, pages, why) for at, (what, pages, why) in enumerate(inside, 1))
    facts = (
        ("Applicant", name or "—"),
        ("A-number", _number(_said(items, "a_number"))),
        ("Sent to", "The address depends on where the client lives: look it up today, uscis.gov/n-400."),
    )
    heads = ("", "What", "Pages", "To check")
    return Sheet(
        kind=SheetKind.MAILING,
        title=Bilingual(english="Mailing cover"),
        about=_about(head),
        language="en",
        printed_at=printed_at,
        ticket=head.ticket,
        parts=(
            Part(
                title=Bilingual(english=""),
                pieces=tuple(
                    Stated(label=Bilingual(english=label), fact=Bilingual(english=fact))
                    for label, fact in facts
                ),
            ),
            Part(
                title=Bilingual(english="Inside"),
                pieces=(
                    Grid(heads=heads, shares=(5, 40, 14, 41), rows=rows),
                    Saying(
                        text=Bilingual(
                            english="Keep a copy of everything, and the receipt of the post. Send copies of "
                            "papers, never the only original, unless the agency asks for it."
                        ),
                        care=True,
                    ),
                ),
            ),
            Part(
                title=Bilingual(english="Checked"),
                pieces=(
                    Signing(label=Bilingual(english="Who put it together"), day=Bilingual(english="Day")),
                    Signing(label=Bilingual(english="Who checked it"), day=Bilingual(english="Day")),
                ),
            ),
        ),
    )


def _wanted(items: Mapping[str, object]) -> Iterator[tuple[Bring, str]]:
    """Each kind of paper with the reason in this case; kinds without one are left out."""
    renamed = _said(items, "P2.3") == "Y" or bool(items.get("P2.2"))
    more = "; the papers of every change of name" if renamed else ""
    yield Bring.IDENTITY, f"Both sides of the permanent resident card{more}."
    trips = _rows(items, "P8")
    long = [row for row in trips if _days(row) > LONG_ABSENCE]
    away = (
        f" {len(long)} of them over {LONG_ABSENCE} days: proof of home, work and taxes meanwhile."
        if long
        else ""
    )
    yield (
        Bring.PASSPORTS,
        f"{len(trips)} trips are listed.{away}" if trips else "No trip is listed: check it.",
    )
    yield Bring.ADDRESSES, f"{len(_rows(items, 'P7'))} jobs or schools, every address since five years."
    family = list(_family(items))
    if family:
        yield Bring.FAMILY, " ".join(family)
    owes = "Taxes are owed: the agreement with the tax office." if _said(items, "P9.3") == "Y" else ""
    yield Bring.TAX, f"Transcripts, five years (three for the spouse of a citizen). {owes}".strip()
    offenses = _rows(items, "P9.15")
    if offenses or _said(items, "P9.15a") == "Y" or _said(items, "P9.15b") == "Y":
        count = f"{len(offenses)} listed. " if offenses else ""
        yield Bring.COURT, f"{count}A certified disposition for each, also where it was dismissed or sealed."
    if _said(items, "P10.1") == "Y":
        yield Bring.INCOME, "A reduced fee is asked for: proof of income and household, or of the benefit."


def _family(items: Mapping[str, object]) -> Iterator[str]:
    if _said(items, "P5.1") == "married":
        spouse = " and proof that the spouse is a citizen" if _said(items, "P1.1") == "B" else ""
        yield f"The marriage certificate{spouse}."
    if _said(items, "P5.3") not in {"", "0", "1"} or _said(items, "P5.1") in {
        "divorced",
        "widowed",
        "annulled",
    }:
        yield "The papers that ended each earlier marriage."
    children = _rows(items, "P6.2")
    if children:
        yield f"Birth certificates of {len(children)} children."
    if any(row.get("support") == "Y" for row in children):
        yield "Proof of child support."


def _rows(items: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    rows = items.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _said(items: Mapping[str, object], name: str) -> str:
    return str(items.get(name) or "")


def _days(row: Mapping[str, object]) -> int:
    """Days away, 0 where a date is missing or not a date."""
    try:
        left, back = (date.fromisoformat(str(row.get(key) or "")) for key in ("left", "returned"))
    except ValueError:
        return 0
    return (back - left).days


def _edition(official: Printout, known: Standing | None) -> str:
    confirmed = known.confirmed if known is not None else None
    looked = f"confirmed {english_day(confirmed)}" if confirmed else "not confirmed yet"
    return f"edition {official.edition}, {looked}"


def _number(digits: str) -> str:
    return f"A-{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 9 else digits or "—"


def _about(head: IntakeHead) -> str:
    return f"{head.form_title} ({head.form_id}), version {head.form_version}"
