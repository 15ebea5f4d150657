"""Comparing ink with ink."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ink8 = npt.NDArray[np.uint8]


def trimmed(ink: Ink8) -> Ink8:
    rows, columns = np.where(ink > 96)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def overlap(one: Ink8, other: Ink8) -> float:
    """Share of the ink that both pictures have, at the best of a few small shifts."""
    height, width = max(one.shape[0], other.shape[0]) + 4, max(one.shape[1], other.shape[1]) + 4
    base = np.zeros((height, width))
    base[2 : 2 + one.shape[0], 2 : 2 + one.shape[1]] = one
    best = 0.0
    for down in range(5):
        for right in range(5):
            if down + other.shape[0] > height or right + other.shape[1] > width:
                continue
            moved = np.zeros((height, width))
            moved[down : down + other.shape[0], right : right + other.shape[1]] = other
            best = max(best, float(np.minimum(base, moved).sum() / np.maximum(base, moved).sum()))
    return best
