"""What an attorney reads of a screening: every row with its facts, its source and how sure that is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ournydesk.bootstrap.cases import attorneys_sheet, urgency
from ournydesk.domain.documents import AttorneySheet, Finding
from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.intake import IntakeHead
from tests.unit.library.screenings import ENGLISH, NOON, TODAY, a_client, the_form


def a_head() -> IntakeHead:
    form = the_form()
    return IntakeHead(
        id=IntakeId(new_id()), ticket=47, form_id=form.id, form_version=form.version, form_hash=form.hash,
        form_title=form.title, language=ENGLISH, started_at=NOON,
    )  # fmt: skip


def sheet(today: date = TODAY, **changed: str) -> AttorneySheet:
    found = attorneys_sheet(a_client(**changed), a_head(), today)
    assert found is not None
    return found


def named(found: AttorneySheet, title: str) -> Finding:
    [one] = [finding for finding in found.findings if finding.title == title]
    return one


def test_expedited_removal_says_until_when() -> None:
    found = named(sheet(arrived="2025-11-02", last_how="ewi"), "Expedited removal")
    assert found.result == "Exposed now"
    assert found.inputs == "Two years here are over on 2 Nov 2027."
    assert found.mark.startswith("Confirm with an attorney")


def test_a_fact_that_is_not_known_is_not_told_as_said() -> None:
    found = named(sheet(order="Y"), "Earlier order of removal")
    said, _, ask = found.inputs.partition(" Not known, ask: ")
    assert said == "The client: was ever ordered removed."
    assert ask == "came back after an order of removal."


def test_tps_of_a_country_says_that_it_ended_and_when() -> None:
    found = named(sheet(birth_country="Haiti"), "TPS Haiti")
    assert (found.result, found.worked_out) == ("Ended", True)
    assert "27 Jul 2026" in found.text


def test_the_asylum_date_names_the_arrival_it_counts_from() -> None:
    found = named(sheet(arrived="2026-03-14"), "Asylum: last day of the first year")
    # 14 March 2027 is a Sunday: 8 CFR 208.4(a)(2)(ii)
    assert (found.result, "14 Mar 2026" in found.inputs) == ("15 Mar 2027", True)


def test_an_old_table_is_said_before_anything_else() -> None:
    assert sheet(date(2029, 1, 1)).findings[0].title == "Law not checked lately"


def test_the_level_names_its_reason_and_no_reason_is_no_level() -> None:
    assert urgency(a_client(), a_head(), TODAY).shown is False  # type: ignore[union-attr]  # screenings ask it
    held = urgency(a_client(held="self"), a_head(), TODAY)
    assert held is not None
    assert (held.level, held.reason, held.by, held.shown) == ("CRITICAL", "Detained now", None, True)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (6, "Hearing in 6 days"),
        (1, "Hearing tomorrow"),
        (0, "Hearing today"),
        (-3, "Hearing 3 d ago"),
    ],
)
def test_the_list_says_in_a_few_words_why_and_when(days: int, said: str) -> None:
    hearing = TODAY + timedelta(days=days)
    found = urgency(a_client(court="Y", court_date=hearing.isoformat()), a_head(), TODAY)
    assert found is not None
    assert (found.reason, found.by) == (said, hearing)


def test_nothing_on_the_sheet_says_that_somebody_qualifies() -> None:
    words = repr(sheet(marital="married", last_how="ewi", fears="yes")).casefold()
    assert "eligible" not in words
    assert "qualif" not in words
