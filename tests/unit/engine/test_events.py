"""When the events of a form happen, and what an action finds then."""

from __future__ import annotations

from tests.unit.engine.builders import a_session, bind

ROWS = '<group ref="/data/r"><repeat nodeset="/data/r"{count}><input ref="/data/r/x"/>{more}</repeat></group>'


def an_action(event: str, path: str, value: str) -> str:
    return f'<setvalue event="{event}" ref="{path}" value="{value}"/>'


def test_rows_that_follow_a_count_are_there_before_the_load_happens_top_down() -> None:
    session = a_session(
        '<n>2</n><r jr:template=""><x/></r>',
        an_action("odk-instance-first-load", "/data/n", "1 + 1 + 1"),
        ROWS.format(
            count=' jr:count="/data/n"',
            more=an_action("odk-instance-first-load", "/data/r/x", "concat('first ', /data/n)")
            + an_action("odk-new-repeat", "/data/r/x", "concat('new ', /data/n)"),
        ),
    )
    assert [session.state(f"/data/r[{at}]/x").value for at in (1, 2, 3)] == ["first 3", "first 3", "new 3"]


def test_an_answer_worked_out_at_the_load_counts_as_changed() -> None:
    session = a_session(
        "<a/><b/>",
        bind("/data/b", calculate="1 + 1"),
        '<input ref="/data/b">' + an_action("xforms-value-changed", "/data/a", "'seen'") + "</input>",
    )
    assert session.state("/data/a").value == "seen"


def test_an_answer_that_is_not_relevant_at_the_load_never_changed() -> None:
    session = a_session(
        "<a/><b>1</b>",
        bind("/data/b", relevant="/data/a = 'yes'"),
        '<input ref="/data/b">' + an_action("xforms-value-changed", "/data/a", "'seen'") + "</input>",
    )
    assert session.state("/data/a").value == ""


def test_a_guarded_calculation_looks_again_when_its_own_answer_changes() -> None:
    session = a_session("<a/><b>x</b>", bind("/data/a", calculate="once(/data/b)"))
    for node, text, shown in (
        ("a", "", ""),  # nothing else to say than before
        ("b", "y", "y"),
        ("a", "q", "q"),
        ("b", "z", "q"),
        ("a", "", "z"),
    ):
        session.set(f"/data/{node}", text)
        assert session.state("/data/a").value == shown


def test_an_answer_kept_by_once_returns_when_its_branch_reopens() -> None:
    session = a_session("<a/><b/>", bind("/data/a", calculate="once('first')", relevant="/data/b != 'no'"))
    session.set("/data/a", "own words")
    session.set("/data/b", "no")
    assert session.state("/data/a").value == ""
    session.set("/data/b", "yes")
    assert session.state("/data/a").value == "own words"


def test_rows_that_come_together_see_each_other() -> None:
    session = a_session(
        '<n/><r jr:template=""><x/></r>',
        "",
        '<input ref="/data/n"/>'
        + ROWS.format(
            count=' jr:count="/data/n"', more=an_action("odk-new-repeat", "/data/r/x", "count(/data/r)")
        ),
    )
    session.set("/data/n", "3")
    assert [session.state(f"/data/r[{at}]/x").value for at in (1, 2, 3)] == ["3", "3", "3"]


def test_an_action_of_the_load_finds_what_became_relevant_above_it() -> None:
    session = a_session(
        "<a/><b>given</b><c/>",
        bind("/data/a", calculate="count(/data/b)")
        + bind("/data/b", relevant="/data/a = 1")
        + bind("/data/c", relevant="/data/b = 'given'")
        + an_action("odk-instance-first-load", "/data/c", "'reached'"),
    )
    assert session.state("/data/c").value == "reached"


def test_a_count_that_is_not_relevant_at_the_load_makes_no_rows() -> None:
    session = a_session(
        '<a/><g><n>4</n></g><r jr:template=""><x/></r>',
        bind("/data/g", relevant="/data/a != ''") + an_action("odk-instance-first-load", "/data/r/x", "1"),
        ROWS.format(count=' jr:count="/data/g/n"', more=""),
    )
    assert session.children("/data/r") == ()


def test_a_new_row_finds_what_its_coming_changed_elsewhere() -> None:
    session = a_session(
        '<n/><r jr:template=""><x/></r>',
        bind("/data/n", calculate="count(/data/r)"),
        ROWS.format(count="", more=an_action("odk-new-repeat", "/data/r/x", "/data/n")),
    )
    for number in (1, 2):
        session.add_row("/data/r")
        assert session.state(f"/data/r[{number}]/x").value == str(number)
