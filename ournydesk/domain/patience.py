"""How long a desk waits before it tries again. Layer: domain, standard library only; no clock of its own.

Sixty laptops of a clinic lose the server in the same second and must not come back in the same second:
every wait is lengthened by chance (full jitter on a quarter of it).
"""

from __future__ import annotations

from collections.abc import Callable
from random import SystemRandom
from typing import Final

USUAL_S: Final = 20
LONGEST_S: Final = 300
LONGEST_ASKED_S: Final = 3600
"""A server may ask to be left alone for an hour, not for a year."""
SPREAD: Final = 0.25

_CHANCE: Final = SystemRandom()


class Patience:
    """The usual wait while somebody answers; twice as long each time nobody does, up to five minutes."""

    def __init__(self, usual_s: float = USUAL_S, chance: Callable[[], float] = _CHANCE.random) -> None:
        """``chance`` gives numbers from 0 to below 1."""
        self._usual_s, self._wait_s, self._chance = usual_s, usual_s, chance

    def after(self, *, answered: bool, asked_s: int = 0) -> float:
        """Seconds until the next try: never less than the server asked for, as far as that is sane."""
        if answered and not asked_s:
            self._wait_s = self._usual_s
        else:
            self._wait_s = min(2 * self._wait_s, max(LONGEST_S, self._usual_s))
        wait = max(self._wait_s, min(asked_s, LONGEST_ASKED_S))
        return wait * (1 + SPREAD * self._chance())
