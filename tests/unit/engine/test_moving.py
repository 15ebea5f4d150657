"""A draft moved to another version of its form."""

from __future__ import annotations

from forms.engine import Session, move
from tests.unit.engine.builders import NOON, a_form, bind

OLD = a_form(
    '<a/><b/><c/><r jr:template=""><x/></r>',
    bind("/data/c", type="string"),
    '<input ref="/data/a"/><input ref="/data/b"/><input ref="/data/c"/>'
    '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>',
)
NEW = a_form(
    '<a/><g><b/></g><c/><n/><g2><r jr:template=""><x/></r></g2>',
    bind("/data/c", type="int") + bind("/data/n", required="true()"),
    '<input ref="/data/a"/><input ref="/data/g/b"/><input ref="/data/c"/><input ref="/data/n"/>'
    '<group ref="/data/g2/r"><repeat nodeset="/data/g2/r"><input ref="/data/g2/r/x"/></repeat></group>',
)


def a_draft() -> Session:
    session = Session.start(OLD, NOON)
    session.set("/data/a", "stays")
    session.set("/data/b", "moves")
    session.set("/data/c", "no number")
    session.add_row("/data/r")
    session.set("/data/r[1]/x", "in a row")
    return session


def test_a_draft_moved_to_a_new_version_says_what_becomes_of_each_answer() -> None:
    session = a_draft()
    moved = move(OLD, session.answers, NEW, NOON)
    assert "/data/a" in moved.kept
    assert ("/data/b", "/data/g/b") in moved.moved
    assert moved.dropped == ("/data/c",)
    assert moved.needed == ("/data/n",)
    after = Session.open(NEW, moved.after, NOON)
    assert after.state("/data/g/b").value == "moves"
    assert after.state("/data/g2/r[1]/x").value == "in a row"


def test_a_move_can_be_undone() -> None:
    session = a_draft()
    moved = move(OLD, session.answers, NEW, NOON)
    assert Session.open(OLD, moved.before, NOON).submission() == session.submission()


def test_a_move_to_the_same_version_keeps_everything() -> None:
    session = a_draft()
    moved = move(OLD, session.answers, OLD, NOON)
    assert (moved.moved, moved.dropped, moved.after) == ((), (), session.answers)
