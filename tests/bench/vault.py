"""How long unlocking and saving take, with the costs of a real vault."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

from ournydesk.crypto.kdf import POLICY
from ournydesk.domain.intake import Progress
from ournydesk.store.vaults import LaptopVaults
from tests.bench import Measure
from tests.fakes import cheap

MILLISECONDS = 1000.0
SAVES = 300
UNLOCKS = 7
T = TypeVar("T")


def measure() -> list[Measure]:
    """Unlock, one field committed, and looking over a vault of some hundred answers."""
    with tempfile.TemporaryDirectory() as folder:
        vaults = LaptopVaults(Path(folder), cost=POLICY.floor)
        creating, card = _timed(lambda: vaults.create("Measured seat", cheap.WORDS))
        head = cheap.head()
        vault = vaults.open(card.id, cheap.WORDS)
        vault.forms.keep(cheap.FORM)
        vault.intakes.start(head)
        saves = []
        for number in range(SAVES):
            event = cheap.said(f"/data/q{number % 100}", f"an invented answer {number}")
            took, _ = _timed(
                lambda e=event, n=number: vault.intakes.append(  # type: ignore[misc]  # defaults bind each round
                    head.id, [e], Progress(sections=3), cheap.later(n)
                )
            )
            saves.append(took * MILLISECONDS)
        checking, _ = _timed(vault.check)
        vault.close()
        unlocks = []
        for _ in range(UNLOCKS):
            took, vault = _timed(lambda: vaults.open(card.id, cheap.WORDS))
            vault.close()
            unlocks.append(took)
    return [
        Measure("unlock, Argon2id 64 MiB t=3 p=4, median", median(unlocks), "s", 0.3),
        Measure("one field committed, median", median(saves), "ms", 5),
        Measure("one field committed, 95th percentile", quantiles(saves, n=20)[-1], "ms"),
        Measure("looking a vault over, 300 events", checking * MILLISECONDS, "ms"),
        Measure("making a vault and proving it", creating, "s"),
    ]


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = perf_counter()
    done = work()
    return perf_counter() - start, done
