from __future__ import annotations

from datetime import date

from ui.intake.strip import gaps, overlaps, spans

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
