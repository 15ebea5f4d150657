from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.answers import Answer, Said
from ournydesk.domain.attachments import MOST_BYTES
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.keeping import Documented, Erased, EraseReason, LetGo
from ournydesk.domain.operations import DeviceId, OpId, RecordId
from ournydesk.domain.record import (
    LAST_MS,
    MOST_JSON,
    MOST_TICKS,
    MOST_WRITES,
    Answered,
    Assigned,
    Began,
    Choice,
    Counted,
    Decided,
    Dot,
    HandedOver,
    Lent,
    Noted,
    Payload,
    Published,
    Received,
    RowPut,
    RowTaken,
    SatDown,
    Stamp,
    decode_payload,
    encode_payload,
)
from ournydesk.errors import ProtocolFault

ID = "0123456789abcdef" * 2
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
hashes = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")
ids = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")
paths = words.map(lambda text: Path("/" + text))
counts = st.integers(0, 10**18 - 1)
zones = st.sampled_from([UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5, minutes=45))])
moments = st.datetimes(timezones=zones)
overs = st.lists(st.builds(Dot, ids.map(DeviceId), counts, counts), max_size=3).map(tuple)
answers = st.builds(Answer, words, st.sampled_from(Said))
rows = ids.map(RowId)
writes = st.one_of(
    st.builds(
        Began,
        ticket=counts,
        form_id=words,
        form_version=words,
        form_hash=words,
        form_title=words,
        language=words,
        started_at=moments,
    ),
    st.builds(Answered, path=paths, answer=answers, over=overs),
    st.builds(RowPut, path=paths, row=rows, before=st.none() | rows, over=overs),
    st.builds(RowTaken, path=paths, row=rows, over=overs),
    st.builds(Counted, sections_done=counts, sections=counts, missing=counts, attention=counts),
    st.builds(HandedOver, group=words, words=words),
    st.builds(Noted, text=words),
    st.builds(Decided, choice=st.sampled_from(Choice), reason=words),
    st.builds(Lent, device=ids.map(DeviceId), until=moments),
    st.builds(Received, operations=st.lists(words.map(OpId), max_size=3).map(tuple)),
    st.builds(Published, what=words, name=words, facts=st.dictionaries(words, words, max_size=3)),
    st.builds(Assigned, device=ids.map(DeviceId), name=words, begins=moments, until=moments, over=overs),
    st.builds(SatDown, name=words),
    st.builds(LetGo, records=st.lists(ids.map(RecordId), max_size=3).map(tuple)),
    st.builds(
        Documented,
        blob=ids,
        name=words,
        size=st.integers(1, MOST_BYTES),
        key=hashes,
        parts=st.lists(hashes, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Erased, reason=st.sampled_from(EraseReason)),
)
payloads = st.builds(
    Payload,
    at=st.builds(Stamp, st.integers(0, LAST_MS), st.integers(0, MOST_TICKS)),
    writes=st.lists(writes, max_size=4).map(tuple),
    attached=st.binary(max_size=20),
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EVERY_KIND = Payload(
    at=Stamp(1, 2),
    writes=(
        Began(
            ticket=1,
            form_id="screening",
            form_version="1",
            form_hash="00",
            form_title="Screening",
            language="Spanish",
            started_at=NOON,
        ),
        Answered(path=Path("/data/name"), answer=Answer("Ana"), over=(Dot(DeviceId(ID), 1, 2),)),
        RowPut(path=Path("/data/trips"), row=RowId(ID), before=RowId("f" * 32)),
        RowTaken(path=Path("/data/trips"), row=RowId(ID)),
        Counted(sections_done=1, sections=2, missing=3, attention=4),
        HandedOver(group="staff", words="please"),
        Noted(text="note"),
        Decided(choice=Choice.PARTNER, reason="far"),
        Lent(device=DeviceId(ID), until=NOON),
        Received(operations=(OpId("0" * 64),)),
        Published(what="form", name="screening", facts={"version": "1"}),
        Assigned(device=DeviceId(ID), name="Ana", begins=NOON, until=NOON),
        SatDown(name="Ana"),
        LetGo(records=(RecordId(ID),)),
        Documented(blob=ID, name="green card", size=7, key="a" * 64, parts=("b" * 64,)),
        Erased(reason=EraseReason.WITHDRAWN),
    ),
    attached=b"deflated",
)


@given(payloads)
def test_what_was_said_is_read_as_it_was_said(payload: Payload) -> None:
    assert decode_payload(encode_payload(payload)) == payload


@given(payloads, st.data())
def test_a_torn_payload_is_refused(payload: Payload, data: st.DataObject) -> None:
    whole = encode_payload(payload)
    length = 4 + int.from_bytes(whole[:4], "big")
    cut = data.draw(st.integers(0, length - 1))
    with pytest.raises(ProtocolFault) as caught:
        decode_payload(whole[:cut])
    assert caught.value.facts["why"] == "length"


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_be_read_or_refused(untrusted: bytes) -> None:
    for attempt in (untrusted, len(untrusted).to_bytes(4, "big") + untrusted):
        with pytest.raises(ProtocolFault):
            decode_payload(attempt)


def test_brackets_a_person_types_are_no_depth() -> None:
    payload = Payload(at=Stamp(1, 0), writes=(Noted(text='[[[[[[[[[["{{{{{{{{{{\\'),))
    assert decode_payload(encode_payload(payload)) == payload


def read(body: object) -> Payload:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return decode_payload(len(text).to_bytes(4, "big") + text)


def why(body: object) -> object:
    with pytest.raises(ProtocolFault) as caught:
        read(body)
    assert caught.value.code == "wire.fault.payload"
    return caught.value.facts["why"]


def body_of(payload: Payload) -> dict[str, object]:
    whole = encode_payload(payload)
    body = json.loads(whole[4 : 4 + int.from_bytes(whole[:4], "big")])
    assert isinstance(body, dict)
    return body


KINDS = {write["k"]: write for write in body_of(EVERY_KIND)["writes"]}  # type: ignore[attr-defined] # JSON


def test_every_kind_of_write_is_tried_here() -> None:
    assert {type(write) for write in EVERY_KIND.writes} == {
        Began, Answered, RowPut, RowTaken, Counted, HandedOver, Noted, Decided, Lent, Received, Published,
        Assigned, SatDown, LetGo, Documented, Erased,
    }  # fmt: skip
    assert decode_payload(encode_payload(EVERY_KIND)) == EVERY_KIND


@pytest.mark.parametrize("kind", KINDS)
def test_a_write_has_its_fields_and_no_other(kind: str) -> None:
    good = KINDS[kind]
    assert why({"v": 1, "at": [1, 0], "writes": [{**good, "extra": 1}]}) == "fields"
    for name in set(good) - {"k"}:
        fewer = {other: value for other, value in good.items() if other != name}
        assert why({"v": 1, "at": [1, 0], "writes": [fewer]}) == "fields"
        for wrong in (None, {"a": 1}, -1, True, [1]):
            assert why({"v": 1, "at": [1, 0], "writes": [{**good, name: wrong}]})


@pytest.mark.parametrize(
    ("kind", "wrong", "reason"),
    [
        ("answer", {"path": "data"}, "path"),
        ("answer", {"said": "shouted"}, "said"),
        ("answer", {"over": [[ID, 1]]}, "over"),
        ("answer", {"over": [[ID, 1, -1]]}, "count"),
        ("answer", {"over": [[ID[:-1], 1, 1]]}, "id"),
        ("answer", {"over": ["x"]}, "over"),
        ("row", {"row": "first"}, "id"),
        ("row", {"before": "first"}, "id"),
        ("counted", {"counts": [1, 2, 3]}, "counts"),
        ("document", {"parts": []}, "parts"),
        ("document", {"parts": ["b" * 64] * 27}, "parts"),
        ("document", {"size": 0}, "parts"),
        ("document", {"size": MOST_BYTES + 1}, "parts"),
        ("document", {"key": "a" * 63}, "hash"),
        ("document", {"parts": ["B" * 64]}, "hash"),
        ("erased", {"reason": "bored"}, "reason"),
        ("counted", {"counts": [1, 2, 3, False]}, "count"),
        ("decision", {"choice": "coin"}, "choice"),
        ("lent", {"until": "tomorrow"}, "moment"),
        ("lent", {"until": "2026-03-02T12:00:00"}, "moment"),
        ("began", {"form": ["a", "b", "c"]}, "form"),
        ("began", {"form": ["a", "b", "c", 4]}, "form"),
        ("published", {"facts": []}, "facts"),
        ("assigned", {"times": ["2026-03-02T12:00:00+00:00"]}, "times"),
        ("assigned", {"times": ["2026-03-02T12:00:00+00:00", "noon"]}, "moment"),
        ("let_go", {"records": ["r1"]}, "id"),
    ],
)
def test_what_is_wrong_with_a_write_is_said(kind: str, wrong: dict[str, object], reason: str) -> None:
    assert why({"v": 1, "at": [1, 0], "writes": [{**KINDS[kind], **wrong}]}) == reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "json"),
        (b"[" * 9 + b"]" * 9, "json"),
        (b'{"v":1,"v":1}', "json"),
        ([], "shape"),
        ({}, "newer"),
        ({"v": 2, "at": [1, 0], "writes": []}, "newer"),
        ({"v": 1, "at": [1, 0], "writes": [], "more": 1}, "fields"),
        ({"v": 1, "at": [1, 0]}, "fields"),
        ({"v": 1, "at": [1, 0], "writes": {}}, "writes"),
        ({"v": 1, "at": [1, 0], "writes": [{}] * (MOST_WRITES + 1)}, "writes"),
        ({"v": 1, "at": [1], "writes": []}, "at"),
        ({"v": 1, "at": [LAST_MS + 1, 0], "writes": []}, "at"),
        ({"v": 1, "at": [1, MOST_TICKS + 1], "writes": []}, "at"),
        ({"v": 1, "at": [True, 0], "writes": []}, "count"),
        ({"v": 1, "at": [1, 0], "writes": ["x"]}, "shape"),
        ({"v": 1, "at": [1, 0], "writes": [{}]}, "newer"),
        ({"v": 1, "at": [1, 0], "writes": [{"k": "dance"}]}, "newer"),
        ({"v": 1, "at": [1, 0], "writes": [{"k": 1}]}, "newer"),
    ],
)
def test_a_payload_in_any_other_shape_is_refused(body: object, reason: str) -> None:
    assert why(body) == reason


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: (Noted(text="x" * MOST_JSON),), "long"),
        (lambda: (Noted(text=""),) * (MOST_WRITES + 1), "long"),
        (lambda: (Noted(text="\ud800"),), "text"),
    ],
)
def test_what_nobody_could_read_back_is_not_sealed(
    make: Callable[[], tuple[Noted, ...]], reason: str
) -> None:
    with pytest.raises(ProtocolFault) as caught:
        encode_payload(Payload(at=Stamp(1, 0), writes=make()))
    assert caught.value.facts["why"] == reason
