from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.paper.official_answers import Entry, a_number, answered
from forms.paper.paper_map import for_form
from ournydesk.errors import BadInput

N400 = for_form("n-400")


def entries(items: dict[str, object]) -> dict[str, Entry]:
    return {
        entry.title if entry.item[:2] in {"P7", "P8"} else entry.item: entry
        for entry in answered(N400, items).entries
    }


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("061234507", "061234507"),
        ("A 61-234-507", "061234507"),
        ("a061234507", "061234507"),
        ("A#61234507", "061234507"),
        ("1234567", "001234567"),
    ],
)
def test_an_a_number_is_written_with_nine_digits(typed: str, printed: str) -> None:
    assert a_number("a_number", typed) == printed


@given(st.integers(1_000_000, 999_999_999), st.sampled_from(["{}", "A{}", "A-{}", " a {} "]))
def test_every_a_number_of_seven_to_nine_digits_keeps_its_value(number: int, writing: str) -> None:
    printed = a_number("a_number", writing.format(number))
    assert len(printed) == 9
    assert int(printed) == number


@pytest.mark.parametrize("typed", ["", "A", "123456", "1234567890", "A12E45678", "٠٦١٢٣٤٥٠٧", "AA61234507"])
def test_what_is_no_a_number_is_refused_by_the_items_name(typed: str) -> None:
    with pytest.raises(BadInput, match=r"^P5\.6 is .* seven to nine digits"):
        a_number("P5.6", typed)


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ({"P2.6": "02/29/1984"}, "P2.6 is '02/29/1984'; a date is written year-month-day"),
        ({"P2.6": "1983-02-29"}, "P2.6 is '1983-02-29'; a date is written"),
        ({"P2.6": "19840229"}, "P2.6 is '19840229'; a date is written"),
        ({"P2.6": "PRESENT"}, "P2.6 is 'PRESENT'; a date is written"),
        ({"P9.1": "maybe"}, "P9.1 is 'maybe'; the form offers Y, N."),
        ({"P9.1": True}, "P9.1 has to be a text or a whole number, not true or false."),
        ({"P1.1": "H"}, "P1.1 is 'H'; the form offers A, B, C, D, E, F, G."),
        ({"P3.2": "ASIAN"}, "P3.2 has to be a list."),
        ({"P3.2": ["ASIAN", "OTHER"]}, "P3.2 is 'OTHER'; the form offers AIAN, ASIAN, BLACK, NHPI, WHITE."),
        ({"P3.4": "12a"}, "P3.4 is '12a'; the form wants a whole number."),
        ({"P2.12b": "12345678"}, "P2.12b is '12345678'; the form wants nine digits."),
        ({"P2.4": "1"}, "P2.4 is '1'; the form wants twelve digits."),
        ({"P2.1.family": ["a"]}, "P2.1.family has to be a text or a whole number, not a list."),
        ({"P8": {"left": "2024-01-01"}}, "P8 has to be a list of rows"),
        ({"P8": ["2024-01-01"]}, "P8 has to be a list of rows, each with left, returned, countries."),
        ({"P8": [{"left": "June"}]}, "P8 row 1, left is 'June'; a date is written"),
        ({"P7": [{"to": "now"}]}, "P7 row 2, to is 'now'; a date is written .* or PRESENT"),
        ({"P6.2": [{"support": "yes"}]}, "P6.2 row 1, support is 'yes'; the form offers Y, N."),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_the_items_name(
    items: dict[str, object], message: str
) -> None:
    with pytest.raises(BadInput, match=message.replace("(", r"\(")):
        answered(N400, items)


def test_what_is_not_answered_prints_nothing() -> None:
    empty = {"P2.1.family": "", "P2.6": None, "P8": [], "P3.2": [], "P7": [{"employer": "", "to": None}]}
    assert answered(N400, empty).entries == ()


def test_items_the_form_does_not_have_are_named() -> None:
    said = answered(
        N400, {"P99.1": "Y", "P8": [{"left": "2024-01-01", "colour": "red"}], "P3.3": {"miles": 1}}
    )
    assert said.unknown == ("P8.colour", "P99.1", "P3.3.miles")


def test_an_ended_job_never_stands_on_the_line_that_says_present() -> None:
    ended = entries({"P7": [{"employer": "Ended", "from": "2020-01-01", "to": "2021-01-01"}]})
    assert [entry.boxes[0].field for title, entry in ended.items() if title.endswith("job or school")] == []
    assert "Job or school 2, employer or school" in ended
    going_on = entries({"P7": [{"employer": "Now", "from": "2020-01-01", "to": "PRESENT"}]})
    assert going_on["Job or school 1, employer or school"].text == "Now"


def test_jobs_that_go_on_stand_before_later_ones_that_ended() -> None:
    jobs = [
        {"employer": "Ended", "from": "2022-01-01", "to": "2023-01-01"},
        {"employer": "Goes on", "from": "2019-01-01", "to": "PRESENT"},
    ]
    said = entries({"P7": jobs})
    assert said["Job or school 1, employer or school"].text == "Goes on"
    assert said["Job or school 2, employer or school"].text == "Ended"


def test_rows_beyond_the_last_line_are_written_out_with_their_columns() -> None:
    trips = [
        {"left": f"20{10 + n}-01-02", "returned": f"20{10 + n}-02-03", "countries": "Nepal"} for n in range(7)
    ]
    seventh = entries({"P8": trips})["Trip 7"]
    assert seventh.text == "Left: 01/02/2010; Returned: 02/03/2010; Countries: Nepal"
    assert seventh.label == "Trip 7. Left: 01/02/2010; Returned: 02/03/2010; Countries: Nepal"
    assert (seventh.page, seventh.part, seventh.number, seventh.boxes) == (6, "8", "1", ())


def test_codes_of_the_table_of_children_print_as_the_forms_own_words() -> None:
    child = {"name": "Ayan Example", "residence": "with_me", "relationship": "biological"}
    said = entries({"P6.2": [child]})
    assert said["P6.2.residence"].text == "resides with me"
    assert said["P6.2.relationship"].text == "biological son or daughter"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("(718) 555-0142", "7185550142"),
        ("+1 718 555 0142", "7185550142"),
        ("+880 1712 345678", "+880 1712 345678"),
    ],
)
def test_a_telephone_number_of_this_country_prints_ten_digits_and_another_as_typed(
    typed: str, printed: str
) -> None:
    assert entries({"P11.phone": typed})["P11.phone"].text == printed
