"""Other law data: which open cases it would read differently, and how."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Choice
from ournydesk.errors import BadInput
from tests.fakes.desks import TickingClock
from tests.integration.team.test_urgent_cases import a_screening, carry, days_on, two_desks


def own_law(folder: Path, name: str, old: str, new: str) -> Path:
    """A folder with one of our tables, changed in one place."""
    folder.mkdir()
    text = resources.files("ournydesk.law").joinpath("data", name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_only_open_cases_that_read_differently_are_told_and_how(tmp_path: Path) -> None:
    clock = TickingClock()
    lead, reader = two_desks(tmp_path, clock)
    lead.wire.hand_over(a_screening(lead), "")
    hearing = a_screening(lead, court="Y", court_date=str(days_on(clock, 9)))
    decided = a_screening(lead, court="Y", court_date=str(days_on(clock, 10)))
    lead.wire.hand_over(hearing, "")
    lead.wire.hand_over(decided, "")
    carry(lead, reader, tmp_path / "stick.courier")
    reader.cases.decide(RecordId(decided), Choice.PARTNER, "")
    same = own_law(tmp_path / "same", "urgency.toml", "at_most = 7", "at_most = 7")
    assert reader.cases.law_changes(same) == ()
    stricter = own_law(tmp_path / "stricter", "urgency.toml", "at_most = 7", "at_most = 14")
    [found] = reader.cases.law_changes(stricter)
    assert found.record == RecordId(hearing)
    assert found.changes[0] == "High: attorney within 3 business days. → Critical: attorney today."
    assert "New: Urgency: critical" in found.changes
    lead.lock()
    reader.lock()


def test_law_data_that_cannot_be_read_is_refused_by_file_and_key(tmp_path: Path) -> None:
    clock = TickingClock()
    lead, reader = two_desks(tmp_path, clock)
    broken = own_law(tmp_path / "broken", "urgency.toml", "at_most = 7", 'at_most = "7"')
    with pytest.raises(BadInput) as refused:
        reader.cases.law_changes(broken)
    assert "urgency.toml" in refused.value.message
    assert "at_most" in refused.value.message
    lead.lock()
    reader.lock()
