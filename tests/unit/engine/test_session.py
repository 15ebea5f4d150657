"""Filling a form: what a step does, what is kept, what is refused."""

from __future__ import annotations

import pytest

from forms.engine import FormRefused, Kind, Session, StepRefused
from ournydesk.domain.answers import Answer, Answers, AnswerSet, RowAdded, RowRemoved, Said
from ournydesk.domain.ids import RowId
from tests.unit.engine.builders import NOON, a_journey, a_session, bind

HIDING = bind("/data/b", relevant="/data/a = 'yes'", required="true()")


def test_an_irrelevant_answer_is_kept_unused_and_returns() -> None:
    session = a_session(binds=HIDING)
    session.set("/data/a", "yes")
    session.set("/data/b", "kept")
    session.set("/data/a", "no")
    hidden = session.state("/data/b")
    assert (hidden.relevant, hidden.value, hidden.answer.text) == (False, "", "kept")
    assert b"kept" not in session.submission()
    session.set("/data/a", "yes")
    assert session.state("/data/b").value == "kept"


def test_relevance_is_inherited_by_everything_inside() -> None:
    session = a_session(
        "<a/><g><b>x</b><r jr:template=''><c>y</c></r></g><n/>",
        bind("/data/g", relevant="/data/a = '1'")
        + bind("/data/n", calculate="concat(/data/g/b, count(/data/g/r))"),
        '<input ref="/data/a"/><input ref="/data/g/b"/>'
        '<group ref="/data/g/r"><repeat nodeset="/data/g/r"/></group>',
    )
    assert not session.state("/data/g/b").relevant
    session.set("/data/a", "1")
    assert session.state("/data/n").value == "x0"


@pytest.mark.parametrize("said", [Said.UNKNOWN, Said.DECLINED])
def test_not_knowing_and_declining_answer_a_required_question(said: Said) -> None:
    session = a_session(binds=bind("/data/a", required="true()"))
    assert session.state("/data/a").violation == "required"
    session.set("/data/a", "ignored", said)
    assert session.state("/data/a").violation is None
    assert session.state("/data/a").answer == Answer("", said)
    again = Session.open(session.form, session.answers, NOON)
    assert again.state("/data/a").answer.said is said


def test_a_broken_constraint_comes_before_anything_else_and_blank_breaks_none() -> None:
    session = a_session(
        binds=bind("/data/a", constraint=". > 5", required="true()", jr_constraintMsg="Above 5.")
    )
    session.set("/data/a", "3")
    assert [state.violation for state in session.violations()] == ["constraint"]
    assert session.text("/data/a", "constraint").text == "Above 5."
    session.set("/data/a", "")
    assert session.state("/data/a").violation == "required"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/data/nope", "unknown"),
        ("/data", "not_a_question"),
        ("/data/a", "readonly"),
        ("/data/b", "irrelevant"),
        ("/data/c", "calculated"),
    ],
)
def test_an_answer_the_form_does_not_take_is_refused_saying_why(path: str, why: str) -> None:
    session = a_session(
        "<a/><b/><c/>",
        bind("/data/a", readonly="1 = 1")
        + bind("/data/b", relevant="false()")
        + bind("/data/c", calculate="1"),
    )
    with pytest.raises(StepRefused) as caught:
        session.set(path, "x")
    assert caught.value.facts["why"] == why


def test_control_characters_are_refused_before_anything_changes() -> None:
    session = a_session()
    with pytest.raises(StepRefused):
        session.set("/data/a", "\x00")
    assert session.state("/data/a").value == ""


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("int", "7.9", "7"),
        ("int", "2147483648", ""),
        ("int", "x", ""),
        ("decimal", "5", "5.0"),
        ("decimal", "1e-3", "0.001"),
        ("decimal", "Infinity", ""),
        ("date", "2021-02-30", ""),
        ("date", "2020-02-29T10:00:00", "2020-02-29"),
        ("dateTime", "2020-02-29T10:00:00.000Z", "2020-02-29T10:00:00.000Z"),
        ("dateTime", "2020-02-29", ""),
        ("time", "25:00:00", ""),
        ("time", "10:00:00+01:00", "10:00:00+01:00"),
        ("geopoint", "1 2", "1.0 2.0"),
        ("geopoint", "91 2", ""),
        ("geotrace", "1 2;3 4;", "1.0 2.0;3.0 4.0"),
        ("geotrace", "1 2;1 2", ""),
        ("geoshape", "1 2;3 4;5 6;1 2", "1.0 2.0;3.0 4.0;5.0 6.0;1.0 2.0"),
        ("geoshape", "1 2;3 4", ""),
        ("string", "  as it is ", "  as it is "),
        ("barcode", "0042", "0042"),
        ("unheard-of", "x", "x"),
    ],
)
def test_an_answer_takes_the_form_of_its_type(kind: str, given: str, kept: str) -> None:
    session = a_session(binds=bind("/data/a", type=kind))
    session.set("/data/a", given)
    assert session.state("/data/a").value == kept


def test_a_row_has_an_id_of_its_own_and_positions_only_in_references() -> None:
    session = a_journey()
    first = session.add_row("/data/trips").row
    second = session.add_row("/data/trips", RowId("5" * 32)).row
    assert second == "5" * 32
    session.set("/data/trips[2]/left", "2026-01-05")
    session.remove_row(f"/data/trips[{first}]")
    state = session.state(f"/data/trips[{second}]/left")
    assert (state.ref, state.value) == ("/data/trips[1]/left", "2026-01-05")


def test_sums_follow_rows_that_come_and_go() -> None:
    session = a_journey()
    for left, back in (("2026-01-01", "2026-01-11"), ("2026-02-01", "2026-02-04")):
        row = session.add_row("/data/trips").row
        session.set(f"/data/trips[{row}]/left", left)
        session.set(f"/data/trips[{row}]/back", back)
    assert session.state("/data/total").value == "13"
    session.remove_row("/data/trips[1]")
    assert session.state("/data/total").value == "3"


def test_an_output_in_a_label_speaks_of_its_own_row() -> None:
    session = a_journey()
    session.add_row("/data/trips")
    session.add_row("/data/trips")
    session.set("/data/trips[2]/left", "2026-03-03")
    assert session.text("/data/trips[2]/back").text == "Back, left 2026-03-03"
    assert session.text("/data/trips[1]/back").text == "Back, left "


def test_events_of_a_change_are_enough_to_rebuild_it() -> None:
    session = a_journey()
    answers = Answers()
    row = RowId("a" * 32)
    for change in (
        session.add_row("/data/trips", row),
        session.set(f"/data/trips[{row}]/left", "2026-01-01"),
        session.set(f"/data/trips[{row}]/back", "2026-01-09"),
        session.add_row("/data/trips"),
        session.remove_row("/data/trips[2]"),
    ):
        answers = answers.apply_all(change.events)
    again = Session.open(session.form, answers, NOON)
    assert again.submission() == session.submission()
    assert again.answers.values == session.answers.values


def test_a_change_names_what_may_look_different() -> None:
    session = a_session(binds=HIDING)
    assert {"/data/a", "/data/b"} <= session.set("/data/a", "yes").touched


def test_a_change_states_rows_added_and_removed() -> None:
    session = a_journey()
    added = session.add_row("/data/trips")
    assert RowAdded(session.state("/data/trips").path, added.row or RowId("")) in added.events
    removed = session.remove_row("/data/trips[1]")
    assert removed.events == (RowRemoved(session.state("/data/trips").path, added.row or RowId("")),)


@pytest.mark.parametrize("path", ["/data/a", "/data/nope"])
def test_rows_are_added_to_repeats_only(path: str) -> None:
    with pytest.raises(StepRefused):
        a_session().add_row(path)


def test_a_row_id_is_used_once() -> None:
    session = a_journey()
    session.add_row("/data/trips", RowId("b" * 32))
    with pytest.raises(StepRefused):
        session.add_row("/data/trips", RowId("b" * 32))
    with pytest.raises(StepRefused):
        session.add_row("/data/trips", RowId("no id"))
    with pytest.raises(StepRefused):
        session.remove_row("/data/trips[9]")


COUNTED = (
    '<group ref="/data/r"><repeat nodeset="/data/r" jr:count="/data/a">'
    '<input ref="/data/r/x"/></repeat></group>'
)


def test_rows_follow_their_count_and_cannot_be_added_by_hand() -> None:
    session = a_session(
        "<a/><r jr:template=''><x>t</x></r>", bind("/data/a", type="int"), f'<input ref="/data/a"/>{COUNTED}'
    )
    change = session.set("/data/a", "3")
    assert sum(isinstance(event, RowAdded) for event in change.events) == 3
    session.set("/data/r[2]/x", "mine")
    again = Session.open(session.form, session.answers, NOON)
    assert again.state("/data/r[2]/x").value == "mine"
    session.set("/data/a", "1")
    assert len(session.children("/data/r")) == 1
    with pytest.raises(StepRefused):
        session.add_row("/data/r")


def test_a_count_that_never_rests_leaves_everything_as_it_was() -> None:
    count = "if(/data/a = 'yes', count(/data/r) + 1, 0)"
    body = f'<group ref="/data/r"><repeat nodeset="/data/r" jr:count="{count}"/></group>'
    session = a_session(
        "<a/><b/><r jr:template=''><x/></r>", "", f'<input ref="/data/a"/><input ref="/data/b"/>{body}'
    )
    session.set("/data/b", "before")
    before = session.submission()
    with pytest.raises(FormRefused):
        session.set("/data/a", "yes")
    assert session.submission() == before
    session.set("/data/a", "no")


def test_fixed_rows_are_there_from_the_start() -> None:
    body = COUNTED.replace('jr:count="/data/a"', 'jr:noAddRemove="true()"')
    session = a_session("<r><x>1</x></r><r><x>2</x></r>", "", body)
    assert [child.kind for child in session.children("/data/r")] == [Kind.ROW, Kind.ROW]
    assert session.form.definition("/data/r").counted


ACTIONS = (
    '<setvalue event="odk-instance-first-load" ref="/data/a" value="1 + 1"/>'
    '<setvalue event="odk-instance-first-load" ref="/data/b">words</setvalue>'
)


def test_defaults_can_be_computed_when_a_filling_begins() -> None:
    session = a_session(binds=ACTIONS)
    assert (session.state("/data/a").value, session.state("/data/b").value) == ("2", "words")
    session.set("/data/a", "mine")
    again = Session.open(session.form, session.answers, NOON)
    assert again.state("/data/a").value == "mine"


def test_a_changed_answer_writes_another_one() -> None:
    body = (
        '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b" '
        "value=\"concat(/data/a, '!')\"/></input>"
        '<input ref="/data/b"/>'
    )
    session = a_session(body=body)
    change = session.set("/data/a", "hi")
    assert AnswerSet(session.state("/data/b").path, Answer("hi!")) in change.events
    session.set("/data/b", "mine")
    assert session.state("/data/b").value == "mine"


def test_a_new_row_gets_its_default() -> None:
    body = (
        '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/>'
        '<setvalue event="odk-new-repeat odk-instance-first-load" ref="/data/r/x" '
        'value="position(..)"/></repeat></group>'
    )
    session = a_session("<r jr:template=''><x/></r>", "", body)
    session.add_row("/data/r")
    session.add_row("/data/r")
    assert [session.state(f"/data/r[{at}]/x").value for at in (1, 2)] == ["1", "2"]


def test_preloads_are_filled_in_once() -> None:
    binds = (
        bind("/data/a", jr_preload="property", jr_preloadParams="username")
        + bind("/data/b", jr_preload="timestamp", jr_preloadParams="end")
        + bind("/data/c", jr_preload="date", jr_preloadParams="today", type="date")
        + bind("/data/d", jr_preload="timestamp", jr_preloadParams="start")
    )
    form = a_session("<a/><b/><c/><d/>", binds).form
    session = Session.start(form, NOON, {"username": "ada"})
    assert session.state("/data/a").value == "ada"
    assert session.state("/data/c").value == "2026-11-28"
    assert session.state("/data/d").value.startswith("2026-11-28T12:00")
    assert session.state("/data/b").value == ""
    assert b"<b>2026-11-28T12:00" in session.submission("uuid:1")


SELECTS = (
    '<select1 ref="/data/a"><item><label>One</label><value>1</value></item>'
    "<item><value>2</value></item></select1>"
    '<select ref="/data/b"><itemset nodeset="instance(\'l\')/root/item[g = /data/a]">'
    '<value ref="name"/><label ref="label"/></itemset></select>'
)
LIST = (
    '<instance id="l"><root><item><name>x</name><label>X!</label><g>1</g></item>'
    "<item><name>y</name><label>Y!</label><g>1</g></item><item><name>z</name><label>Z!</label><g>2</g></item></root></instance>"
)


def test_choices_follow_their_filter_and_hidden_choices_come_back() -> None:
    session = a_session(binds=LIST, body=SELECTS)
    session.set("/data/a", "1")
    session.set("/data/b", "y x nonsense")
    assert session.state("/data/b").value == "x y"
    session.set("/data/a", "2")
    assert (session.state("/data/b").offered, session.state("/data/b").value) == (("z",), "")
    session.set("/data/a", "1")
    assert session.state("/data/b").value == "x y"
    assert [choice.label.text for choice in session.choices("/data/b")] == ["X!", "Y!"]
    assert [choice.label.text for choice in session.state("/data/a").choices] == ["One", "2"]


def test_a_ranking_names_every_choice() -> None:
    body = '<odk:rank ref="/data/a"><item><value>p</value></item><item><value>q</value></item></odk:rank>'
    session = a_session(body=body)
    with pytest.raises(StepRefused):
        session.set("/data/a", "p")
    session.set("/data/a", "q p")
    assert session.state("/data/a").value == "q p"


def test_a_range_and_a_trigger_keep_only_what_they_can_say() -> None:
    body = '<range ref="/data/a" start="1" end="5" step="1"/><trigger ref="/data/b"/>'
    session = a_session(binds=bind("/data/a", type="int"), body=body)
    session.set("/data/a", "9")
    session.set("/data/b", "ok")
    assert (session.state("/data/a").value, session.state("/data/b").value) == ("", "OK")


def test_attributes_are_calculated_and_submitted() -> None:
    binds = (
        bind("/data/e/@create", calculate="/data/a != ''")
        + '<setvalue ref="/data/e/@id" event="odk-instance-first-load" value="\'made\'"/>'
    )
    session = a_session('<a/><b/><e create="" id=""/>', binds)
    session.set("/data/a", "x")
    assert b'<e create="true" id="made"/>' in session.submission()
    assert Session.open(session.form, session.answers, NOON).submission() == session.submission()


def test_an_editable_calculation_keeps_what_was_typed_until_its_inputs_change() -> None:
    session = a_session(binds=bind("/data/b", calculate="concat('from ', /data/a)"))
    session.set("/data/b", "typed")
    again = Session.open(session.form, session.answers, NOON)
    for one in (session, again):
        assert one.state("/data/b").value == "typed"
        one.set("/data/a", "x")
        assert one.state("/data/b").value == "from x"


def test_empty_answers_begin_a_filling() -> None:
    form = a_session("<a>default</a><b/>").form
    assert Session.open(form, Answers(), NOON).state("/data/a").value == "default"


def test_a_cleared_default_stays_cleared() -> None:
    session = a_session("<a>default</a><b/>")
    session.set("/data/a", "")
    assert Session.open(session.form, session.answers, NOON).state("/data/a").value == ""


def test_a_shuffled_choice_keeps_its_own_words() -> None:
    items = "".join(f"<item><name>v{at}</name><label>V{at}</label></item>" for at in range(40))
    session = a_session(
        "<a/>",
        f'<instance id="l"><root>{items}</root></instance>',
        '<select1 ref="/data/a"><itemset nodeset="randomize(instance(\'l\')/root/item)">'
        '<value ref="name"/><label ref="label"/></itemset></select1>',
    )
    assert [choice.label.text for choice in session.choices("/data/a")] == [
        value.upper() for value in session.state("/data/a").offered
    ]


def test_a_default_its_type_cannot_be_is_none_for_actions_too() -> None:
    session = a_session(
        "<a>soon</a><b/>",
        bind("/data/a", type="date")
        + '<setvalue event="odk-instance-first-load" ref="/data/b" value="concat(\'[\', /data/a, \']\')"/>',
    )
    assert session.state("/data/b").value == "[]"


def test_a_calculation_that_was_cleared_reopens_cleared() -> None:
    session = a_session("<a/><b>x</b>", bind("/data/a", calculate="concat(/data/b, '!')"))
    change = session.set("/data/a", "")
    assert session.state("/data/a").value == ""
    again = Session.open(session.form, Answers().apply_all(change.events), NOON)
    assert again.state("/data/a").value == ""
    assert again.state("/data/a").answer.blank
    assert again.answers == session.answers
    again.set("/data/b", "y")
    assert again.state("/data/a").value == "y!"


def test_a_calculation_its_type_cannot_hold_was_not_cleared() -> None:
    session = a_session("<a/><b/>", bind("/data/a", type="int", calculate="concat('no', ' number')"))
    assert session.answers.values.keys() == {"/data/orx:meta/orx:instanceID"}
