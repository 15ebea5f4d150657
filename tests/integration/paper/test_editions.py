"""An edition that the agency takes no more is printed by nobody, but an attorney who signs why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.editions import Standing
from ournydesk.domain.membership import Role
from ournydesk.errors import Refused
from tests.fakes.desks import TickingClock, enrol, example_intake, open_desk
from tests.integration.paper.official_blank import official_blank

LAST = date(2026, 11, 28)
"""The day of the tests' clock."""
FORM = "naturalization"


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "n-400.pdf"
    path.write_bytes(official_blank())
    return path


@pytest.fixture
def coordinator(tmp_path: Path, clock: TickingClock, blank: Path) -> Iterator[LaptopDesk]:
    made = open_desk(tmp_path / "first", "C. Coordinator", clock)
    made.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    made.team.publish_form(FORM)
    made.team.publish_blank(blank)
    yield made
    made.lock()


@pytest.fixture
def attorney(tmp_path: Path, clock: TickingClock, coordinator: LaptopDesk) -> Iterator[LaptopDesk]:
    """An attorney's desk that joined after the coordinator said that the edition ends today."""
    coordinator.papers.confirm_edition(FORM, LAST)
    made = open_desk(tmp_path / "second", "A. Attorney", clock)
    enrol(made, "A. Attorney", Role.ATTORNEY, coordinator, tmp_path, reads=True)
    yield made
    made.lock()


def test_sending_a_blank_says_that_the_agencys_site_was_looked_at(coordinator: LaptopDesk) -> None:
    known = coordinator.papers.edition(FORM)
    assert known == Standing(form="n-400", edition="01/20/25", expires="02/28/2027", confirmed=LAST)
    assert coordinator.official(example_intake(coordinator)).pages == 14


def test_the_last_day_travels_to_every_desk_and_holds_without_a_network(
    attorney: LaptopDesk, clock: TickingClock
) -> None:
    known = attorney.papers.edition(FORM)
    assert known is not None
    assert (known.until, known.confirmed) == (LAST, LAST)
    intake = example_intake(attorney)
    assert attorney.official(intake).edition == "01/20/25"
    clock.move(days=1)
    with pytest.raises(Refused) as refused:
        attorney.official(intake)
    assert refused.value.code == "refused.edition_over"


def test_an_attorney_prints_it_all_the_same_and_signs_why(attorney: LaptopDesk, clock: TickingClock) -> None:
    intake = example_intake(attorney)
    clock.move(days=3)
    before = attorney.wire.wire()
    assert attorney.official(intake, "The agency extended it by telephone.").pages == 14
    assert attorney.wire.wire() != before  # one more operation waits to be sent


def test_nobody_else_overrides(coordinator: LaptopDesk, clock: TickingClock) -> None:
    coordinator.papers.confirm_edition(FORM, LAST)
    intake = example_intake(coordinator)
    clock.move(days=1)
    with pytest.raises(Refused) as refused:
        coordinator.official(intake, "It is late.")
    assert refused.value.code == "refused.not_attorney"


def test_a_later_confirmation_counts(coordinator: LaptopDesk, clock: TickingClock) -> None:
    coordinator.papers.confirm_edition(FORM, LAST)
    clock.move(days=2)
    known = coordinator.papers.confirm_edition(FORM, None)
    assert known == coordinator.papers.edition(FORM)
    assert coordinator.official(example_intake(coordinator)).pages == 14


def test_an_attorney_may_not_decide_it_for_the_team(attorney: LaptopDesk) -> None:
    with pytest.raises(Refused) as refused:
        attorney.papers.confirm_edition(FORM, None)
    assert refused.value.code == "refused.shut_out"


def test_outside_a_team_the_vault_remembers(tmp_path: Path, clock: TickingClock, blank: Path) -> None:
    desk = open_desk(tmp_path / "alone", "Seat", clock)
    assert desk.papers.edition(FORM) is None
    with pytest.raises(Refused):
        desk.papers.confirm_edition(FORM, LAST)
    desk.import_blank(blank)
    desk.papers.confirm_edition(FORM, LAST)
    intake = example_intake(desk)
    clock.move(days=1)
    for reason, code in (("", "refused.edition_over"), ("I want to.", "refused.no_team")):
        with pytest.raises(Refused) as refused:
            desk.official(intake, reason)
        assert refused.value.code == code
    desk.lock()
