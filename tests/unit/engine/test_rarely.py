"""Paths that forms seldom take: they hold too."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.engine import FormRefused, Session, StepRefused, parse_submission, sheets
from ournydesk.domain.answers import Answers
from tests.unit.engine.builders import NOON, a_form, a_session, bind

COUNTED = (
    '<input ref="/data/n"/><group ref="/data/r"><repeat nodeset="/data/r" jr:count="{count}">'
    '<input ref="/data/r/x"/></repeat></group>'
)


def test_answers_in_rows_that_follow_a_count_come_back() -> None:
    session = a_session(
        '<n/><m/><r jr:template=""><x/></r>',
        bind("/data/m", calculate="/data/n + 1"),
        COUNTED.format(count="/data/m"),
    )
    events = [*session.set("/data/n", "2").events, *session.set("/data/r[3]/x", "third").events]
    again = Session.open(session.form, Answers().apply_all(events), NOON)
    assert again.state("/data/r[3]/x").value == "third"
    assert again.submission() == session.submission()


def test_a_step_that_cannot_be_settled_brings_removed_rows_back() -> None:
    session = a_session(
        '<n>2</n><r jr:template=""><x/></r><s jr:template=""><y/></s>',
        "",
        COUNTED.format(count="/data/n")
        + '<group ref="/data/s"><repeat nodeset="/data/s" jr:count="if(/data/n = 1, 99999, 1)">'
        '<input ref="/data/s/y"/></repeat></group>',
    )
    session.set("/data/r[2]/x", "kept")
    before = session.submission()
    with pytest.raises(FormRefused, match="limit"):
        session.set("/data/n", "1")
    assert session.submission() == before
    assert session.state("/data/r[2]/x").value == "kept"


def test_a_place_in_no_row_is_unknown() -> None:
    session = a_session('<n>1</n><r jr:template=""><x/></r>', "", COUNTED.format(count="/data/n"))
    for path in ("/data/r[9]/x", "/data/zz[1]/x", "/data/zz"):
        with pytest.raises(StepRefused):
            session.state(path)


def test_an_action_may_name_its_target_by_the_id_of_its_bind() -> None:
    session = a_session(
        binds='<bind id="target" nodeset="/data/b"/><setvalue event="odk-instance-first-load" bind="target">'
        "set</setvalue>"
        '<odk:setgeopoint event="odk-instance-first-load" ref="/data/a"/>',
    )
    assert (session.state("/data/b").value, session.state("/data/a").value) == ("set", "")


def test_types_of_the_schema_and_uploads_are_known() -> None:
    form = a_form(
        binds=bind("/data/a", type="jr:unheard-of"),
        body='<input ref="/data/a"/><upload ref="/data/b" mediatype="image/*"/>',
    )
    assert form.definition("/data/a").type == "string"
    assert (form.definition("/data/b").type, form.definition("/data/b").media) == ("binary", "image/*")


@pytest.mark.parametrize("untrusted", [b"<other/>", b'<data id="another"/>', b"<data"])
def test_a_submission_of_something_else_is_refused(untrusted: bytes) -> None:
    with pytest.raises(FormRefused):
        parse_submission(a_form(), untrusted)


def test_sheets_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(FormRefused, match="no file or folder"):
        sheets.read(tmp_path / "nowhere.xlsx")
    with pytest.raises(FormRefused, match=r"no survey\.csv"):
        sheets.read(tmp_path)
    broken = tmp_path / "a.csv"
    broken.write_bytes(b"\xff\xfe")
    with pytest.raises(FormRefused, match="UTF-8"):
        sheets.read(broken)
    large = tmp_path / "b.csv"
    with large.open("wb") as file:
        file.truncate(sheets.MAX_FILE + 1)
    with pytest.raises(FormRefused, match="larger than 64 MB"):
        sheets.read(large)


def test_a_repeat_with_a_template_alone_stands_where_the_form_puts_it() -> None:
    session = a_session(
        '<a/><r jr:template=""><x/></r><b/>',
        "",
        '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>',
    )
    session.add_row("/data/r")
    written = session.submission()
    assert written.index(b"<a/>") < written.index(b"<r>") < written.index(b"<b/>")
