from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from ournydesk.domain.exposure import ExposedGroup, ExposedRecord, Exposure, Held
from ournydesk.domain.exposure_words import before, sentences
from ournydesk.domain.operations import DeviceId, RecordId

NOTHING = Exposure(
    device=DeviceId("d" * 32),
    name="Jo Volunteer",
    role="volunteer",
    seat=False,
    revoked=False,
    heard_at=None,
    records=(),
    groups=(),
    of_groups=(),
    reads_here=True,
)


def records(*held: Held) -> tuple[ExposedRecord, ...]:
    return tuple(ExposedRecord(id=RecordId(f"{at:032x}"), held=one) for at, one in enumerate(held))


def said(exposure: Exposure) -> str:
    return " ".join(sentences(exposure))


def test_where_nothing_is_known_that_is_said_and_not_that_nothing_was_there() -> None:
    assert "knows of no record" in said(NOTHING)
    assert "Nothing was ever heard from it." in said(NOTHING)
    assert "ask who sat there" in said(NOTHING)


def test_what_was_written_and_what_is_gone_are_counted_apart() -> None:
    one = replace(NOTHING, records=records(Held.WRITTEN, Held.LET_GO))
    assert "1 record was written" in said(one)
    assert "1 record is not on it any more: the laptop signed that its key is destroyed." in said(one)
    two = replace(NOTHING, records=records(Held.WRITTEN, Held.LENT, Held.LET_GO, Held.LET_GO))
    assert "2 records were written" in said(two)
    assert "2 records are not on it any more" in said(two)


def test_a_reader_s_groups_are_counted() -> None:
    groups = (ExposedGroup(name="staff", title="Staff", records=12),)
    assert "(Staff: 12)" in said(replace(NOTHING, groups=groups))


def test_a_seat_s_card_and_a_person_s_words_are_told_apart() -> None:
    assert "its words were written down with it" in said(NOTHING)
    assert "the card was with it" in said(replace(NOTHING, seat=True))


def test_when_it_was_heard_and_who_cannot_read_is_said() -> None:
    heard = replace(NOTHING, heard_at=datetime(2026, 12, 5, 17, tzinfo=UTC), reads_here=False)
    assert "Last heard from that laptop: 5 Dec 2026." in said(heard)
    assert "You do not read cases" in said(heard)


def test_before_shutting_out_what_cannot_be_undone_comes_first() -> None:
    told = before(NOTHING)
    assert any("cannot be undone" in sentence for sentence in told[:4])
    assert told[4:] == sentences(NOTHING)
