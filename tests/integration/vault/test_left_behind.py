"""What a day's work leaves outside of the vault: no file, no core dump, and after a restart no memory."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.vault.day import SECRETS
from tests.integration.vault.test_canaries import shapes

HOUSE = Path(__file__).parents[3]
STRACE = shutil.which("strace")
OPENED = re.compile(r'openat\([^,]+, "([^"]+)", [^)]*O_(?:WRONLY|RDWR)')
linux = pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="/proc is Linux's")


def surroundings(folder: Path) -> dict[str, str]:
    """An account of its own, in a folder."""
    for name in ("home", "tmp"):
        (folder / name).mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTEST"))}
    own = {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **own, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(HOUSE)}


def day(what: str, folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-m", "tests.integration.vault.day", what, str(folder)],
        cwd=HOUSE if before or what != "abort" else folder,
        env=surroundings(folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The folder of a day's work, and the copies that were in memory after the lock."""
    folder = tmp_path_factory.mktemp("worked")
    done = day("work", folder)
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout)


@linux
def test_a_desk_that_was_opened_again_holds_nothing_of_what_was_said(
    worked: tuple[Path, dict[str, int]], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """E8: after a lock Python may keep copies, which are counted; a fresh process holds none.

    What is looked for stands in whoever looks: a process that never saw the vault says how often.
    """
    folder, counted = worked
    record_property("copies in memory after a lock", counted)
    assert set(counted) == set(SECRETS)
    again, never = day("look", folder), day("nothing", tmp_path)
    assert again.returncode == never.returncode == 0, again.stderr + never.stderr
    assert json.loads(again.stdout) == json.loads(never.stdout)


@linux
def test_a_day_leaves_no_word_of_a_client_in_any_file_of_its_account(
    worked: tuple[Path, dict[str, int]],
) -> None:
    """E10: temporary files, caches, settings, the vault, the stick and the backup."""
    folder, _ = worked
    left = [path for path in folder.rglob("*") if path.is_file()]
    assert {"vault.json", "data.db", "stick.courier", "seat.ourny-backup"} <= {path.name for path in left}
    found = {
        (path.name, shape)
        for path in left
        for content in (path.read_bytes(),)
        for word in SECRETS.values()
        for shape in shapes(word)
        if shape in content
    }
    assert found == set()
    assert not any((folder / "tmp").iterdir())


@linux
def test_a_day_writes_nowhere_but_into_its_own_folders(tmp_path: Path) -> None:
    """E10: every file that was opened to be written, as the system saw it."""
    if STRACE is None:
        pytest.skip("strace is not installed: nobody sees which files are opened")
    trace = tmp_path / "trace"
    done = day("work", tmp_path, STRACE, "-f", "--seccomp-bpf", "-o", str(trace), "-e", "trace=openat")
    if done.returncode and "strace" in done.stderr:
        pytest.skip("strace may not trace here: nobody sees which files are opened")
    assert done.returncode == 0, done.stderr
    written = {name for line in trace.read_text().splitlines() for name in OPENED.findall(line)}
    outside = {name for name in written if not name.startswith((str(tmp_path), "/dev/", "/proc/self/"))}
    assert len(written) > 3
    assert outside == set()


@linux
def test_a_crash_leaves_no_core(tmp_path: Path) -> None:
    """E9."""
    done = day("abort", tmp_path)
    assert done.returncode == -signal.SIGABRT, done.stderr
    assert "dumped" not in done.stderr
    assert not [path for path in tmp_path.rglob("core*") if path.is_file()]
