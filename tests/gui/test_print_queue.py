"""A whole list is printed while the window goes on; stopped, nothing half is left."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.documents import PageImage
from ournydesk.errors import BadInput
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from tests.gui.conftest import settle
from ui.papers.queue_screen import QueueScreen
from ui.tasks import Lane, QtTasks
from ui.theme.theme import Theme
from ui.widgets.printing import PrintJob
from ui.widgets.spool import Chosen, Spool, keep_off_the_disk
from ui.widgets.text import Text

PAGE = PageImage(width=16, height=20, rgba=b"\x80" * (16 * 20 * 4))


@pytest.fixture
def tray(tmp_path: Path) -> Path:
    folder = tmp_path / "tray"
    folder.mkdir()
    return folder


@pytest.fixture
def lanes(qapp: object) -> Iterator[QtTasks]:
    made = QtTasks()
    yield made
    made.close()


@pytest.fixture
def desk(tmp_path: Path, lanes: QtTasks) -> Iterator[LaptopDesk]:
    """A desk with two tickets whose vault belongs to the vault's lane."""
    found: list[LaptopDesk] = []

    def opened() -> None:
        made = open_desk(tmp_path / "desk", "Seat 1", TickingClock())
        for _ in range(2):
            example_intake(made)
        found.append(made)

    lanes.on_vault(opened)
    yield found[0]
    lanes.on_vault(found[0].lock)


@pytest.fixture
def screen(theme: Theme, desk: LaptopDesk, lanes: QtTasks, tray: Path, qtbot: QtBot) -> Iterator[QueueScreen]:
    def make(chosen: Chosen) -> Spool:
        return Spool(Chosen(copies=chosen.copies, folder=tray))

    made = QueueScreen(theme, desk, lanes, make=make)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    made.enter()
    lanes.drain(Lane.VAULT)
    yield made
    made.presenter.stop()
    qtbot.waitUntil(lambda: not made.presenter.busy, timeout=20_000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(screen: QWidget, name: str) -> None:
    found = screen.findChild(QPushButton, name)
    assert found is not None, name
    assert found.isEnabled(), name
    found.click()


def reads(screen: QWidget) -> str:
    settle()
    return "\n".join(text.text() for text in screen.findChildren(Text) if text.isVisibleTo(screen))


def test_every_ticked_packet_is_a_job_of_its_own_and_the_window_goes_on(
    screen: QueueScreen, tray: Path, qtbot: QtBot
) -> None:
    button = screen.findChild(QPushButton, "print_queue")
    assert button is not None
    assert not button.isEnabled()
    press(screen, "queue_packet")
    press(screen, "tick_all")
    assert button.text() == "Print 2 papers"
    beats, last = [], [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        beats.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(5)
    button.click()
    assert screen.presenter.busy
    qtbot.waitUntil(lambda: not screen.presenter.busy, timeout=60_000)
    timer.stop()
    assert sorted(path.name for path in tray.iterdir()) == [f"ticket-{n}-packet.pdf" for n in (1, 2)]
    document = pypdfium2.PdfDocument(tray / "ticket-2-packet.pdf")
    pages = len(document)
    document.close()
    assert pages > 2
    assert f"2 papers, {2 * pages} pages, were given to the printer." in reads(screen)
    assert sorted(beats)[-4] < 0.25  # two cores, shared by whatever runs beside this test


def test_stopping_leaves_whole_papers_only(screen: QueueScreen, tray: Path, qtbot: QtBot) -> None:
    press(screen, "queue_packet")
    press(screen, "tick_all")
    press(screen, "print_queue")
    qtbot.waitUntil((tray / "ticket-1-packet.pdf").exists, timeout=20_000)
    press(screen, "stop_queue")
    qtbot.waitUntil(lambda: not screen.presenter.busy, timeout=20_000)
    assert "Stopped." in reads(screen)
    for path in tray.iterdir():
        document = pypdfium2.PdfDocument(path)
        assert len(document) > 2
        document.close()


def test_what_cannot_be_printed_is_named_and_holds_nobody_up(
    screen: QueueScreen, tray: Path, qtbot: QtBot
) -> None:
    press(screen, "queue_official")  # no blank was imported
    press(screen, "queue_packet")
    press(screen, "tick_all")
    press(screen, "print_queue")
    qtbot.waitUntil(lambda: not screen.presenter.busy, timeout=60_000)
    assert len(list(tray.iterdir())) == 2
    assert "Not printed: ticket 1, N-400: The agency's blank form is not on this laptop yet." in reads(screen)


def test_the_docket_is_for_who_is_in_a_team(
    screen: QueueScreen, desk: LaptopDesk, lanes: QtTasks, tray: Path, qtbot: QtBot
) -> None:
    press(screen, "queue_docket")
    press(screen, "print_queue")
    qtbot.waitUntil(lambda: not screen.presenter.busy, timeout=20_000)
    assert "Not printed:" in reads(screen)
    lanes.on_vault(lambda: desk.team.found_team("Example Coalition", "A. Attorney", "Queens Library"))
    press(screen, "print_queue")
    qtbot.waitUntil(lambda: not screen.presenter.busy, timeout=20_000)
    assert [path.name for path in tray.iterdir()] == ["docket.pdf"]


def test_a_row_is_ticked_by_pressing_it_anywhere_and_by_space(screen: QueueScreen) -> None:
    press(screen, "queue_packet")
    settle()
    view = screen.findChild(QListView, "queue_list")
    assert view is not None
    second = view.visualRect(view.model().index(1, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second.center())
    assert [one.ticket for one in screen.wanted()] == [2]
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert [one.ticket for one in screen.wanted()] == [1, 2]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second.center())
    assert [one.name for one in screen.wanted()] == ["ticket-1-packet"]


def test_a_spool_that_is_stopped_leaves_no_file(tray: Path, qapp: object) -> None:
    spool = Spool(Chosen(folder=tray))
    spool.begin("ticket-1-packet")
    spool.page(PAGE)
    spool.abort()
    assert list(tray.iterdir()) == []
    spool.abort()
    spool.end()
    forgotten = Spool(Chosen(folder=tray))
    forgotten.begin("ticket-2-packet")
    forgotten.page(PAGE)
    del forgotten  # as when a seat is locked in the middle
    assert list(tray.iterdir()) == []


def test_one_paper_is_drawn_off_the_windows_thread_too(
    desk: LaptopDesk, lanes: QtTasks, tray: Path, qtbot: QtBot
) -> None:
    intake = lanes.on_vault(desk.intakes)[0].head.id
    made = lanes.on_vault(lambda: desk.packet(intake))
    told: list[object] = []
    window = QWidget()
    qtbot.addWidget(window)
    job = PrintJob(window, desk, lanes, made, done=told.append, failed=told.append)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tray / "one.pdf"))
    job.print_on(printer)
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told == [made.pages]
    document = pypdfium2.PdfDocument(tray / "one.pdf")
    assert len(document) == made.pages
    document.close()


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt says so beside us
def test_a_printer_that_takes_nothing_ends_in_a_sentence(tray: Path, qapp: object) -> None:
    with pytest.raises(BadInput, match="The printer takes nothing"):
        Spool(Chosen(folder=tray / "absent")).begin("ticket-1-packet")


def test_jobs_wait_in_memory_where_the_session_has_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", tempfile.gettempdir())
    for mode, kept in ((0o755, False), (0o700, True)):
        folder = tmp_path / str(mode)
        folder.mkdir(mode=mode)
        folder.chmod(mode)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        keep_off_the_disk()
        assert (os.environ["TMPDIR"] == str(folder)) is kept


def test_without_a_printer_the_page_says_so(theme: Theme, desk: LaptopDesk, qtbot: QtBot) -> None:
    made = QueueScreen(theme, desk, InlineTasks())
    qtbot.addWidget(made)
    made.show()
    if made._printer.count() == 0:
        made._count()
        assert "No printer is set up on this laptop." in reads(made)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
