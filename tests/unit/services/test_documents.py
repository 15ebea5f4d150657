"""The packet of a small form, built by the real engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from forms.engine import Session, compile_xlsform, load_form
from ournydesk.domain.answers import Said
from ournydesk.domain.documents import Bilingual, PacketRow, PacketSection
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead
from ournydesk.services.documents import build_packet

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
FORM = """
| survey  |                  |           |                          |                     |                      |          |                   |                |                   |
|         | type             | name      | label::English (en)      | label::Bengali (bn) | relevant             | required | bind::ourny:item  | bind::ourny:kind | bind::ourny:attention |
|         | begin_group      | about     | About you                | আপনার সম্পর্কে        |                      |          |                   |                |                   |
|         | text             | given     | **Given** name           | নাম                  |                      | yes      | P2.1.given        | name           |                   |
|         | text             | family    | Family name              |                     |                      |          | P2.1.family       | name           |                   |
|         | text             | middle    | Middle name              | মধ্য নাম              |                      |          | P2.1.middle       | name           |                   |
|         | text             | a_number  | A-number                 | এ-নম্বর               |                      |          | a_number          | a-number       |                   |
|         | date             | born      | Born                     | জন্ম তারিখ            |                      |          | P2.6              |                |                   |
|         | select_one yesno | arrested  | Ever arrested?           | গ্রেপ্তার হয়েছেন?       |                      | yes      | P9.15b            |                | yes               |
|         | begin_group      | court     | Court                    | আদালত               | ${arrested} = 'yes'  |          |                   |                |                   |
|         | text             | story     | What happened?           | কী হয়েছিল?           |                      |          |                   |                |                   |
|         | end_group        |           |                          |                     |                      |          |                   |                |                   |
|         | select_multiple yesno | both | Pick some                | বেছে নিন             |                      |          |                   |                |                   |
|         | note             | hello     | Just a note              | শুধু নোট              |                      |          |                   |                |                   |
|         | end_group        |           |                          |                     |                      |          |                   |                |                   |
|         | begin_group      | travel    | Travel                   | ভ্রমণ                |                      |          |                   |                |                   |
|         | begin_repeat     | trips     | Trips                    | ভ্রমণসমূহ              |                      |          |                   |                |                   |
|         | date             | left      | Left                     | যাওয়া               |                      |          |                   |                |                   |
|         | select_one yesno | work      | For work?                | কাজে?                |                      |          |                   |                |                   |
|         | text             | never     | Never filled             | কখনো না             |                      |          |                   |                |                   |
|         | end_repeat       |           |                          |                     |                      |          |                   |                |                   |
|         | end_group        |           |                          |                     |                      |          |                   |                |                   |
|         | begin_group      | empty     | Empty                    | খালি                |                      |          |                   |                |                   |
|         | text             | optional  | Optional                 | ঐচ্ছিক              |                      |          |                   |                |                   |
|         | end_group        |           |                          |                     |                      |          |                   |                |                   |
| choices |                  |           |                          |                     |
|         | list_name        | name      | label::English (en)      | label::Bengali (bn) |
|         | yesno            | yes       | Yes                      | হ্যাঁ                 |
|         | yesno            | no        | No                       | না                  |
| settings |                 |           |                          |                     |
|         | form_id          | version   | form_title               | default_language    | namespaces |
|         | small            | 1         | Small form               | English (en)        | ourny="https://ournydesk.example/xforms" |
"""  # noqa: E501 - a sheet is easier to read with its columns side by side
HEAD = IntakeHead(
    id=IntakeId("0" * 32),
    ticket=47,
    form_id="small",
    form_version="1",
    form_hash="",
    form_title="Small form",
    language="Bengali (bn)",
    started_at=NOON,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("form")


@pytest.fixture
def session(folder: Path) -> Session:
    sheet = folder / "small.md"
    sheet.write_text(FORM, encoding="utf-8")
    compiled = compile_xlsform(sheet)
    session = Session.start(load_form(compiled.xml, compiled.files), NOON)
    session.set("/data/about/given", "Nusrat")
    session.set("/data/about/family", "Specimen")
    session.set("/data/about/a_number", "061234507")
    session.set("/data/about/born", "1984-02-29")
    session.set("/data/about/arrested", "yes")
    return session


def section(session: Session, number: int) -> PacketSection:
    return build_packet(session, HEAD, NOON).sections[number]


def row(session: Session, question: str) -> PacketRow:
    rows = [row for part in build_packet(session, HEAD, NOON).sections for row in part.rows]
    return next(row for row in rows if row.question.english == question)


def test_the_head_of_the_packet_comes_from_the_intake_and_the_answers(session: Session) -> None:
    built = build_packet(session, HEAD, NOON, inventory=("Form N-400",))
    assert (built.ticket, built.client_name, built.a_number) == (47, "Nusrat Specimen", "061234507")
    assert (built.client_language, built.client_language_name) == ("bn", "Bengali")
    assert built.inventory == ("Form N-400",)
    assert built.attorney is None


def test_a_question_stands_in_both_languages_without_markup(session: Session) -> None:
    assert row(session, "Given name").question == Bilingual(english="Given name", client="নাম")
    assert row(session, "Family name").question == Bilingual(english="Family name")


def test_a_choice_is_printed_in_words_and_flagged_when_it_wants_the_attorney(session: Session) -> None:
    arrested = row(session, "Ever arrested?")
    assert arrested.answer == Bilingual(english="Yes", client="হ্যাঁ")
    assert arrested.attention
    assert build_packet(session, HEAD, NOON).flagged == (arrested,)
    session.set("/data/about/arrested", "no")
    assert not row(session, "Ever arrested?").attention
    assert build_packet(session, HEAD, NOON).flagged == ()


def test_several_choices_are_printed_one_after_the_other(session: Session) -> None:
    session.set("/data/about/both", "yes no")
    assert row(session, "Pick some").answer == Bilingual(english="Yes; No", client="হ্যাঁ; না")


def test_a_day_is_printed_in_words_and_kept_as_a_day(session: Session) -> None:
    assert row(session, "Born").answer == Bilingual(english="29 Feb 1984", day=date(1984, 2, 29))
    assert row(session, "A-number").answer == Bilingual(english="A-061-234-507")


@pytest.mark.parametrize(
    ("said", "english"), [(Said.UNKNOWN, "Does not know"), (Said.DECLINED, "Prefers not to say")]
)
def test_what_was_unknown_or_declined_is_said_as_such(session: Session, said: Said, english: str) -> None:
    session.set("/data/about/born", "", said)
    assert row(session, "Born").answer == Bilingual(english=english, said=said)


def test_a_question_nobody_answered_is_printed_only_when_it_is_owed(session: Session) -> None:
    session.set("/data/about/given", "")
    about = section(session, 0)
    asked = [row.question.english for row in about.rows]
    assert "Given name" in asked
    assert "Middle name" not in asked
    assert "Just a note" not in asked
    assert build_packet(session, HEAD, NOON).missing == (Bilingual(english="Given name", client="নাম"),)


def test_what_does_not_apply_is_not_printed_and_a_group_gives_its_heading(session: Session) -> None:
    session.set("/data/about/court/story", "A ticket")
    assert row(session, "What happened?").heading == Bilingual(english="Court", client="আদালত")
    session.set("/data/about/arrested", "no")
    assert "A ticket" not in str(build_packet(session, HEAD, NOON))


def test_rows_of_a_repeat_become_a_table_without_columns_nobody_filled(session: Session) -> None:
    for day, work in (("2024-06-20", "yes"), ("2022-12-18", "")):
        added = session.add_row("/data/travel/trips").row
        session.set(f"/data/travel/trips[{added}]/left", day)
        session.set(f"/data/travel/trips[{added}]/work", work)
    table = section(session, 1).tables[0]
    assert table.title == Bilingual(english="Trips", client="ভ্রমণসমূহ")
    assert [head.english for head in table.heads] == ["Left", "For work?"]
    filled = [tuple(cell.english for cell in cells) for cells in table.rows if cells[0].english]
    assert filled == [("20 Jun 2024", "Yes"), ("18 Dec 2022", "")]


def test_a_section_without_answers_is_left_out(session: Session) -> None:
    titles = [part.title.english for part in build_packet(session, HEAD, NOON).sections]
    assert "Empty" not in titles
    assert titles[0] == "About you"


def test_an_english_intake_is_built_from_the_same_answers(session: Session) -> None:
    built = build_packet(session, replace(HEAD, language="English (en)"), NOON)
    assert built.client_language == "en"
    assert built.sections[0].rows[0].question.english == "Given name"
