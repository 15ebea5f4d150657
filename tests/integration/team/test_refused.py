"""What a server refuses for ever: what was written later is taken, and a restored server stays in step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ournydesk.bootstrap import LaptopDesk
from ournydesk.crypto.operations import RecordKey, grants_hash, seal_operation
from ournydesk.domain.grants import encode_grants
from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import EVERYONE, Role
from ournydesk.domain.operations import Header, Kind, RecordId
from ournydesk.domain.oplog import Standing, StoredOperation
from ournydesk.domain.record import Payload, Stamp, encode_payload
from ournydesk.domain.wire import Reach
from ournydesk.ports import OpenVault
from ournydesk.services import authoring, membership
from sync.server.storage import Storage, sqlite_url
from tests.fakes.desks import Served, TickingClock, a_server, enrol, example_intake, here, open_desk


@dataclass
class Pair:
    """Who founded the team, and a volunteer."""

    clock: TickingClock
    lead: LaptopDesk
    other: LaptopDesk

    def vault(self) -> OpenVault:
        return self.other.team.replica().vault

    def refused(self) -> list[Kind]:
        return [one.header.kind for one in self.vault().operations.with_standing(Standing.REFUSED)]

    def waiting(self) -> int:
        return self.vault().operations.counts().waiting

    def meet(self) -> None:
        for desk in (self.lead, self.other):
            assert desk.wire.sync(here).server_reach is Reach.REACHED


@contextmanager
def a_pair(folder: Path, central: Served) -> Iterator[Pair]:
    clock = TickingClock()
    lead = open_desk(folder / "c", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    lead.team.register_team(central.address, None, central.house.access.new_creation_token(), here)
    other = open_desk(folder / "o", "Jo Volunteer", clock)
    enrol(other, "Jo Volunteer", Role.VOLUNTEER, lead, folder)
    pair = Pair(clock, lead, other)
    pair.meet()
    yield pair
    for desk in (lead, other):
        desk.lock()


def forbidden(pair: Pair) -> None:
    """Something only coordinators sign, signed by a volunteer's desk of a version that thought otherwise."""
    vault, own = pair.vault(), membership.identity_of(pair.vault())
    dseq, dprev = vault.operations.high(own.device)
    grants = encode_grants(())
    header = Header(
        team=own.team,
        rec=RecordId(new_id()),
        kind=Kind.PUBLISH,
        dev=own.device,
        dseq=dseq + 1,
        dprev=dprev,
        mhead=membership.team_of(vault).head,
        rdk=1,
        to=(EVERYONE,),
        grants=grants_hash(grants),
        seen=authoring.seen_head(vault),
    )
    payload = encode_payload(Payload(at=Stamp(1, 0), writes=()))
    sealed = seal_operation(header, RecordKey.fresh(), payload, grants, vault.keys.signing())
    vault.operations.add(
        StoredOperation(
            op_id=sealed.op_id,
            header=header,
            envelope=sealed.encoded(),
            payload=payload,
            standing=Standing.APPLIED,
            arrived_at=pair.clock.now(),
        )
    )


def test_what_was_written_behind_a_refused_operation_reaches_the_team(tmp_path: Path) -> None:
    with a_server(tmp_path / "server") as central, a_pair(tmp_path, central) as pair:
        pair.other.wire.hand_over(example_intake(pair.other), "")
        forbidden(pair)
        pair.other.wire.hand_over(example_intake(pair.other), "")
        pair.meet()
        assert pair.refused()
        assert set(pair.refused()) == {Kind.PUBLISH}
        assert pair.waiting() == 0
        pair.lead.wire.sync(here)
        assert [row.handed_over for row in pair.lead.intakes()] == [True, True]
        # The refused one stays where it can be seen, and nothing alarms.
        view = pair.other.wire.wire()
        assert [one.code for one in view.troubles] == ["wire.refused"]
        assert [one.own for one in pair.other.where.where().asides] == [True] * len(pair.refused())


def test_a_restored_server_refuses_again_and_gets_its_log_back_in_order(tmp_path: Path) -> None:
    with a_server(tmp_path / "server") as central, a_pair(tmp_path, central) as pair:
        backup = tmp_path / "restored"
        backup.mkdir()
        database = Storage(sqlite_url(tmp_path / "server" / "server.db"))
        database.back_up(backup / "server.db")
        database.close()
        forbidden(pair)
        pair.other.wire.hand_over(example_intake(pair.other), "")
        pair.meet()
        pair.meet()
        before = pair.vault().operations.numbered(0)
        assert pair.refused()
        with a_server(backup) as restored:
            for desk in (pair.lead, pair.other):
                vault = desk.team.replica().vault
                identity = membership.identity_of(vault)
                vault.membership.adopt(replace(identity, server=restored.address))
            pair.other.wire.sync(here)
            for _ in range(3):
                pair.meet()
            assert pair.vault().operations.numbered(0)[: len(before)] == before
            assert pair.waiting() == 0
            for desk in (pair.lead, pair.other):
                assert not {one.code for one in desk.wire.wire().troubles} & {"wire.fork", "wire.cloned"}


def test_a_place_that_a_server_learnt_to_count_only_later_is_offered_again(tmp_path: Path) -> None:
    with a_server(tmp_path / "server") as central, a_pair(tmp_path, central) as pair:
        forbidden(pair)
        pair.other.wire.sync(here)
        database = Storage(sqlite_url(tmp_path / "server" / "server.db"))
        with database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM spent")  # as a server of before left it
        database.close()
        pair.other.wire.hand_over(example_intake(pair.other), "")
        pair.meet()
        pair.meet()
        assert (pair.waiting(), set(pair.refused())) == (0, {Kind.PUBLISH})
