"""Where files are, what variables say, and what a hardened process leaves behind."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ournydesk import config, paths
from ournydesk.errors import BadInput

SOMEWHERE = Path("/somewhere")
HARDENED = """
import os, resource, sys
from ournydesk import process
refused = process.harden()
os.close(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT, 0o666))
os.mkdir(sys.argv[1] + ".folder")
dumpable = __import__("ctypes").CDLL(None).prctl(3, 0, 0, 0, 0)
print(refused, resource.getrlimit(resource.RLIMIT_CORE), dumpable)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_a_hardened_process_dumps_no_core_and_writes_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "file"
    ran = subprocess.run(
        [sys.executable, "-c", HARDENED, str(file)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert ran.stdout.strip() == "() (0, 0) 0"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.with_name("file.folder").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({"OURNY_DATA": "/chosen"}, "linux", "/chosen"),
        ({"HOME": "/somewhere"}, "linux", "/somewhere/.local/share/ournydesk"),
        ({"HOME": "/somewhere", "XDG_DATA_HOME": "/xdg"}, "linux", "/xdg/ournydesk"),
        (
            {"HOME": "/somewhere", "XDG_DATA_HOME": "relative"},
            "linux",
            "/somewhere/.local/share/ournydesk",
        ),
        ({"HOME": "/somewhere"}, "darwin", "/somewhere/Library/Application Support/ournydesk"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/ournydesk"),
        ({"HOME": "/somewhere"}, "win32", "/somewhere/AppData/Local/ournydesk"),
    ],
    ids=str,
)
def test_vaults_stand_where_the_system_keeps_a_persons_data(
    environ: dict[str, str], platform: str, folder: str
) -> None:
    assert paths.data_folder(environ, platform) == Path(folder)


def test_a_font_is_found_in_the_first_folder_that_has_it(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "deep").mkdir(parents=True)
    (tmp_path / "two" / "deep" / "Some.ttf").touch()
    folders = (tmp_path / "none", tmp_path / "one", tmp_path / "two")
    assert paths.font_file("Some.ttf", folders) == tmp_path / "two" / "deep" / "Some.ttf"
    assert paths.font_file("Other.ttf", folders) is None
    assert paths.font_folders({"OURNY_FONTS": "/chosen"}, "linux")[0] == Path("/chosen")


def test_the_desk_locks_after_a_quarter_of_an_hour_unless_told_sooner() -> None:
    assert config.read({}, SOMEWHERE).lock_after == timedelta(minutes=15)
    sooner = config.read({"OURNY_LOCK_MINUTES": "1"}, SOMEWHERE)
    assert (sooner.lock_after, sooner.blank_after) == (timedelta(minutes=1), timedelta(minutes=1))
    assert sooner.vaults == SOMEWHERE / "vaults"


@pytest.mark.parametrize("minutes", ["0", "16", "-1", "1.5", "", "soon", "99999999999999999999", "²"])
def test_a_lock_that_never_comes_is_refused(minutes: str) -> None:
    with pytest.raises(BadInput) as caught:
        config.read({"OURNY_LOCK_MINUTES": minutes}, SOMEWHERE)
    assert "1 to 15" in caught.value.message
