"""The day of `make demo`, with and without the agency's blank."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.__main__ import find_blank

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 480


def a_day(output: Path, *more: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo", "--headless", "--output", str(output), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        env={**os.environ, **(environment or {})},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_day_holds_on_the_agencys_own_blank(tmp_path: Path) -> None:
    if find_blank() is None:
        pytest.skip("the agency's blank N-400 is not beside the project, nor in OURNY_OFFICIAL")
    told = a_day(tmp_path / "out")
    assert "The N-400 reads back" in told
    assert "the stock age opens it" in told
    assert "none opens" in told
    assert {path.name for path in (tmp_path / "out").glob("*.pdf")} == {
        "n-400.pdf",
        "packet.pdf",
        "n-400-second-volunteer.pdf",
        "packet-second-volunteer.pdf",
    }
    assert len(list((tmp_path / "out" / "pictures").glob("*.png"))) >= 40


@pytest.mark.slow
def test_a_blank_that_is_not_there_ends_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo", "--blank", str(tmp_path / "none.pdf")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "is not a file" in done.stdout
