"""Figures for `make bench`: each module has ``measure() -> list[Measure]``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One figure beside the limit it is held to or the peer it was measured against."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    peer: str = ""
