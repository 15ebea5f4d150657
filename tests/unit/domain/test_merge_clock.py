from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.merge import START, next_stamp, observed
from ournydesk.domain.record import LAST_MS, MOST_TICKS, Payload, Stamp, decode_payload, encode_payload
from tests.unit.domain.desks import NOON

MS = int(NOON.timestamp() * 1000)
moments = st.datetimes(
    min_value=datetime(1960, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001 - the strategy adds the zone
    timezones=st.just(UTC),
)


@given(st.lists(moments, min_size=2, max_size=10))
def test_what_is_written_later_has_the_greater_stamp_whatever_the_clock_says(clock: list[datetime]) -> None:
    stamps = [START]
    for now in clock:
        stamps.append(next_stamp(stamps[-1], now))
    assert stamps == sorted(set(stamps))
    assert stamps[-1].ms <= LAST_MS


def test_many_stamps_in_one_millisecond_run_on_into_the_next() -> None:
    assert next_stamp(START, NOON) == Stamp(MS, 0)
    assert next_stamp(Stamp(MS, 0), NOON) == Stamp(MS, 1)
    assert next_stamp(Stamp(MS, MOST_TICKS), NOON) == Stamp(MS + 1, 0)
    assert next_stamp(Stamp(LAST_MS, MOST_TICKS), NOON) == Stamp(LAST_MS, MOST_TICKS)


def test_a_clock_before_1970_counts_from_the_start() -> None:
    assert next_stamp(START, datetime(1960, 1, 1, tzinfo=UTC)) == Stamp(0, 1)


def test_somebody_elses_stamp_up_to_a_day_ahead_moves_this_clock_and_no_more() -> None:
    day = int(timedelta(days=1).total_seconds() * 1000)
    near, far = Stamp(MS + day, 3), Stamp(MS + day + 1, 0)
    assert observed(START, near, NOON) == (near, False)
    assert observed(START, far, NOON) == (START, True)
    assert observed(near, Stamp(MS, 0), NOON) == (near, False)
    assert observed(START, Stamp(LAST_MS, MOST_TICKS), NOON) == (START, True)


def test_the_greatest_stamp_there_is_can_be_read() -> None:
    payload = Payload(at=Stamp(LAST_MS, MOST_TICKS), writes=())
    assert decode_payload(encode_payload(payload)) == payload
    assert datetime.fromtimestamp(LAST_MS / 1000, tz=UTC).year == 9999
