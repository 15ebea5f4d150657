"""The desk packed into one folder starts without Python, and does what its self-test asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 400


@pytest.mark.slow
def test_the_packed_desk_passes_its_self_test(tmp_path: Path) -> None:
    pytest.importorskip("PyInstaller", reason="PyInstaller is not installed")
    built = subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
            "--distpath", str(tmp_path / "dist"), "--workpath", str(tmp_path / "build"),
            str(ROOT / "packaging" / "desk.spec"),
        ],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )  # fmt: skip  # options beside their values
    assert built.returncode == 0, built.stderr[-3000:]
    # Nothing of this machine's Python or of this environment helps it.
    told = subprocess.run(
        [str(tmp_path / "dist" / "ournydesk" / "ournydesk"), "--self-test"],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        cwd=tmp_path,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr[-3000:]
    assert "The packaged desk holds." in told.stdout
