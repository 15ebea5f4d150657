"""What every form asks alike, and consent to words that nobody reviewed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.engine import Form, Kind, NodeState, Session, lint, sheets
from forms.library import LibraryForm, library
from forms.library.items import SHARED
from forms.library.progress import agreed
from tests.unit.library import builders, incidents, screenings

NOON = builders.NOON
FORMS: dict[str, Callable[[], Form]] = {
    "screening": screenings.the_form,
    "naturalization": builders.the_form,
    "incident": incidents.the_form,
}
HEARD_IN = "/data/consent/heard_in"
AGREES = "/data/consent/agrees"
SCOPE = {"screening": True, "naturalization": True, "incident": False}
"""A report of an incident begins no legal help, so it has no limits of such help to explain."""

HEARD = ("Chinese (zh)", "Bengali (bn)", "Haitian Creole (ht)", "Arabic (ar)", "Russian (ru)")
STAFF = ("/data/contact/interpreter/", "/data/contact/preparer/")
"""Filled in by the interpreter and the preparer themselves."""

every_form = pytest.mark.parametrize("name", sorted(FORMS))


def begun(name: str, **answers: str) -> Session:
    session = Session.start(FORMS[name](), NOON)
    for question, answer in answers.items():
        session.set(f"/data/consent/{question}", answer)
    return session


@every_form
def test_no_language_that_nobody_reviewed_can_record_consent(name: str) -> None:
    """Every translation is a draft today: English is left, read as it stands or interpreted."""
    offered = [one.value for one in begun(name).choices(HEARD_IN)]
    assert offered == ["en", "interpreted"]
    session = begun(name, heard_in="bn", agrees="Y")
    assert session.state(HEARD_IN).value == ""
    assert not agreed(session)


@every_form
def test_a_yes_without_the_language_of_the_words_is_no_consent(name: str) -> None:
    session = begun(name, agrees="Y")
    assert session.state(AGREES).violation == "constraint"
    assert not agreed(session)
    session.set(HEARD_IN, "en")
    assert agreed(session)
    session.set(HEARD_IN, "")
    assert not agreed(session)


@every_form
def test_who_interprets_the_english_is_named(name: str) -> None:
    session = begun(name, heard_in="interpreted", agrees="Y")
    missing = {one.definition.name for one in session.violations()}
    assert {"heard_language", "heard_through"} <= missing
    assert not {"heard_language", "heard_through"} & {
        one.definition.name for one in begun(name, heard_in="en").violations()
    }


@every_form
def test_the_version_of_the_words_and_their_language_are_part_of_the_record(name: str) -> None:
    session = begun(name, heard_in="en", agrees="Y")
    written = session.submission().decode("utf-8")
    assert "<heard_in>en</heard_in>" in written
    assert "<consent_words_version>2026-11-23</consent_words_version>" in written
    assert ("<scope_words_version>2026-11-23</scope_words_version>" in written) is SCOPE[name]


@every_form
def test_the_blocks_are_asked_in_every_form_under_the_same_items(name: str) -> None:
    found = {one.attributes.get("ourny:item", "") for one in FORMS[name]().definitions()}
    shared = {item for item in found if item.startswith(SHARED)}
    always = {
        "heard_in", "heard_language", "heard_through", "party", "party.party_name", "party.party_tie", "acp",
        "clinic_event", "from_paper", "interviewed_on", "interviewed_by", "typed_by", "household_here",
        "household_copy", "household_ticket",
    }  # fmt: skip
    assert {f"{SHARED}{item}" for item in always} <= shared


@every_form
def test_what_was_typed_from_paper_names_who_asked_and_who_typed(name: str) -> None:
    """They may be two people, and the day of the interview is not the day of the typing."""
    children = {one.name: one for one in FORMS[name]().definitions()}
    rules = FORMS[name]().specs
    for question in ("interviewed_on", "interviewed_by", "typed_by"):
        rule = rules[children[question].path].relevant
        assert rule is not None
        assert "from_paper" in rule.source


def test_a_minor_is_asked_too_and_so_is_the_parent_or_guardian() -> None:
    minor = screenings.a_client(dob="2012-01-01")
    assert minor.state("/data/minor/guardian_here").relevant
    assert minor.state("/data/minor/child_assents").relevant
    assert not minor.state("/data/minor/guardian_name").relevant
    minor.set("/data/minor/guardian_here", "Y")
    assert minor.state("/data/minor/guardian_consents").relevant
    assert not screenings.a_client(dob="1990-01-01").state("/data/minor").relevant


def test_where_a_substitute_address_is_used_no_other_is_asked() -> None:
    screening = screenings.a_client(depth="full", acp="Y")
    assert not screening.state(screenings.paths()["zip"]).relevant
    incident = incidents.a_report(acp="Y")
    assert not incident.state(incidents.paths()["keep_exact"]).relevant
    assert not incident.state(incidents.paths()["exact_place"]).relevant
    mine = begun("naturalization", acp="Y")
    assert mine.state("/data/addresses/home/acp_words").relevant


def test_the_other_side_is_asked_for_alone_only() -> None:
    alone = screenings.a_client(alone="Y").state(screenings.paths()["has_parties"])
    together = screenings.a_client(alone="N").state(screenings.paths()["has_parties"])
    assert (alone.relevant, together.relevant) == (True, False)


@every_form
def test_an_intake_needs_neither_a_name_nor_an_a_number(name: str) -> None:
    """A ticket is enough to begin, to save and to hand over; only the agency's own form asks for more."""
    session = begun(name, heard_in="en", agrees="Y")
    assert agreed(session)
    required = {one.definition.name for one in session.violations() if one.violation == "required"}
    if name != "naturalization":
        assert not {"given", "family", "a_number", "call_name"} & required


def _open(session: Session) -> list[NodeState]:
    return [one for one in session.walk() if one.kind is Kind.QUESTION and one.relevant]


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_path_through_the_naturalization_reaches_its_end(chance: Random) -> None:
    """Answered as each question comes up, at random, until none is left: nothing is missing or wrong."""
    session = begun("naturalization", heard_in="en", agrees="Y", scope_understood="Y")
    fitting = {
        "a-number": "012345678", "digits": "012345678901", "ssn": "078051120", "zip": "10001",
        "email": "someone@example.org", "phone": "2125550100",
    }  # fmt: skip
    seen: set[str] = set()
    while todo := next((one for one in _open(session) if one.path not in seen), None):
        seen.add(todo.path)
        definition = todo.definition
        if todo.answer.text:
            continue
        if definition.control in {"select", "select1"}:
            values = [one.value for one in session.choices(todo.path)]
            answer = "Y" if definition.name == "ssa_consent" else chance.choice(values) if values else ""
        else:
            kind = definition.attributes.get("ourny:kind", "")
            number = "60" if definition.name == "weight" else "1"
            plain = {"date": "2020-02-02", "int": number}.get(definition.type, "Example")
            answer = fitting.get(kind, plain)
            if definition.name == "ss_number":
                answer = "0123456789"
            if definition.name == "filing_date":
                answer = "2026-12-01"
        session.set(todo.path, answer)
    assert [(one.path, one.violation, one.value) for one in session.violations()] == []


@pytest.mark.parametrize("form", library(), ids=lambda form: form.id)
def test_every_text_of_every_language_is_a_draft_or_reviewed(form: LibraryForm) -> None:
    assert set(sheets.read(form.folder).states.values()) <= {"draft", "reviewed"}


@pytest.mark.parametrize("form", library(), ids=lambda form: form.id)
def test_every_rule_refers_to_a_question_of_its_form_and_no_question_is_out_of_reach(
    form: LibraryForm,
) -> None:
    """`form check` reads every expression: an unknown name, a cycle or a dead branch is a finding."""
    assert lint.check(form.folder).findings == ()


@pytest.mark.parametrize("language", HEARD)
@every_form
def test_every_question_can_be_heard_in_five_more_languages(name: str, language: str) -> None:
    """Labels only: hints and what is wrong with an answer are read by whoever types."""
    session = Session.start(FORMS[name](), NOON)
    missing = [
        one.path
        for one in session.walk()
        if session.text(one.path, "label", "English (en)").text
        and session.text(one.path, "label", language).fallback
        and not one.path.startswith(STAFF)
    ]
    assert missing == []


@pytest.mark.parametrize("form", library(), ids=lambda form: form.id)
def test_english_and_spanish_are_whole(form: LibraryForm) -> None:
    whole = {one.language for one in lint.check(form.folder).coverage if one.translated == one.wanted}
    assert whole >= {"English (en)", "Spanish (es)"}
