"""How long a person waits for the window, beside an empty one of the same toolkit in the same run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from ournydesk.crypto.kdf import POLICY
from ournydesk.store.vaults import LaptopVaults
from tests.bench import Measure

ROOT = Path(__file__).resolve().parents[2]
RUNS = 9
WORDS = ("otter", "lamp", "violin", "harbor", "seven", "maple")
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
application.processEvents()
print("there", flush=True)
"""
DESK = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ournydesk.cli.desk import open_window

def started(window):
    def look():
        page = window.centralWidget().currentWidget()
        ready = page is not None and page.isVisible()
        if ready:
            print("there", flush=True)
            QApplication.exit(0)
        else:
            QTimer.singleShot(1, look)
    QTimer.singleShot(0, look)

open_window(Path(sys.argv[1]), started)
"""


def measure() -> list[Measure]:
    """The window from nothing, the longest section, and one answer in it."""
    with tempfile.TemporaryDirectory() as folder:
        bare, seated = Path(folder, "bare"), Path(folder, "seated")
        LaptopVaults(seated / "vaults", cost=POLICY.floor).create("Ana Sample", " ".join(WORDS))
        programs = ((EMPTY, bare), (DESK, seated), (DESK, bare))
        # Turn about, so that a busy moment of the machine meets all; the first turn only leaves bytecode.
        turns = [[_seconds(program, data, folder) for program, data in programs] for _ in range(RUNS + 1)]
    empty, desk, first = (statistics.median(column) for column in zip(*turns[1:], strict=True))
    opened, answered = _questions()
    return [
        Measure("an empty PySide6 window, from nothing", empty, "s"),
        Measure("the desk's window usable, from nothing", desk, "s", empty * 2, "two empty windows"),
        Measure("the same on a laptop without a seat", first, "s"),
        Measure("“Questions 1 to 37” opened, median", opened, "ms", 150),
        Measure("one answer taken and shown, median", answered, "ms", 33),
    ]


def _seconds(program: str, data: Path, folder: str) -> float:
    # With bytecode, as an installed program has it, and with this repository's own left alone.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": folder, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", program, str(data)]
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError("the window never told that it is there")
        return time.perf_counter() - start


def _questions() -> tuple[float, float]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from forms.engine import compile_xlsform, load_form
    from forms.library import library
    from ournydesk.clock import SystemClock
    from ournydesk.domain.answers import Answers
    from ournydesk.domain.ids import IntakeId, new_id
    from ournydesk.domain.ids import Path as Ref
    from ournydesk.domain.intake import IntakeHead
    from ournydesk.services.intakes import OpenedIntake
    from tests.fakes.tasks import InlineTasks
    from ui.intake.screen import IntakeScreen, IntakeWays
    from ui.theme.theme import Theme

    application = QApplication.instance() or QApplication([])
    theme = Theme()
    theme.apply()
    compiled = compile_xlsform(library()[0].folder)
    form = load_form(compiled.xml, compiled.files)
    now = datetime.now(UTC)
    head = IntakeHead(
        id=IntakeId(new_id()), ticket=1, form_id=form.id, form_version=form.version, form_hash=form.hash,
        form_title=form.title, language="Bengali (bn)", started_at=now,
    )  # fmt: skip
    ways = IntakeWays(
        record=lambda _events, _progress: now,
        leave=lambda: None,
        print_out=lambda: None,
        saved=lambda _words, _tone: None,
        flash=lambda: None,
    )
    opened = OpenedIntake(head=head, form=form, answers=Answers(), saved_at=now)
    screen = IntakeScreen(opened, ways, theme=theme, tasks=InlineTasks(), clock=SystemClock())
    screen.resize(1366, 700)
    screen.show()
    application.processEvents()
    opening, answering = [], []
    for turn in range(RUNS):
        screen.presenter.go(Ref("/data/consent"))
        application.processEvents()
        start = time.perf_counter()
        screen.presenter.go(Ref("/data/questions"))
        application.processEvents()
        opening.append((time.perf_counter() - start) * 1000)
        for number in (1, 2, 3, 4):
            start = time.perf_counter()
            screen.presenter.answer(Ref(f"/data/questions/q{number}"), "Y" if turn % 2 else "N")
            application.processEvents()
            answering.append((time.perf_counter() - start) * 1000)
    screen.close()
    return statistics.median(opening), statistics.median(answering)
