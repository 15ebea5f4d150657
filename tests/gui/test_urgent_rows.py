"""A line of the queue says why a case is urgent and when, whole, in the room it has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from ournydesk.domain.case import CaseRow
from ournydesk.domain.intake import Status
from ournydesk.domain.operations import RecordId
from ournydesk.law.tables import read_tables
from ournydesk.services.screening_review import SHOWN_IN_LIST
from ui.cases.model import Column, QueueModel
from ui.cases.rows import SIDE, WIDTHS, two_lines
from ui.theme.theme import Theme
from ui.theme.type import Type

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def a_row(urgent: str, by: datetime | None) -> CaseRow:
    return CaseRow(
        id=RecordId("a"), client="", a_number="", matter="Legal screening", language="English", question="",
        urgent=urgent, urgent_by=by, taken_by="", waiting_since=NOON, handed_over=True, status=Status.CARRIED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("urgent", "by", "said"),
    [
        ("Hearing in 6 days", datetime(2026, 12, 4, tzinfo=UTC), ("Hearing in 6 days", "4 Dec 2026")),
        ("Detained now", None, ("Detained now", "handed over")),
        ("", None, ("No date", "handed over")),
    ],
)
def test_the_reason_stands_above_its_day(urgent: str, by: datetime | None, said: tuple[str, str]) -> None:
    assert QueueModel().words(a_row(urgent, by), Column.URGENT) == said


def test_every_reason_of_the_table_has_room(theme: Theme) -> None:
    room = theme.px(WIDTHS[Column.URGENT]) - SIDE - SIDE // 2 - theme.px(18) - 10
    metrics = QFontMetrics(theme.font(Type.BODY, bold=True))
    for row in read_tables().urgency.rows:
        if row.level not in SHOWN_IN_LIST:
            continue
        said = f"{row.short} in {row.at_most} days" if row.days and row.at_most else row.short
        assert metrics.horizontalAdvance(said) <= room, said


def test_a_long_question_is_cut_to_the_two_lines_that_are_drawn(theme: Theme) -> None:
    font: QFont = theme.font(Type.BODY)
    assert two_lines("Court notice", font, 126) == "Court notice"
    cut = two_lines("Do you have a case in the immigration court of this city?: Yes", font, 126)
    assert cut.startswith("Do you have a case")
    assert cut.endswith("…")
