"""Which answers call for an attorney."""

from __future__ import annotations

import pytest

from forms.library.attention import attention
from forms.library.items import fill_from_items
from ournydesk.domain.answers import Said
from tests.unit.library.builders import a_filling, example


def called(items: dict[str, object]) -> list[tuple[str, str]]:
    session = a_filling()
    fill_from_items(session, items)
    return [(one.item, one.answered) for one in attention(session)]


def test_the_example_calls_the_attorney_for_the_citation_alone() -> None:
    assert called(example()) == [("P9.15b", "Y")]


@pytest.mark.parametrize("item", ["P2.10", "P2.11", "P9.1", "P9.2", "P9.15a", "P9.20", "P9.21", "P9.33"])
def test_a_yes_that_counts_calls_the_attorney(item: str) -> None:
    assert called({item: "Y"}) == [(item, "Y")]
    assert called({item: "N"}) == []


@pytest.mark.parametrize("item", ["P9.31", "P9.32", "P9.34", "P9.35", "P9.36", "P9.37"])
def test_a_no_to_the_oath_calls_the_attorney(item: str) -> None:
    assert called({item: "N"}) == [(item, "N")]
    assert called({item: "Y"}) == []


def test_a_sentence_not_served_calls_the_attorney() -> None:
    assert called({"P9.15b": "Y", "P9.16": "N"}) == [("P9.15b", "Y"), ("P9.16", "N")]
    assert called({"P9.15b": "Y", "P9.16": "Y"}) == [("P9.15b", "Y")]


def test_an_answer_that_is_no_longer_asked_calls_nobody() -> None:
    session = a_filling()
    fill_from_items(session, {"P9.10a": "Y", "P9.10b": "Y"})
    session.set("/data/questions/q10a", "N")
    assert attention(session) == ()


def test_not_knowing_whether_a_parent_was_a_citizen_calls_the_attorney() -> None:
    session = a_filling()
    session.set("/data/about/citizen_parent", "", Said.UNKNOWN)
    assert [(one.item, one.answered) for one in attention(session)] == [("P2.10", "unknown")]
    session.set("/data/about/citizen_parent", "", Said.DECLINED)
    assert attention(session) == ()


def test_calls_come_in_the_order_of_the_form() -> None:
    items = [item for item, _ in called({"P9.33": "Y", "P9.1": "Y", "P2.10": "Y"})]
    assert items == ["P2.10", "P9.1", "P9.33"]
