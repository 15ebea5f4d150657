"""Hybrid logical clocks (Kulkarni et al., 2014). Layer: domain, standard library only.

They order what is shown and never decide that anything vanishes, so a wrong clock loses nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ournydesk.domain.record import LAST_MS, MOST_TICKS, Stamp

START: Final = Stamp(0, 0)
"""Before anything was written or accepted."""
MOST_AHEAD_MS: Final = 24 * 60 * 60 * 1000


def next_stamp(last: Stamp, now: datetime) -> Stamp:
    """The stamp of what is written now: later than ``last`` whatever this laptop's clock says.

    There is nothing later than the last stamp of all.
    """
    ms = _ms(now)
    if ms > last.ms:
        return Stamp(ms, 0)
    if last.tick < MOST_TICKS:
        return Stamp(last.ms, last.tick + 1)
    return Stamp(last.ms + 1, 0) if last.ms < LAST_MS else last


def observed(last: Stamp, seen: Stamp, now: datetime) -> tuple[Stamp, bool]:
    """The latest stamp after somebody else's was accepted, and whether a clock looks wrong.

    A stamp more than 24 hours ahead of this laptop does not advance it: what is written here would
    carry the wrong time from then on.
    """
    if seen.ms - _ms(now) > MOST_AHEAD_MS:
        return last, True
    return max(last, seen), False


def _ms(now: datetime) -> int:
    return max(0, int(now.timestamp() * 1000))
