"""What a person can give to support: all of it is shown, and no client is in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.store import durable
from tests.fakes.desks import TickingClock, open_desk
from tests.gui.windows import a_window
from ui.app import DeskWindow
from ui.shell.support import SupportDialog, bundle
from ui.theme.theme import Theme

SECRET = "Nusrat Talukder-Example"
WINDOW = """
import logging, sys
from PySide6.QtCore import QTimer
from pathlib import Path
from ournydesk.cli.desk import open_window

def started(window):
    logging.getLogger("somebody.else").error("Nusrat %s", "Talukder-Example")
    try:
        raise ValueError("Nusrat Talukder-Example")
    except ValueError:
        logging.getLogger("ui.tasks").exception("task.bug")
    print(window.log())
    QTimer.singleShot(0, window.close)

sys.exit(open_window(Path(sys.argv[1]), started))
"""


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, theme: Theme) -> Iterator[DeskWindow]:
    desk: LaptopDesk = open_desk(tmp_path, "Jo Volunteer", TickingClock())
    desk.lock()
    with a_window(desk, theme, qtbot) as made:
        yield made


def test_a_running_desk_writes_down_codes_and_never_what_a_client_said(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WINDOW, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "task.bug raised=ValueError" in done.stdout
    for word in SECRET.split():
        assert word not in done.stdout + done.stderr


def test_all_that_is_saved_is_shown_first(window: DeskWindow, tmp_path: Path) -> None:
    window.show_support()
    dialog = window.findChild(SupportDialog)
    assert dialog is not None
    shown = dialog.findChild(QPlainTextEdit, "support_text")
    assert shown is not None
    dialog.save_as(tmp_path / "given.txt")
    saved = (tmp_path / "given.txt").read_text(encoding="utf-8")
    assert saved == shown.toPlainText()
    assert saved.startswith("OurNY Desk: ")
    dialog.reject()


def test_it_can_be_had_before_any_seat_is_open(window: DeskWindow, qtbot: QtBot) -> None:
    window.lock()
    qtbot.waitUntil(lambda: window.seat is None, timeout=10_000)
    window.show_support()
    dialog = window.findChild(SupportDialog)
    assert dialog is not None
    dialog.reject()


def test_a_place_that_cannot_be_written_is_told(window: DeskWindow, tmp_path: Path) -> None:
    dialog = SupportDialog(window._theme, window, text="nothing", write=durable.write)
    dialog.save_as(tmp_path / "nowhere" / "given.txt")
    assert "nothing" not in dialog.notice.words
    assert dialog.notice.words
    dialog.deleteLater()


def test_neither_the_laptop_nor_its_account_is_named() -> None:
    told = bundle("", scale=1.0, size=(1366, 768))
    for name in (os.uname().nodename, str(Path.home()), os.environ.get("USER", "") or "no-such-user"):
        assert name not in told
