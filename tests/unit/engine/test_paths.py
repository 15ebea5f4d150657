"""Location paths: every axis, node tests, positions, look-ups by index and without."""

from __future__ import annotations

import pytest

from forms.engine import FormRefused
from tests.unit.engine.builders import a_session, bind

TREE = '<a k="v">1</a><g><b>2</b><orx:c>3</orx:c></g><r><x>4</x></r><r><x>5</x></r><out/>'
BODY = (
    '<input ref="/data/a"/><group ref="/data/r"><repeat nodeset="/data/r">'
    '<input ref="/data/r/x"/></repeat></group>'
)
LIST = (
    '<instance id="l"><root><item><name>p</name><in><deep>1</deep></in></item>'
    "<item><name>q</name><in><deep>2</deep></in></item>"
    "<item><name>p</name><in><deep>3</deep></in></item></root></instance>"
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("name(/data/g/b/ancestor::g)", "g"),
        ("count(/data/g/b/ancestor-or-self::*)", "3"),
        ("count(/data/r/descendant-or-self::x)", "2"),
        ("string(/data/a/following-sibling::r[2]/x)", "5"),
        ("string(/data/r[2]/preceding-sibling::r/x)", "4"),
        ("count(/data/g/b/following::x)", "2"),
        ("count(/data/r[2]/x/preceding::b)", "1"),
        ("string(/data/g/orx:c)", "3"),
        ("count(/data/g/child::orx:*)", "1"),
        ("count(/data/g/descendant::orx:*)", "1"),
        ("string(/data/a/text())", "1"),
        ("count(/data/comment())", "1"),
        ("count(/data/a/node())", "1"),
        ("/data/a/@k", "v"),
        ("name(/data/a/@k)", "k"),
        ("/data/a/@k/..", "1"),
        ("count(/data/a/@*)", "1"),
        ("count(/..)", "0"),
        ("count(//x[. > 4])", "1"),
        ("string((/data/r/x)[2])", "5"),
        ("count(/data/r/x/parent::r)", "2"),
        ("count(/data/r/x/..)", "2"),
        ("count(/data/a | /data/a | /data/g/b)", "2"),
        ("/data/r[. = 5]/x", "5"),
        ("/data/r[position() = last()]/x", "5"),
        ("/data/r['x'][2]/x", "5"),
        ("/data/r[today()]/x", ""),
        ("instance('l')/root/item[name = 'p'][2]/in/deep", "3"),
        ("instance('l')/root/item[in/deep = 2]/name", "q"),
        ("instance('l')/root/item[in/deep = '2']/name", "q"),
        ("instance('l')/root/item['q' = name]/in/deep", "2"),
        ("count(instance('l')/root/item[name = 'p' and in/deep > 1])", "1"),
        ("count(instance('l')/root/item[name = /data/nope])", "0"),
        ("count(instance('l')/root/item[position() = 2 and name = 'q'])", "1"),
        ("count(instance('l')/child::root/*)", "3"),
        ("count(instance(concat('l', ''))/root/item)", "3"),
        ("indexed-repeat(/data/r/x, /data/r, 2) + 1", "6"),
        ("name(indexed-repeat(/data/r/x, /data/r, 1)/..)", "r"),
        ("namespace-uri(/data/g/orx:c)", "http://openrosa.org/xforms"),
        ("name(/data/g/orx:c)", "orx:c"),
        ("local-name(/data/g/orx:c)", "c"),
    ],
)
def test_a_path_finds_what_xpath_says(expression: str, value: str) -> None:
    binds = LIST + bind("/data/out", calculate=expression)
    assert a_session(TREE, binds, BODY).state("/data/out").value == value


@pytest.mark.parametrize(
    "expression",
    [
        "/data/a/namespace::x",
        "position(/data/r)",
        "count('x')",
        "indexed-repeat(/data/r/x, /data/r)",
        "'x'/a",
        "jr:choice-name('x', '/data/out')",
        "jr:choice-name('x')",
        "digest('a', 'CRC')",
        "digest('a', 'MD5', 'octal')",
        "weighted-checklist(1, 2, 1)",
        "decimal-date-time(1 = 1)",
        "distance('nowhere')",
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(expression: str) -> None:
    with pytest.raises(FormRefused, match="/data/out"):
        a_session(TREE, bind("/data/out", calculate=expression), BODY)


def test_a_chosen_row_of_the_same_form_can_be_a_choice() -> None:
    body = BODY + (
        '<select1 ref="/data/out"><itemset nodeset="/data/r[x != \'\']">'
        '<value ref="x"/><label ref="x"/></itemset></select1>'
    )
    session = a_session(TREE, "", body)
    assert session.state("/data/out").offered == ("4", "5")
    session.set("/data/out", "5")
    session.set("/data/r[2]/x", "6")
    assert (session.state("/data/out").offered, session.state("/data/out").value) == (("4", "6"), "")
    session.add_row("/data/r")
    session.set("/data/r[3]/x", "7")
    session.remove_row("/data/r[1]")
    assert session.state("/data/out").offered == ("6", "7")
