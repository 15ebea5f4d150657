"""Laws of a filling: order does not matter, nothing is lost, incremental equals from scratch."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.engine import Form, Session, StepRefused, parse_submission
from forms.engine.states import NodeState
from ournydesk.domain.answers import Answers
from tests.unit.engine.builders import NOON, a_form, a_session, bind

CHARACTERS = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff")
ODD = st.text(CHARACTERS, max_size=12) | st.sampled_from(
    ["<&>\"'", " a ", "0", "é", "e\u0301", "\u202eabc", "😀"]
)


def a_web() -> Form:
    """A form in which everything hangs together: groups, rows, sums, choices, constraints."""
    return a_form(
        '<a/><b/><g><c/><d/></g><r jr:template=""><x/><y/><s jr:template=""><z/></s></r><sum/><last/>',
        '<instance id="l"><root><item><name>1</name><g>1</g></item>'
        "<item><name>2</name><g>2</g></item></root></instance>"
        + bind("/data/a", type="int")
        + bind("/data/b", relevant="/data/a > 1", required="/data/a = 3")
        + bind("/data/g", relevant="/data/a != 2 and /data/sum < 40")
        + bind("/data/g/c", readonly="/data/b = 'x'", constraint="string-length(.) < 4")
        + bind("/data/g/d", calculate="concat(../c, '/', /data/last)")
        + bind("/data/r", relevant="/data/a != 5")
        + bind("/data/r/x", type="int")
        + bind("/data/r/y", calculate="../x * position(..) + sum(../s/z)")
        + bind("/data/r/s/z", type="int", relevant="../../x > 0")
        + bind("/data/sum", calculate="sum(/data/r/y) + count(/data/r/s)")
        + bind("/data/last", calculate="/data/r[last()]/x"),
        '<input ref="/data/a"/><select1 ref="/data/b">'
        "<itemset nodeset=\"instance('l')/root/item[g = /data/a or name = 1]\">"
        '<value ref="name"/></itemset></select1><group ref="/data/g"><input ref="/data/g/c"/></group>'
        '<group ref="/data/r"><label>Row <output value="position(.)"/></label><repeat nodeset="/data/r">'
        '<input ref="/data/r/x"><label>X of <output value="../../sum"/></label></input>'
        '<group ref="/data/r/s"><repeat nodeset="/data/r/s">'
        '<input ref="/data/r/s/z"/></repeat></group></repeat></group>',
    )


WEB = a_web()
SMALL = st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("a"), st.sampled_from("012345")),
        st.tuples(st.just("b"), st.sampled_from(["1", "2", ""])),
        st.tuples(st.just("c"), st.sampled_from(["", "x", "long one"])),
        st.tuples(st.just("x"), SMALL, st.sampled_from(["", "0", "3", "-2"])),
        st.tuples(st.just("z"), SMALL, SMALL, st.sampled_from(["", "4"])),
        st.tuples(st.just("+r")),
        st.tuples(st.just("-r"), SMALL),
        st.tuples(st.just("+s"), SMALL),
        st.tuples(st.just("-s"), SMALL, SMALL),
    ),
    max_size=14,
)


def do(session: Session, step: tuple[object, ...]) -> Answers | None:
    """Apply one step if the form takes it."""
    name, *rest = step
    try:
        match name:
            case "a" | "b":
                session.set(f"/data/{name}", str(rest[0]))
            case "c":
                session.set("/data/g/c", str(rest[0]))
            case "x":
                session.set(f"/data/r[{int(str(rest[0])) + 1}]/x", str(rest[1]))
            case "z":
                session.set(f"/data/r[{int(str(rest[0])) + 1}]/s[{int(str(rest[1])) + 1}]/z", str(rest[2]))
            case "+r":
                session.add_row("/data/r")
            case "-r":
                session.remove_row(f"/data/r[{int(str(rest[0])) + 1}]")
            case "+s":
                session.add_row(f"/data/r[{int(str(rest[0])) + 1}]/s")
            case _:
                session.remove_row(f"/data/r[{int(str(rest[0])) + 1}]/s[{int(str(rest[1])) + 1}]")
    except StepRefused:
        return None
    return session.answers


def shown(session: Session) -> list[tuple[NodeState, str]]:
    return [(replace(state, _reader=None), session.text(state.path).text) for state in session.walk()]


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_what_was_worked_out_step_by_step_equals_what_is_worked_out_at_once(
    steps: list[tuple[object, ...]],
) -> None:
    session = Session.start(WEB, NOON)
    for step in steps:
        do(session, step)
    again = Session.open(WEB, session.answers, NOON)
    assert shown(again) == shown(session)
    assert again.answers == session.answers
    assert again.submission() == session.submission()


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_events_alone_rebuild_a_filling(steps: list[tuple[object, ...]]) -> None:
    session = Session.start(WEB, NOON)
    answers = Answers().apply_all(session.beginning)
    for step in steps:
        name, *_ = step
        change = None
        try:
            if name == "+r":
                change = session.add_row("/data/r")
            elif name == "a":
                change = session.set("/data/a", str(step[1]))
            elif name == "x":
                change = session.set(f"/data/r[{int(str(step[1])) + 1}]/x", str(step[2]))
            elif name == "-r":
                change = session.remove_row(f"/data/r[{int(str(step[1])) + 1}]")
        except StepRefused:
            continue
        if change is not None:
            answers = answers.apply_all(change.events)
    assert Session.open(WEB, answers, NOON).submission() == session.submission()


@settings(max_examples=40, deadline=None)
@given(st.permutations([("/data/a", "4"), ("/data/g/c", "ab"), ("/data/b", "1")]))
def test_independent_answers_give_one_state_in_any_order(order: list[tuple[str, str]]) -> None:
    form = a_form(
        "<a/><b/><g><c/></g><all/>",
        bind("/data/all", calculate="concat(/data/a, /data/b, /data/g/c)"),
        '<input ref="/data/a"/><input ref="/data/b"/><input ref="/data/g/c"/>',
    )
    session = Session.start(form, NOON)
    for path, text in order:
        session.set(path, text)
    assert session.state("/data/all").value == "41ab"


@settings(max_examples=80, deadline=None)
@given(ODD, ODD)
def test_a_submission_read_back_holds_the_same_answers(first: str, second: str) -> None:
    session = a_session()
    session.set("/data/a", first)
    session.set("/data/b", second)
    sent = session.submission()
    answers = parse_submission(session.form, sent)
    assert Session.open(session.form, answers, NOON).submission() == sent


def test_rows_of_a_submission_come_back_in_order() -> None:
    session = Session.start(WEB, NOON)
    for number in ("1", "2"):
        session.add_row("/data/r")
        session.set(f"/data/r[{int(number)}]/x", number)
        session.add_row(f"/data/r[{int(number)}]/s")
    sent = session.submission()
    assert Session.open(WEB, parse_submission(WEB, sent), NOON).submission() == sent
