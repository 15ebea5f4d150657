from __future__ import annotations

from datetime import date

import pytest

from ui.intake.strip import Span, gaps, overlaps, spans, years_labelled, years_shown

TODAY = date(2026, 11, 28)


def test_incomplete_and_inverted_stretches_are_left_out_of_the_picture() -> None:
    found = spans(
        [("2024-06-20", "2024-08-27", "a"), ("2024-06-20", "2023-01-01", "b"), ("", "", "c")], TODAY
    )
    assert [span.label for span in found] == ["a"]


def test_an_open_end_is_today() -> None:
    [span] = spans([("2024-06-20", "", "job")], TODAY)
    assert span.last == TODAY


def test_two_trips_on_the_same_days_overlap_and_two_that_touch_do_not() -> None:
    first, inside = ("2024-06-20", "2024-08-27", "a"), ("2024-08-18", "2024-08-25", "b")
    after = ("2024-08-27", "2024-09-01", "c")
    assert overlaps(spans([first, inside], TODAY)) == ((date(2024, 8, 18), date(2024, 8, 25)),)
    assert overlaps(spans([first, after], TODAY)) == ()


def test_days_nobody_accounted_for_are_gaps() -> None:
    start = date(2021, 11, 28)
    found = spans(
        [("2021-10-04", "2022-02-14", "a"), ("2022-02-15", "2023-04-30", "b"), ("2023-06-01", "", "c")], TODAY
    )
    assert gaps(found, start, TODAY) == ((date(2023, 4, 30), date(2023, 6, 1)),)
    assert gaps((), start, TODAY) == ((start, TODAY),)


@pytest.mark.parametrize(
    ("first", "years"),
    [
        ("2026-01-01", 5),
        ("2021-11-23", 5),
        ("2021-11-22", 6),
        ("1999-11-23", 27),
        ("1999-11-22", 28),
        ("2030-01-01", 5),
    ],
)
def test_the_picture_goes_back_as_far_as_the_oldest_row(first: str, years: int) -> None:
    day = date.fromisoformat(first)
    assert years_shown([Span(day, day, "stay 1")], date(2026, 11, 23)) == years


def test_nothing_written_yet_shows_five_years() -> None:
    assert years_shown([], date(2026, 11, 23)) == 5


def test_years_are_written_only_where_they_have_room() -> None:
    today = date(2026, 11, 23)
    assert years_labelled(date(2021, 11, 23), today, 700, 44) == (2022, 2023, 2024, 2025, 2026)
    assert years_labelled(date(1996, 11, 23), today, 700, 44) == (*range(1998, 2027, 2),)
    assert years_labelled(date(1996, 11, 23), today, 300, 44) == (2000, 2005, 2010, 2015, 2020, 2025)
