"""Documents of a record: sealed on one desk, carried in parts, opened on another."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.attachments import PART_BYTES, DocumentCard
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Status
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId, TeamId
from ournydesk.errors import BadInput, Refused, Unreachable
from ournydesk.ports import OpenVault
from ournydesk.services import membership
from ournydesk.services.syncing import TeamReplica
from sync.client import engine
from sync.client.engine import Ended
from sync.client.transport import Answer, Transport, connected
from tests.fakes.cheap import WORDS
from tests.fakes.desks import Served, TickingClock, a_server, enrol, example_intake, here, open_desk

ROOT = Path(__file__).parents[3]


class Cut:
    """A wire that breaks after so many requests with a body or an answer of any length."""

    def __init__(self, real: Transport, after: int) -> None:
        self.real, self.left = real, after

    @property
    def host(self) -> str:
        return self.real.host

    def send(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        if self.left == 0:
            raise Unreachable(why="cut")
        self.left -= 1
        answer = self.real.send(method, path, body, token)
        if self.left == 0:  # it arrived there, and the answer did not arrive here
            raise Unreachable(why="cut")
        return answer


def noise(folder: Path, pages: int = 1) -> Path:
    """A PDF of random pixels that no compression makes small: about three parts a page."""
    pictures = [Image.frombytes("L", (1500, 1500), os.urandom(1500 * 1500)) for _ in range(pages)]
    made = BytesIO()
    pictures[0].save(made, "PDF", save_all=True, append_images=pictures[1:], quality=100)
    target = folder / "green  card.pdf"
    target.write_bytes(made.getvalue())
    return target


def add(desk: LaptopDesk, intake: IntakeId, source: Path) -> DocumentCard:
    return desk.attached.add(intake, source.stem, desk.attached.read(source))


def vault_of(desk: LaptopDesk) -> OpenVault:
    return desk.team.replica().vault


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[LaptopDesk, LaptopDesk]]:
    clock = TickingClock()
    lead = open_desk(tmp_path / "c", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    helper = open_desk(tmp_path / "v", "Jo Volunteer", clock)
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    yield lead, helper
    lead.lock()
    helper.lock()


@pytest.fixture
def central(tmp_path: Path, desks: tuple[LaptopDesk, LaptopDesk]) -> Iterator[Served]:
    lead, helper = desks
    with a_server(tmp_path / "server") as served:
        lead.team.register_team(served.address, None, served.house.access.new_creation_token(), here)
        vault = vault_of(helper)
        vault.membership.adopt(replace(membership.identity_of(vault), server=served.address))
        yield served


def try_round(desk: LaptopDesk, served: Served, cut_after: int) -> Ended:
    replica = TeamReplica(vault=vault_of(desk), clock=TickingClock())
    with connected(served.address, b"") as real:
        return engine.run(replica, Cut(real, cut_after)).ended


def test_a_document_arrives_however_often_the_wire_is_cut(
    desks: tuple[LaptopDesk, LaptopDesk], central: Served, tmp_path: Path
) -> None:
    lead, helper = desks
    intake = example_intake(helper)
    source = noise(tmp_path)
    card = add(helper, intake, source)
    assert (card.name, card.have, card.sent) == ("green card", card.parts, 0)
    assert card.parts >= 3
    helper.wire.hand_over(intake, "")
    assert helper.where.check_out().documents == 1
    for after in range(1, 40):
        if try_round(helper, central, after) is Ended.DONE:
            break
    for after in range(1, 40):
        if try_round(lead, central, after) is Ended.DONE:
            break
    [there] = lead.attached.documents(intake)
    assert (there.have, there.name, there.by) == (there.parts, "green card", "Jo Volunteer")
    assert lead.attached.open(intake, there.blob).pdf == source.read_bytes()
    assert helper.where.check_out().documents == 0


@pytest.mark.slow
def test_a_desk_that_is_killed_after_every_part_sends_none_twice(
    desks: tuple[LaptopDesk, LaptopDesk], central: Served, tmp_path: Path
) -> None:
    _, helper = desks
    intake = example_intake(helper)
    card = add(helper, intake, noise(tmp_path))
    helper.lock()
    sender: subprocess.Popen[bytes] | None = None
    kept: list[int] = []
    blobs = central.house.blobs
    real = blobs.put

    def put(team: TeamId, blob: str, part: int, content: bytes, sha256: str) -> int:
        status = real(team, blob, part, content, sha256)
        kept.append(part)
        assert sender is not None
        sender.kill()  # it is kept there, and nobody is left to hear so
        return status

    blobs.put = put  # type: ignore[method-assign]  # the moment at which a desk is killed
    for _ in range(card.parts + 1):
        sender = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.team.sender", str(tmp_path / "v")], cwd=ROOT
        )
        ended = sender.wait(timeout=60)
    assert ended == 0
    assert kept == list(range(card.parts))
    [vault] = helper.vaults()
    helper.unlock(vault.id, WORDS)
    assert helper.where.check_out().documents == 0
    [there] = helper.attached.documents(intake)
    assert there.sent == there.parts


def test_nobody_signs_for_a_record_whose_document_is_not_here(
    desks: tuple[LaptopDesk, LaptopDesk], central: Served, tmp_path: Path
) -> None:
    lead, helper = desks
    intake = example_intake(helper)
    helper.wire.sync(here)
    card = add(helper, intake, noise(tmp_path))
    helper.wire.hand_over(intake, "")
    requests_before_parts = next(
        after for after in range(1, 40) if _numbered_with_no_part(helper, central, after)
    )
    assert requests_before_parts
    lead.wire.sync(here)
    [there] = lead.attached.documents(intake)
    assert there.have < there.parts
    [parts] = vault_of(lead).attachments.of_record(RecordId(intake))
    named = vault_of(lead).operations.get(parts.op_id)
    assert named is not None
    assert named.received_at is None
    with pytest.raises(Refused) as caught:
        lead.attached.open(intake, card.blob)
    assert caught.value.code == "refused.on_its_way"
    assert _status(helper, intake) is not Status.RECEIVED
    for desk in (helper, lead, helper):
        desk.wire.sync(here)
    assert _status(helper, intake) is Status.RECEIVED
    assert vault_of(helper).attachments.wanted() == ()
    with pytest.raises(Refused):  # this laptop has let go of it
        helper.attached.open(intake, card.blob)


def test_a_stick_carries_documents_too(desks: tuple[LaptopDesk, LaptopDesk], tmp_path: Path) -> None:
    lead, helper = desks
    intake = example_intake(helper)
    card = add(helper, intake, noise(tmp_path))
    helper.wire.write_courier(tmp_path / "out.courier")
    lead.wire.read_courier(tmp_path / "out.courier")
    lead.wire.read_courier(tmp_path / "out.courier")
    assert lead.attached.open(intake, card.blob).pages == 1


def test_forgotten_words_lose_no_document(
    desks: tuple[LaptopDesk, LaptopDesk], central: Served, tmp_path: Path
) -> None:
    lead, helper = desks
    intake = example_intake(helper)
    card = add(helper, intake, noise(tmp_path))
    [outgoing] = (tmp_path / "v").glob("**/outgoing")
    pieces = sorted(outgoing.glob("*.part"))
    assert len(pieces) == card.parts
    lead.wire.read_courier(pieces[0])
    assert lead.attached.open(intake, card.blob).pages == 1
    for _ in range(2):
        helper.wire.sync(here)
    assert list(outgoing.glob("*.part")) == []


def test_a_restored_server_is_given_its_documents_again(
    desks: tuple[LaptopDesk, LaptopDesk], central: Served, tmp_path: Path
) -> None:
    _, helper = desks
    intake = example_intake(helper)
    card = add(helper, intake, noise(tmp_path))
    helper.wire.sync(here)
    [sent] = helper.attached.documents(intake)
    assert sent.sent == card.parts
    vault_of(helper).attachments.offer_again()
    assert helper.where.check_out().documents == 1
    helper.wire.sync(here)
    assert helper.where.check_out().documents == 0


def test_what_is_no_document_is_refused(desks: tuple[LaptopDesk, LaptopDesk], tmp_path: Path) -> None:
    _, helper = desks
    source = tmp_path / "notes.txt"
    source.write_bytes(b"nothing to look at")
    with pytest.raises(BadInput):
        add(helper, example_intake(helper), source)
    with pytest.raises(Refused) as caught:
        add(helper, example_intake(helper, agrees=False), noise(tmp_path))
    assert caught.value.code == "refused.consent"
    source.write_bytes(bytes(26 * PART_BYTES))
    with pytest.raises(BadInput):
        add(helper, example_intake(helper), source)


def _numbered_with_no_part(desk: LaptopDesk, served: Served, after: int) -> bool:
    try_round(desk, served, after)
    vault = vault_of(desk)
    [parts] = vault.attachments.waiting()
    operation = vault.operations.get(parts.op_id)
    return operation is not None and operation.n is not None


def _status(desk: LaptopDesk, intake: IntakeId) -> Status:
    return next(row.status for row in desk.intakes() if row.head.id == intake)
