"""Items put into the intake, and read back out of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.library.items import fill_from_items, items_of
from ournydesk.domain.answers import Said
from ournydesk.errors import BadInput
from tests.unit.library.builders import a_filling, answered, example

NOT_SERVED = ("P9.27", "P9.28", "P9.29")
"""The paper goes from item 25, answered No, to item 30."""
TURNED = "The return is before the departure, or in the future. Check the year of the return."


def messages(items: dict[str, object]) -> list[str]:
    return [refusal.message for refusal in fill_from_items(a_filling(), items).refused]


def test_the_example_runs_through_without_a_violation() -> None:
    session = a_filling()
    filled = fill_from_items(session, example())
    assert (filled.refused, filled.missing) == ((), ())
    assert session.violations() == ()
    assert filled.left_off == NOT_SERVED


def test_the_example_comes_back_as_it_went_in() -> None:
    session = a_filling()
    fill_from_items(session, example())
    told = {item: answered(value) for item, value in example().items() if item not in NOT_SERVED}
    assert items_of(session) == told


def test_what_comes_back_goes_in_again_unchanged() -> None:
    first, second = a_filling(), a_filling()
    fill_from_items(first, example())
    filled = fill_from_items(second, items_of(first))
    assert filled.left_off == ()
    assert items_of(second) == items_of(first)


def test_what_the_form_does_not_ask_is_left_off() -> None:
    session = a_filling()
    filled = fill_from_items(session, {"P5.1": "single", "P5.3": 1, "P5.4.given": "Farid", "P6.1": 0,
                                       "P6.2": [{"name": "Mim"}]})  # fmt: skip
    assert filled.left_off == ("P5.3", "P5.4.given", "P6.2")
    assert items_of(session) == {"P5.1": "single", "P6.1": 0}


def test_someone_who_cannot_take_the_oath_is_not_asked_what_follows() -> None:
    session = a_filling()
    fill_from_items(session, {**example(), "P9.33": "Y"})
    assert not {"P9.34", "P9.35", "P9.36", "P9.37"} & items_of(session).keys()


@pytest.mark.parametrize(
    ("opens", "value", "opened"),
    [
        ("P2.3", "Y", ["about/new_name/n_family"]),
        ("P2.12a", "Y", ["about/ssn", "about/ssa_consent"]),
        ("P4.2", "N", ["addresses/mail/m_street"]),
        ("P5.1", "married", ["marriage/spouse/s_family", "marriage/times_married"]),
        ("P5.1", "separated", ["marriage/spouse/s_family"]),
        ("P9.10a", "Y", ["questions/q10b", "questions/q10c"]),
        ("P9.15a", "Y", ["questions/offense", "questions/q16"]),
        ("P9.15b", "Y", ["questions/offense", "questions/q16"]),
        ("P9.22a", "Y", ["questions/q22b"]),
        ("P9.25", "Y", ["questions/q26a", "questions/q27", "questions/q28", "questions/q29"]),
        ("P9.30a", "Y", ["questions/titles", "questions/q30b"]),
        ("P10.1", "Y", ["fee/income", "fee/household", "fee/earners", "fee/head"]),
        ("P1.1", "D", ["about/field_office"]),
        ("P1.1", "G", ["about/basis_other"]),
    ],
)
def test_an_answer_opens_what_hangs_on_it(opens: str, value: str, opened: list[str]) -> None:
    session = a_filling()
    assert not any(session.state(f"/data/{path}").relevant for path in opened)
    fill_from_items(session, {opens: value})
    assert all(session.state(f"/data/{path}").relevant for path in opened)


@pytest.mark.parametrize(("basis", "asked"), [("A", False), ("B", True), ("D", True), ("E", False)])
def test_the_spouse_s_citizenship_is_asked_only_where_it_counts(basis: str, asked: bool) -> None:
    session = a_filling()
    fill_from_items(session, {"P1.1": basis, "P5.1": "married", "P5.5a": "other"})
    assert session.state("/data/marriage/citizen_spouse/s_citizen_by").relevant is asked
    assert session.state("/data/marriage/citizen_spouse/s_a_number").relevant is asked
    assert session.state("/data/marriage/citizen_spouse/s_employer").relevant is (basis == "D")


def test_a_spouse_who_is_a_citizen_by_birth_has_no_a_number() -> None:
    session = a_filling()
    filled = fill_from_items(session, {"P1.1": "B", "P5.1": "married", "P5.5a": "birth", "P5.6": "061234507"})
    assert filled.left_off == ("P5.6",)


def test_a_trip_that_ends_before_it_begins_is_refused_with_a_sentence() -> None:
    trip = {"left": "2024-08-27", "returned": "2024-06-20", "countries": "Bangladesh"}
    assert messages({"P8": [trip]}) == [f"P8.returned: {TURNED}"]


@pytest.mark.parametrize(
    "items",
    [
        {"P8": [{"returned": "2024-06-20", "countries": "Bangladesh"}]},
        {"P7": [{"employer": "Example", "to": "2024-06-20"}]},
        {"P4.1.prior": [{"city": "Example", "to": "2024-06-20"}]},
        {"P2.7": "2021-10-04"},
        {"P5.1": "married", "P5.4.married": "2008-12-20"},
        {"P10.1": "Y", "P10.4": 2},
        {"P9.15a": "Y", "P9.15": [{"conviction": "2020-01-01"}]},
    ],
)
def test_a_rule_between_two_answers_waits_for_both(items: dict[str, object]) -> None:
    assert messages(items) == []


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ({"P8": [{"left": "2027-01-01", "countries": "X"}]}, "in the future"),
        ({"P4.1.from": "2026-11-29"}, "in the future"),
        ({"P2.6": "1884-02-29"}, "date of birth cannot be right"),
        ({"P2.6": "1984-02-29", "P2.7": "1983-01-01"}, "Resident before birth"),
        ({"P7": [{"from": "2024-02-01", "to": "2024-01-01"}]}, "ends before it begins"),
        ({"P4.1.prior": [{"from": "2024-02-01", "to": "2024-01-01"}]}, "ends before it begins"),
        ({"P4.1.state": "NY", "P4.1.zip": "1137"}, "five digits"),
        ({"P2.12a": "Y", "P2.12b": "12345"}, "nine digits"),
        ({"P2.12a": "Y", "P2.12c": "N"}, "without this consent"),
        ({"P2.4": "123"}, "twelve digits"),
        ({"P11.phone": "555"}, "ten digits"),
        ({"P11.email": "nusrat at example.org"}, "name@example.org"),
        ({"P11.email": f"{'n' * 30}@example.org"}, "at most 38"),
        ({"a_number": "12345"}, "seven to nine digits"),
        ({"P9.22a": "Y", "P9.22b": "Y", "P9.22c.number": "12"}, "ten digits"),
        ({"P10.1": "Y", "P10.3": 2, "P10.4": 3}, "More people earn"),
        ({"P3.4": 12}, "30 to 999"),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_sentence(items: dict[str, object], says: str) -> None:
    [message] = messages(items)
    assert says in message


@pytest.mark.parametrize("number", ["061234507", "A061234507", "A 061-234-507", "a61234507", "6123450"])
def test_an_a_number_is_taken_the_way_people_write_it(number: str) -> None:
    assert messages({"a_number": number}) == []


@pytest.mark.parametrize(
    ("items", "names"),
    [
        ({"P2.5": "X"}, "P2.5: “X”"),
        ({"P2.6": "29 Feb 1984"}, "P2.6: “29 Feb 1984”"),
        ({"P6.1": "two"}, "P6.1: “two”"),
        ({"P3.2": ["ASIAN", "OTHER"]}, "P3.2: “OTHER”"),
        ({"P4.1.prior": [{"state": "ZZ"}]}, "P4.1.prior[1].state: “ZZ”"),
    ],
)
def test_an_answer_that_is_not_offered_is_named(items: dict[str, object], names: str) -> None:
    [message] = messages(items)
    assert message.startswith(names)


@pytest.mark.parametrize(
    ("items", "names"),
    [
        ({"P9.99": "Y"}, "P9.99"),
        ({"P3.3": 5}, "P3.3"),
        ({"P2.8": ["Bangladesh"]}, "P2.8"),
        ({"P2.8": True}, "P2.8"),
        ({"P2.8": {}}, "P2.8"),
        ({"P3.4": 128.5}, "P3.4"),
        ({"P8": "Bangladesh"}, "P8"),
        ({"P8": [7]}, "P8, row 1"),
        ({"P8": [{"departed": "2024-06-20"}]}, "departed"),
        ({"P8": [{"left": ["2024-06-20"]}]}, "P8[1].left"),
        ({"P8": [{}] * 201}, "P8"),
    ],
)
def test_unknown_items_and_other_shapes_are_refused_by_name(items: dict[str, object], names: str) -> None:
    with pytest.raises(BadInput) as refused:
        fill_from_items(a_filling(), items)
    assert names in str(refused.value)


def test_a_job_still_held_comes_back_as_present() -> None:
    session = a_filling()
    fill_from_items(session, {"P7": [{"employer": "Example", "from": "2022-03-01", "to": "PRESENT"}]})
    assert items_of(session) == {"P7": [{"from": "2022-03-01", "to": "PRESENT", "employer": "Example"}]}
    [row] = [state for state in session.children("/data/work/job") if state.is_row]
    session.set(f"{row.path}/j_still", "N")
    session.set(f"{row.path}/j_to", "2023-01-31")
    assert items_of(session) == {"P7": [{"from": "2022-03-01", "to": "2023-01-31", "employer": "Example"}]}


def test_other_dates_of_birth_and_nationalities_are_plain_lists() -> None:
    told: dict[str, object] = {"P2.6.other": ["1984-03-01", "1985-02-28"], "P2.9.other": ["Canada"]}
    session = a_filling()
    fill_from_items(session, told)
    assert items_of(session) == told


def test_an_empty_table_says_there_is_none() -> None:
    session = a_filling()
    filled = fill_from_items(session, {"P8": []})
    assert session.state("/data/trips/travelled").value == "N"
    assert "P8" not in filled.missing


def test_what_is_not_answered_is_named_tables_too() -> None:
    items = example()
    del items["P8"], items["P2.8"]
    assert fill_from_items(a_filling(), items).missing == ("P2.8", "P8")


def test_a_job_without_an_end_is_named_by_the_item_of_the_paper() -> None:
    job = {"employer": "Example", "from": "2022-03-01"}
    assert fill_from_items(a_filling(), {**example(), "P7": [job]}).missing == ("P7.to",)


def test_an_interpreter_among_the_items_opens_the_interpreter_s_questions() -> None:
    session = a_filling()
    fill_from_items(session, {"P12.family": "Sample"})
    assert session.state("/data/consent/interpreted").value == "Y"
    assert items_of(session) == {"P12.family": "Sample"}


def test_not_knowing_is_no_item() -> None:
    session = a_filling()
    session.set("/data/about/birth_country", "", Said.UNKNOWN)
    session.set("/data/questions/q1", "", Said.DECLINED)
    assert items_of(session) == {}


DAYS = st.integers(1, 28)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=8))
def test_trips_are_refused_exactly_when_they_are_turned_round(days: list[tuple[int, int]]) -> None:
    trips = [
        {"left": f"2024-05-{left:02}", "returned": f"2024-05-{back:02}", "countries": "Example"}
        for left, back in days
    ]
    session = a_filling()
    filled = fill_from_items(session, {"P8": trips})
    assert len(filled.refused) == sum(back < left for left, back in days)
    assert items_of(session) == {"P8": trips}
