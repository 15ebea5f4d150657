"""The decision table, the facts module and the form speak of the same things, in both directions."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Final

import pytest

from forms.engine import Kind
from forms.library.screening import facts as told_facts
from forms.library.screening import people, urgent
from tests.unit.library.screenings import TODAY, a_client, a_row, questions, tables, the_form

READERS: Final = frozenset({"yes", "among", "when", "day", "text", "given", "declined", "rows"})
"""Methods of ``Heard`` whose first argument names a question or a table of the form."""
FULL: Final = {"depth": "full"}
OLDER: Final = {"before": "N", "dob": "1950-01-01"}
TWENTY: Final = {"dob": "2006-05-05"}
AFRAID: Final = {**FULL, "fears": "yes"}
MARRIED: Final = {"marital": "married"}
FILED: Final = {"filed": "Y"}

YES: Final[Mapping[str, Mapping[str, str]]] = {
    "in_proceedings": {"court": "Y"},
    "lpr": {"status": "lpr"},
    "lpr_5y": {"status": "lpr", "lpr_since": "2021-11-23"},
    "lpr_under_18": {"status": "lpr", "lpr_since": "2008-05-04"},
    "resided_7y_after_admission": {"arrived": "2019-11-23"},
    "parent_or_grandparent_usc": {**FULL, "grandparent_usc": "Y"},
    "custody_usc_parent": {"parent_status": "usc", "custody": "Y"},
    "usc_spouse": {**MARRIED, "spouse_status": "usc"},
    "usc_child_21": {"has_children": "Y", "child_status": "usc", "child_21": "Y"},
    "usc_parent": {"parent_status": "usc", "parent_alive_usc": "Y"},
    "under_21": TWENTY,
    "unmarried": {"marital": "divorced"},
    "inspected_or_paroled": {"last_how": "waved"},
    "ewi": {"last_how": "ewi"},
    "petition_by_20010430": {**FILED, "petition_2001": "Y"},
    "present_20001221": {**FILED, "petition_2001": "Y", "present_2000": "Y"},
    "usc_sibling": {**FULL, "sibling_status": "usc"},
    "lpr_spouse_or_parent": {"parent_status": "lpr"},
    "had_daca": {"had_daca": "Y"},
    "tps_country": {"birth_country": "Lebanon"},
    "had_tps": {"had_tps": "Y"},
    "fears_return": {"fears": "yes"},
    "protected_ground": {"fears": "yes", "fear_why": "religion"},
    "arrived_within_year": {"arrived": "2026-01-05"},
    "asylum_barred": {**AFRAID, "gave_support": "Y"},
    "reinstated_order": {"before": "Y", "order": "Y", "came_back": "Y"},
    "parent_harm": {**TWENTY, "parent_gone": "Y"},
    "crime_victim_us": {"crime_victim": "Y"},
    "helped_police": {"crime_victim": "Y", "helped_police": "Y"},
    "trafficked": {"forced": "Y"},
    "abused_by_usc_lpr_family": {"family_abuse": "Y", "abuser_status": "Y"},
    "present_10y": {"before": "Y", "ten_years": "Y"},
    "qualifying_relative": {**MARRIED, "spouse_status": "lpr"},
    "entered_before_1972": {**OLDER, "arrived": "1971-12-31"},
    "nacara_nationality": {"birth_country": "Guatemala"},
    "here_by_1991": {**OLDER, "arrived": "1991-12-31"},
    "parolee": {"last_how": "parole"},
    "usc_relative_in_forces": {**FULL, "forces": "Y"},
    "refugee_or_asylee_family": {"parent_status": "asylee"},
    "afghan_iraqi_helped_us": {"birth_country": "Iraq", "helped_us": "Y"},
    "cuban": {"birth_country": "Cuba"},
    "haitian_or_liberian": {"birth_country": "Haiti"},
    "labor_dispute": {**FULL, "work_harm": "Y"},
    "crime": {"arrested": "Y"},
    "prior_order": {"order": "Y"},
    "prior_filing": FILED,
    "left_and_reentered_ewi": {"before": "Y", "came_back": "Y"},
    "left_after_unlawful_stay": {"before": "Y", "left_unlawful": "Y"},
    "false_usc_claim": {"claimed_usc": "Y"},
    "fraud": {**FULL, "sham_marriage": "Y"},
    "gang_label": {"gang": "Y"},
    "smuggling": {**FULL, "smuggled": "Y"},
    "persecutor": {**FULL, "armed": "Y"},
    "travelled_on_advance_parole": {"status": "daca", "ap_travel": "Y"},
    "travel_planned": {"travel_plan": "Y"},
    "unaccompanied_child": {"dob": "2012-01-01", "child_alone": "Y"},
    "other_lawyer": {**FILED, "helper": "Y"},
}
"""For every fact of the table, what a client of the form says for it to be so."""


@pytest.mark.parametrize("fact", sorted(tables().screening.facts))
def test_every_fact_of_the_table_can_be_told_in_the_form(fact: str) -> None:
    assert told_facts.facts(a_client(**YES[fact]), TODAY, tables()).get(fact) is True


@pytest.mark.parametrize(
    ("fact", "row", "other"),
    [
        ("lpr_5y", {"status": "lpr", "lpr_since": "2021-11-24"}, False),
        ("lpr_under_18", {"status": "lpr", "lpr_since": "2008-05-05"}, False),
        ("resided_7y_after_admission", {"arrived": "2019-11-24"}, False),
        ("under_21", {"dob": "2005-11-23"}, False),
        ("under_21", {"dob": "2005-11-24"}, True),
        ("entered_before_1972", {**OLDER, "arrived": "1972-01-01"}, False),
        ("here_by_1991", {**OLDER, "arrived": "1992-01-01"}, False),
        ("arrived_within_year", {"arrived": "2025-11-24"}, True),
        ("arrived_within_year", {"arrived": "2025-11-20"}, False),
    ],
)
def test_a_fact_that_hangs_on_a_day_changes_on_that_day(fact: str, row: dict[str, str], other: bool) -> None:
    """INA 240A(a), 249, 208(a)(2)(B), 101(a)(27)(J); NACARA 203."""
    assert told_facts.facts(a_client(**row), TODAY, tables())[fact] is other


@pytest.mark.parametrize(("filed", "so"), [("2001-04-30", True), ("2001-05-01", False)])
def test_a_petition_counts_up_to_the_last_day_of_section_245i(filed: str, so: bool) -> None:
    """INA 245(i)(1)(B)(i)."""
    session = a_client(**FULL, **FILED, petition_2001="N")
    a_row(session, "filing", p_filed=filed)
    assert told_facts.facts(session, TODAY, tables())["petition_by_20010430"] is so


@pytest.mark.parametrize("module", [told_facts, urgent, people], ids=lambda module: str(module.__name__))
def test_whatever_is_read_from_the_answers_is_a_question_of_the_form(module: ModuleType) -> None:
    known = {one.name for one in questions()}
    known |= {one.name for one in the_form().definitions() if one.kind is Kind.REPEAT}
    asked = set(_asked(module))
    assert asked
    assert asked <= known


def test_every_plain_fact_is_the_answer_to_a_question() -> None:
    assert set(told_facts.SAME) <= set(tables().screening.facts)
    assert set(told_facts.SAME.values()) <= {one.name for one in questions()}


def _asked(module: ModuleType) -> Iterator[str]:
    """Every name that a reader of answers is given in the module's source."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in READERS and node.args:
            texts = node.args if node.func.attr == "when" else node.args[:1]
            yield from (
                one.value for one in texts if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )
