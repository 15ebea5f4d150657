"""How far an intake has come."""

from __future__ import annotations

from pathlib import Path as Source

from forms.engine import Session, compile_xlsform, load_form
from forms.library.attention import attention
from forms.library.progress import Section, SectionState, counts, questions, section_of, sections
from ournydesk.domain.answers import Said
from ournydesk.domain.ids import Path
from tests.unit.library.builders import NOON, a_filling, a_full_filling, the_form


def section(session: Session, name: str) -> Section:
    return next(one for one in sections(session) if one.name == name)


def test_a_new_intake_has_twelve_sections_and_none_is_begun() -> None:
    session = Session.start(the_form(), NOON)
    found = sections(session)
    assert len(found) == 12
    assert {one.state for one in found} == {SectionState.NONE}
    left = ("heard_in", "agrees", "scope_understood")
    assert section(session, "consent").left == tuple(f"/data/consent/{name}" for name in left)


def test_the_consent_alone_finishes_its_section() -> None:
    assert section(a_filling(), "consent").state is SectionState.DONE


def test_a_section_begun_is_part_done_and_names_what_is_left() -> None:
    session = a_filling()
    session.set("/data/fee/reduced_fee", "Y")
    fee = section(session, "fee")
    assert fee.state is SectionState.PART
    assert fee.left == ("/data/fee/income", "/data/fee/household", "/data/fee/earners", "/data/fee/head")
    session.set("/data/fee/reduced_fee", "N")
    assert section(session, "fee").state is SectionState.DONE


def test_a_broken_rule_comes_before_everything_else() -> None:
    session = a_filling()
    session.set("/data/trips/travelled", "Y")
    [row] = [state.path for state in session.children("/data/trips/trip") if state.is_row]
    session.set(f"{row}/left", "2024-08-27")
    session.set(f"{row}/returned", "2024-06-20")
    trips = section(session, "trips")
    assert trips.state is SectionState.MEND
    assert trips.mend == (f"{row}/returned",)
    assert trips.left == (f"{row}/countries",)


def test_not_knowing_counts_as_answered() -> None:
    session = a_filling()
    session.set("/data/fee/reduced_fee", "", Said.UNKNOWN)
    assert section(session, "fee").state is SectionState.DONE


def test_the_example_is_done_but_for_the_visit_and_the_papers_the_client_brings() -> None:
    session = a_full_filling()
    found = sections(session)
    assert [one.name for one in found if one.state is not SectionState.DONE] == ["visit", "papers"]
    progress = counts(found, len(attention(session)))
    assert (progress.sections_done, progress.sections) == (10, 12)
    assert (progress.missing, progress.attention) == (0, 1)


def test_questions_of_a_section_include_those_of_its_rows() -> None:
    session = a_full_filling()
    asked = [state.definition.name for state in questions(session, Path("/data/trips"))]
    assert asked == ["travelled", *["left", "returned", "countries"] * 2]


LOOSE = """
| survey | | | | |
| | type | name | label | required |
| | text | first | What do you need? | yes |
| | begin group | home | Home | |
| | text | street | Street | yes |
| | end group | | | |
| | begin group | plain | | |
| | text | last | Anything else? | yes |
| | end group | | | |
| | begin repeat | person | Person | |
| | text | called | Name | |
| | end repeat | | | |
"""


def test_what_stands_in_no_titled_group_is_a_section_of_its_own(tmp_path: Source) -> None:
    source = tmp_path / "loose.md"
    source.write_text(LOOSE, encoding="utf-8")
    compiled = compile_xlsform(source)
    session = Session.start(load_form(compiled.xml, compiled.files), NOON)
    loose, home = sections(session)
    assert (loose.path, home.path) == ("/data", "/data/home")
    assert loose.left == ("/data/first", "/data/plain/last")
    assert home.left == ("/data/home/street",)
    row = session.children(Path("/data/person"))[0].path
    assert section_of((loose, home), f"{row}/called") == loose
    assert section_of((loose, home), "/data/home/street") == home
    assert [state.definition.name for state in questions(session, loose.path)] == ["first", "last", "called"]
    session.set("/data/first", "x")
    assert [one.state for one in sections(session)] == [SectionState.PART, SectionState.NONE]
