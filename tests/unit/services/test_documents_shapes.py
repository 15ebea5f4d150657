"""Packets of forms with unusual shapes: tables in tables, loose questions, parts of dates."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from forms.engine import Session, compile_xlsform, load_form
from ournydesk.domain.documents import Bilingual, Packet
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead
from ournydesk.services.documents import build_packet

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
FORM = """
| survey  |                  |           |                     |             |                   |
|         | type             | name      | label::English (en) | appearance  | relevant          |
|         | text             | loose     | A loose question    |             |                   |
|         | acknowledge      | agreed    | Terms were read     |             |                   |
|         | begin_group      | jobs_part | Work                |             |                   |
|         | begin_repeat     | jobs      | Jobs                |             |                   |
|         | text             | employer  | Employer            |             |                   |
|         | begin_group      | when      | When                |             |                   |
|         | date             | began     | Began               | month-year  |                   |
|         | date             | ended     | Ended               | year        | ${employer} != ''  |
|         | end_group        |           |                     |             |                   |
|         | begin_repeat     | raises    | Raises              |             |                   |
|         | integer          | dollars   | Dollars an hour     |             |                   |
|         | end_repeat       |           |                     |             |                   |
|         | end_repeat       |           |                     |             |                   |
|         | end_group        |           |                     |             |                   |
|         | begin_group      | hidden    | Hidden              |             | ${loose} = 'show' |
|         | text             | secret    | Never shown         |             |                   |
|         | end_group        |           |                     |             |                   |
| settings |                 |           |                     |             |                   |
|         | form_id          | version   | form_title          | default_language |              |
|         | shapes           | 3         | Shapes              | English (en) |                  |
"""
HEAD = IntakeHead(
    id=IntakeId("0" * 32),
    ticket=1,
    form_id="shapes",
    form_version="3",
    form_hash="",
    form_title="Shapes",
    language="Bengali (bn)",
    started_at=NOON,
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    sheet = tmp_path / "shapes.md"
    sheet.write_text(FORM, encoding="utf-8")
    compiled = compile_xlsform(sheet)
    return Session.start(load_form(compiled.xml, compiled.files), NOON)


def built(session: Session) -> Packet:
    return build_packet(session, HEAD, NOON)


def test_a_form_nobody_answered_gives_a_packet_without_sections_and_without_a_name(session: Session) -> None:
    assert built(session).sections == ()
    assert built(session).client_name == ""
    assert built(session).a_number == ""


def test_questions_outside_of_any_group_come_last_under_a_title_of_their_own(session: Session) -> None:
    session.set("/data/loose", "said")
    session.set("/data/agreed", "OK")
    session.set("/data/jobs_part/jobs[1]/employer", "Specimen Inc")
    sections = built(session).sections
    assert [section.title.english for section in sections] == ["Work", "Other answers"]
    assert [row.answer for row in sections[1].rows] == [
        Bilingual(english="said"),
        Bilingual(english="Confirmed"),
    ]


def test_only_as_much_of_a_date_is_printed_as_was_asked_for(session: Session) -> None:
    session.set("/data/jobs_part/jobs[1]/employer", "Specimen Inc")
    session.set("/data/jobs_part/jobs[1]/when/began", "2022-03-01")
    session.set("/data/jobs_part/jobs[1]/when/ended", "2024-01-01")
    table = built(session).sections[0].tables[0]
    assert [head.english for head in table.heads] == ["Employer", "Began", "Ended"]
    assert [cell.english for cell in table.rows[0]] == ["Specimen Inc", "Mar 2022", "2024"]


def test_a_table_inside_a_row_is_printed_after_it_and_says_which_row(session: Session) -> None:
    session.set("/data/jobs_part/jobs[1]/employer", "Specimen Inc")
    session.set("/data/jobs_part/jobs[1]/raises[1]/dollars", "21")
    outer, inner = built(session).sections[0].tables
    assert outer.title.english == "Jobs"
    assert inner.title.english == "Jobs 1: Raises"
    assert inner.rows == ((Bilingual(english="21"),),)


def test_what_the_form_hides_is_never_printed_though_its_answer_is_kept(session: Session) -> None:
    session.set("/data/loose", "show")
    session.set("/data/hidden/secret", "kept")
    session.set("/data/loose", "other")
    assert "kept" not in str(built(session))


def test_a_language_the_form_does_not_speak_falls_back_and_says_so(session: Session) -> None:
    session.set("/data/loose", "said")
    assert built(session).sections[0].rows[0].question == Bilingual(english="A loose question")
