"""How long a refused login takes says nothing about whether the device exists."""

from __future__ import annotations

import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain
from math import sqrt

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import DeviceId
from sync.protocol.messages import TokenAsked
from sync.server.access import GRID_S, Access
from sync.server.faults import NotServed
from sync.server.ledger import Ledger
from sync.server.storage import Storage
from tests.fakes.databases import database
from tests.fakes.signed_team import SignedTeam

__all__ = ["database"]
SAMPLES = {"sqlite": 5000, "postgresql": 1000}
AT_ONCE = 8
SEED = 13
FURTHEST = 4.5
"""Standard deviations a rank sum may be off: seven in a million honest runs are further."""
NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


class Guesser:
    """Somebody who has ids and no keys."""

    def __init__(self, database: Storage) -> None:
        team = SignedTeam()
        self.known = [team.first.id, *(team.join().id for _ in range(9))]
        self.access = Access(database, Ledger(database, "f" * 32), lambda: NOON, frozenset(("h",)))
        self.access.create_team(self.access.new_creation_token(), tuple(team.entries))

    def try_to_log_in(self, device: DeviceId) -> float:
        """How long no took, in seconds."""
        given = self.access.challenge(device)
        asked = TokenAsked(device=device, nonce=given.nonce, signature=b"\x07" * 64)
        began = time.perf_counter()
        with pytest.raises(NotServed, match="login"):
            self.access.token(asked, "h")
        return time.perf_counter() - began


@pytest.mark.slow
def test_a_device_nobody_has_is_refused_as_fast_as_one_somebody_has(database: Storage) -> None:
    guesser, dice = Guesser(database), random.Random(SEED)  # noqa: S311 - an order, not a secret
    count = SAMPLES[database.engine.dialect.name]
    tried = [*(dice.choice(guesser.known) for _ in range(count)), *(new_id() for _ in range(count))]
    order = list(range(2 * count))
    dice.shuffle(order)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        took = dict(
            zip(order, pool.map(lambda at: guesser.try_to_log_in(DeviceId(tried[at])), order), strict=True)
        )
    known, unknown = [took[at] for at in range(count)], [took[at] for at in range(count, 2 * count)]
    off = deviations(known, unknown)
    logging.getLogger(__name__).warning("%.2f standard deviations", off)  # shown with a failure
    assert min(chain(known, unknown)) >= GRID_S
    assert abs(off) < FURTHEST


def deviations(one: list[float], other: list[float]) -> float:
    """The rank sum of one sample, in standard deviations from where chance would put it (Mann, Whitney)."""
    ranked = sorted([(value, True) for value in one] + [(value, False) for value in other])
    ranks = sum(at for at, (_, mine) in enumerate(ranked, 1) if mine)
    n, m = len(one), len(other)
    return (ranks - n * (n + m + 1) / 2) / sqrt(n * m * (n + m + 1) / 12)


def test_the_measure_sees_a_difference_where_there_is_one() -> None:
    dice = random.Random(SEED)  # noqa: S311 - noise, not a secret
    same, also = ([dice.gauss(1, 0.1) for _ in range(500)] for _ in range(2))
    later = [value + 0.05 for value in also]
    assert abs(deviations(same, also)) < FURTHEST < abs(deviations(same, later))
