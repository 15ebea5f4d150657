"""A record is erased on every desk, and nothing brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.keeping import EraseReason
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import Kind, RecordId
from ournydesk.domain.oplog import Standing
from ournydesk.errors import Refused, WrongPassphrase
from ournydesk.ports import OpenVault
from ournydesk.services import membership
from tests.fakes.cheap import WORDS
from tests.fakes.desks import TickingClock, change, enrol, example_intake, open_desk


@dataclass
class Three:
    lead: LaptopDesk
    helper: LaptopDesk
    reader: LaptopDesk
    folder: Path

    def carry(self, here: LaptopDesk, there: LaptopDesk) -> None:
        stick = self.folder / "stick.courier"
        here.wire.write_courier(stick)
        there.wire.read_courier(stick)


def vault_of(desk: LaptopDesk) -> OpenVault:
    return desk.team.replica().vault


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    clock = TickingClock()
    lead, helper, reader = (open_desk(tmp_path / name, name, clock) for name in ("C.", "Jo", "M."))
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    enrol(reader, "M. Attorney", Role.ATTORNEY, lead, tmp_path, reads=True)
    made = Three(lead, helper, reader, tmp_path)
    for desk in (helper, reader):
        made.carry(lead, desk)
    yield made
    for desk in (lead, helper, reader):
        desk.lock()


@pytest.fixture
def intake(three: Three) -> IntakeId:
    made = example_intake(three.helper)
    three.helper.wire.hand_over(made, "")
    for desk in (three.lead, three.reader):
        three.carry(three.helper, desk)
    return made


def left_of(desk: LaptopDesk, intake: IntakeId) -> tuple[object, int]:
    """Whether a key is left, and how many bytes of what was said."""
    vault, record = vault_of(desk), RecordId(intake)
    said = sum(len(one.payload) for one in vault.operations.of_record(record))
    return vault.keys.newest(record), said


def test_every_desk_drops_what_a_coordinator_erased(three: Three, intake: IntakeId) -> None:
    three.lead.cases.erase(RecordId(intake), EraseReason.WITHDRAWN, WORDS)
    for desk in (three.helper, three.reader):
        three.carry(three.lead, desk)
    for desk in (three.lead, three.helper, three.reader):
        assert left_of(desk, intake) == (None, 0)
        assert desk.cases.cases() == ()
        [row] = [row for row in desk.intakes() if row.head.id == intake]
        assert row.purged
        assert row.needs_you == ""
        assert desk.where.where().asides == ()


def test_what_somebody_wrote_meanwhile_is_kept_aside_and_brings_nothing_back(
    three: Three, intake: IntakeId
) -> None:
    three.lead.cases.erase(RecordId(intake), EraseReason.WITHDRAWN, WORDS)
    answers = three.helper.open_intake(intake).answers.values
    path = next(path for path, answer in answers.items() if answer.text == "Talukder-Example")
    change(three.helper, intake, path, "Taluqdar")
    three.carry(three.helper, three.lead)
    [late] = three.lead.where.where().asides
    assert (late.by, late.standing, late.why.rpartition(":")[2]) == (
        "Jo Volunteer", Standing.QUARANTINED, "erased",
    )  # fmt: skip  # the same three
    assert left_of(three.lead, intake) == (None, 0)
    lent = membership.identity_of(vault_of(three.lead)).device
    three.reader.cases.lend(RecordId(intake), lent)
    three.carry(three.reader, three.lead)
    assert left_of(three.lead, intake) == (None, 0)


def test_only_a_coordinator_with_the_words_erases(three: Three, intake: IntakeId) -> None:
    with pytest.raises(Refused) as caught:
        three.reader.cases.erase(RecordId(intake), EraseReason.MISTAKE, WORDS)
    assert caught.value.code == "refused.erase"
    with pytest.raises(WrongPassphrase):
        three.lead.cases.erase(RecordId(intake), EraseReason.MISTAKE, "six quite other words are these")
    assert left_of(three.lead, intake)[1] > 0
    three.lead.cases.erase(RecordId(intake), EraseReason.MISTAKE, WORDS)
    with pytest.raises(Refused):
        three.lead.cases.erase(RecordId(intake), EraseReason.MISTAKE, WORDS)


def test_an_order_to_erase_travels_after_it_was_carried_out(three: Three, intake: IntakeId) -> None:
    three.lead.cases.erase(RecordId(intake), EraseReason.RETENTION, WORDS)
    waiting = vault_of(three.lead).operations.outbox(100, 10**8)
    assert Kind.ERASE in {one.header.kind for one in waiting}
