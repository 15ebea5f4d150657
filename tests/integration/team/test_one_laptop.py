"""Two people share one laptop, each with a vault: one goes on where the other stopped, and reads no more."""

from __future__ import annotations

from pathlib import Path

from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from tests.fakes.desks import TickingClock, change, enrol, example_intake, open_desk


def test_a_record_goes_from_one_vault_of_a_laptop_to_the_other_and_no_other_does(
    tmp_path: Path,
) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    first = open_desk(tmp_path / "laptop", "Jo Volunteer", clock)
    second = open_desk(tmp_path / "laptop", "Ruma Sample", clock)
    for desk, name in ((first, "Jo Volunteer"), (second, "Ruma Sample")):
        enrol(desk, name, Role.VOLUNTEER, lead, tmp_path)
    news = tmp_path / "news.courier"
    lead.wire.write_courier(news)
    first.wire.read_courier(news)

    lent, kept = example_intake(first), example_intake(first)
    for intake in (lent, kept):
        first.wire.hand_over(intake, "")
    [other] = [one for one in first.cases.case(RecordId(lent)).desks if one.name == "Ruma Sample"]
    first.cases.lend(RecordId(lent), other.device)
    card = first.team.replica().vault.card
    first.lock()

    piece = next((tmp_path / "laptop" / "vaults" / card.id / "outgoing").glob("*.op"))
    assert second.wire.read_courier(piece) > 0
    assert [row.head.id for row in second.intakes()] == [lent]
    before = second.open_intake(lent).answers
    change(second, lent, "/data/consent/agrees", "Y")
    assert second.open_intake(lent).answers.values.keys() >= before.values.keys()
    for desk in (second, lead):
        desk.lock()
