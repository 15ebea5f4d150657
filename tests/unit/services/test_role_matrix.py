"""Which role may say what, asked of a desk itself: a server that lets everything pass changes nothing.

The table is written here once more, from the design's own, so that a slip in the code's does not agree with
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import Kind, OpId, RecordId
from ournydesk.domain.oplog import Standing
from ournydesk.domain.record import Lent, Noted, Published, Received, Write
from ournydesk.domain.team import STAFF
from ournydesk.services.membership import identity_of
from tests.fakes.cheap import NOON
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import founded, joined
from tests.unit.services.test_receiving import BEGAN, NAME, said, slipped_in, stands

EVERYBODY = frozenset(Role)
READERS = EVERYBODY - {Role.VOLUNTEER}
LEADS = frozenset((Role.COORDINATOR,))
MAY = {
    Kind.CREATE: EVERYBODY,
    Kind.EDIT: EVERYBODY,
    Kind.GRANT: EVERYBODY,
    Kind.AUDIT: EVERYBODY,
    Kind.REKEY: READERS,
    Kind.ACKNOWLEDGE: READERS,
    Kind.ERASE: LEADS,
    Kind.PUBLISH: LEADS,
    Kind.ASSIGN_SEAT: LEADS,
}
SAYS: dict[Kind, Callable[[FakeOpenVault], Write]] = {
    Kind.GRANT: lambda vault: Lent(device=identity_of(vault).device, until=NOON + timedelta(hours=1)),
    Kind.ACKNOWLEDGE: lambda _vault: Received(operations=(OpId("a" * 64),)),
    Kind.PUBLISH: lambda _vault: Published(what="name", name="0" * 32, facts={"name": "Somebody"}),
}


def test_every_kind_is_in_the_table() -> None:
    assert set(MAY) == set(Kind)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", Kind)
def test_a_desk_takes_of_each_role_what_that_role_may_say_and_nothing_else(kind: Kind, role: Role) -> None:
    """D4, D5."""
    clock = TickingClock()
    lead = founded(clock)
    desk = joined(lead, "Somebody", clock, role, reads=role is not Role.VOLUNTEER)
    record = RecordId(new_id())
    stands(said(desk, record, clock), lead, clock)
    says = SAYS.get(kind)
    write: Write = says(desk) if says is not None else BEGAN if kind is Kind.CREATE else Noted(text="x")
    standing, why = stands(slipped_in(desk, desk, record, clock, write, kind=kind), lead, clock)
    if role in MAY[kind]:
        assert "role" not in why
    else:
        assert (standing, "role" in why) == (Standing.QUARANTINED, True)


@pytest.mark.parametrize("kind", [Kind.EDIT, Kind.GRANT, Kind.ERASE, Kind.REKEY])
def test_a_volunteer_changes_no_record_of_another(kind: Kind) -> None:
    """D4, D5: with the key of the record, which no volunteer is given."""
    clock = TickingClock()
    lead = founded(clock)
    author = joined(lead, "Jo Volunteer", clock, Role.VOLUNTEER)
    other = joined(lead, "Ruma Sample", clock, Role.VOLUNTEER)
    record = RecordId(new_id())
    stands(said(author, record, clock), lead, clock)
    content = slipped_in(other, author, record, clock, NAME, kind=kind, to=(STAFF,))
    assert stands(content, lead, clock)[0] is Standing.QUARANTINED
