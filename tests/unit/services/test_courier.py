"""Files on a stick: whole ones are taken, torn ones leave everything as it was."""

from __future__ import annotations

import pytest

from ournydesk.domain.operations import RecordId
from ournydesk.errors import BadInput
from ournydesk.services import courier, records
from tests.fakes.clinics import FakeClinic


@pytest.fixture
def clinic() -> FakeClinic:
    return FakeClinic()


@pytest.fixture
def packed(clinic: FakeClinic) -> bytes:
    records.hand_over(clinic.begun(), "", vault=clinic.volunteer, clock=clinic.clock)
    content, _ = courier.pack(vault=clinic.volunteer, clock=clinic.clock)
    return content


def test_what_is_on_the_stick_is_read_by_the_legal_team(clinic: FakeClinic, packed: bytes) -> None:
    taken = courier.unpack(packed, vault=clinic.attorney, clock=clinic.clock)
    [record] = {RecordId(row.head.id) for row in clinic.volunteer.intakes.rows()}
    assert record in {one.header.rec for one in taken}
    assert records.merged(clinic.attorney, record).began is not None
    assert courier.unpack(packed, vault=clinic.attorney, clock=clinic.clock) == ()


@pytest.mark.parametrize("cut", [1, 32, 33, 200])
def test_a_file_that_was_cut_is_not_taken(clinic: FakeClinic, packed: bytes, cut: int) -> None:
    before = dict(clinic.attorney.operations.kept)
    with pytest.raises(BadInput, match="torn"):
        courier.unpack(packed[:-cut], vault=clinic.attorney, clock=clinic.clock)
    assert clinic.attorney.operations.kept == before


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9, 0.999])
def test_a_file_with_one_flipped_bit_is_not_taken(clinic: FakeClinic, packed: bytes, place: float) -> None:
    torn = bytearray(packed)
    torn[int(len(torn) * place)] ^= 1
    before = dict(clinic.attorney.operations.kept)
    with pytest.raises(BadInput, match="torn"):
        courier.unpack(bytes(torn), vault=clinic.attorney, clock=clinic.clock)
    assert clinic.attorney.operations.kept == before


def test_another_file_is_no_courier_file(clinic: FakeClinic) -> None:
    with pytest.raises(BadInput, match="not a courier file"):
        courier.unpack(b"%PDF-1.7", vault=clinic.attorney, clock=clinic.clock)
