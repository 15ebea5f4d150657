"""The agency's blank for tests: not part of the project, so a test without it is skipped."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[3] / ".." / "shared" / "official"


@cache
def _bytes(name: str) -> bytes | None:
    path = Path(os.environ.get("OURNY_OFFICIAL", BESIDE)) / name
    return path.read_bytes() if path.is_file() else None


def official_blank(name: str = "n-400.pdf") -> bytes:
    """The blank of this name, or a skipped test that says what is missing."""
    found = _bytes(name)
    if found is None:
        pytest.skip(f"the agency's {name} is not here: set OURNY_OFFICIAL to the folder that holds it")
    return found
