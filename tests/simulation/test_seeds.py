"""Days drawn from seeds end with every promise kept. ``make simulate`` runs more of them."""

from __future__ import annotations

import pytest

from tests.simulation.__main__ import block

SHARDS = 20
SEEDS = 100


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_happens_nothing_is_lost_and_nobody_between_reads(shard: int) -> None:
    _, broken = block(range(shard * SEEDS, (shard + 1) * SEEDS))
    assert not broken, f"{len(broken)} seeds\n{broken[0]}"
