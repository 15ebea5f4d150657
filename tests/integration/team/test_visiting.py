"""A visiting attorney reads one clinic, and is taken out of it after its close."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.membership import Role
from ournydesk.domain.team import STAFF, clinic_group
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import courier, enrolment, founding, publishing, visiting
from ournydesk.services.membership import identity_of, team_of
from tests.fakes.desks import TickingClock, example_intake, open_desk

BOOK = WordBook.bundled()


def vault_of(desk: LaptopDesk) -> OpenVault:
    return desk.team.replica().vault


def admit(
    desk: LaptopDesk, lead: LaptopDesk, clock: TickingClock, *, visits: str, reads: bool = True
) -> None:
    request = enrolment.read_request(enrolment.ask("V. Visitor", vault=vault_of(desk)))
    words = request.card(BOOK).words
    invite = enrolment.admit(
        request,
        Role.ATTORNEY,
        manages=False,
        reads=reads,
        typed=(words[2], words[4]),
        visits=visits,
        words=BOOK,
        vault=vault_of(lead),
        clock=clock,
    )
    enrolment.join(invite, vault=vault_of(desk), clock=clock)


def carry(source: LaptopDesk, target: LaptopDesk, clock: TickingClock) -> None:
    content, _ = courier.pack(vault=vault_of(source), clock=clock)
    courier.unpack(content, vault=vault_of(target), clock=clock)


def test_a_visitor_reads_one_clinic_and_nothing_after_the_visit_ended(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    guest = open_desk(tmp_path / "guest", "V. Visitor", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    lead.team.publish_form("naturalization")
    [first] = publishing.clinics(vault_of(lead))
    admit(guest, lead, clock, visits=first.id)
    device = identity_of(vault_of(guest)).device
    assert device not in team_of(vault_of(lead)).groups[STAFF].members
    [visitor] = visiting.visitors(vault_of(lead))
    assert (visitor.device, visitor.name, visitor.clinic) == (device, "V. Visitor", first)
    lead.wire.hand_over(example_intake(lead), "")
    carry(lead, guest, clock)
    assert len(guest.cases.cases()) == 1
    assert visiting.overdue(vault_of(lead), clock) == ()
    clock.move(hours=13)
    assert visiting.overdue(vault_of(lead), clock) == (visitor,)
    visiting.end_visit(device, first.id, vault=vault_of(lead))
    assert visiting.visitors(vault_of(lead)) == ()
    lead.wire.hand_over(example_intake(lead), "after the visit")
    carry(lead, guest, clock)
    assert len(guest.cases.cases()) == 1
    with pytest.raises(Refused):
        visiting.end_visit(device, first.id, vault=vault_of(lead))
    following = founding.open_clinic(
        "Next", clock.now() + timedelta(days=1), vault=vault_of(lead), clock=clock
    )
    assert device not in team_of(vault_of(lead)).groups[clinic_group(following.id)].members
    visiting.visit(device, following.id, vault=vault_of(lead))
    lead.wire.hand_over(example_intake(lead), "at the next clinic")
    carry(lead, guest, clock)
    assert len(guest.cases.cases()) == 2
    lead.lock()
    guest.lock()


def test_a_visitor_who_does_not_read_or_visits_nowhere_is_not_let_in(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    guest = open_desk(tmp_path / "guest", "V. Visitor", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    [clinic] = publishing.clinics(vault_of(lead))
    for visits, reads in ((clinic.id, False), ("0" * 32, True)):
        with pytest.raises(Refused) as caught:
            admit(guest, lead, clock, visits=visits, reads=reads)
        assert caught.value.code == "refused.visit"
    assert len(team_of(vault_of(lead)).members) == 1
    own = identity_of(vault_of(lead)).device
    with pytest.raises(Refused):
        visiting.visit(own, "0" * 32, vault=vault_of(lead))
    lead.lock()
    guest.lock()
