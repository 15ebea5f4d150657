"""A shuffle that every ODK client repeats from the same seed. Layer: forms.engine.

Source: ODK XForms specification, ``randomize()``: Park-Miller "minimal standard" generator and an
inside-out Fisher-Yates shuffle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, TypeVar

_MODULUS: Final = 2_147_483_647
_MULTIPLIER: Final = 16_807
T = TypeVar("T")


def shuffled(values: Sequence[T], seed: float) -> list[T]:
    """The values in the order this seed gives."""
    state = _first_state(seed)
    mixed: list[T] = []
    for index, value in enumerate(values):
        state = state * _MULTIPLIER % _MODULUS
        other = math.floor((state - 1) / (_MODULUS - 1) * (index + 1))
        mixed.append(value)
        if other != index:
            mixed[index] = mixed[other]
            mixed[other] = value
    return mixed


def _first_state(seed: float) -> int:
    if seed == math.inf:
        whole = 2**63 - 1
    elif seed == -math.inf:
        whole = -(2**63)
    else:
        whole = int(seed)
    state = int(math.fmod(whole, _MODULUS)) if abs(whole) < 2**53 else _remainder(whole)
    return state + _MODULUS - 1 if state <= 0 else state


def _remainder(whole: int) -> int:
    """The remainder with the sign of the dividend, as ECMAScript's ``%`` gives it."""
    return whole % _MODULUS if whole >= 0 else -(-whole % _MODULUS)
