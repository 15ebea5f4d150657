"""Several processes on one listening socket. Layer: sync.server, the program.

The first process opens the socket and serves nothing; each worker is this program again, given the socket
and a pipe. A worker that dies is replaced. Whoever holds the other end of the pipe is gone: the worker ends
too, however its parent died.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Final

SHARED_METERS: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where workers keep their counts, so that whichever is asked knows all of them."""
BACKLOG: Final = 2048
LOOK_S: Final = 0.2
TOO_SHORT_S: Final = 3.0
MOST_SHORT: Final = 5
"""Lives shorter than that, one after another, before it is clear that the next will be no longer."""
PATIENCE_S: Final = 30.0


def listen(host: str, port: int) -> socket.socket:
    """A socket that workers inherit."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind((host, port))
    opened.listen(BACKLOG)
    opened.set_inheritable(True)
    return opened


def supervise(
    arguments: Sequence[str], count: int, listening: socket.socket, announce: Callable[[], None]
) -> int:
    """Keep ``count`` workers until a signal comes; the exit code. ``announce`` is called once they run."""
    ending = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ending.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    with tempfile.TemporaryDirectory(prefix="ourny-meters-") as meters:
        command = [sys.executable, "-m", "sync.server", *arguments, "--fd", str(listening.fileno())]
        crew = [_Worker(command, listening, meters) for _ in range(count)]
        short = 0
        announce()
        try:
            while not ending.wait(LOOK_S):
                for at, worker in enumerate(crew):
                    code = worker.process.poll()
                    if code is None:
                        continue
                    short = short + 1 if time.monotonic() - worker.since < TOO_SHORT_S else 0
                    if short > MOST_SHORT:
                        return code if code > 0 else 1
                    crew[at] = _Worker(command, listening, meters)
            return 0
        finally:
            for worker in crew:
                worker.end()


def until_parent_is_gone(then: Callable[[], None]) -> None:
    """Call ``then`` from a thread when the other end of the pipe closes."""

    def wait() -> None:
        os.read(0, 1)
        then()

    threading.Thread(target=wait, daemon=True).start()


class _Worker:
    """One process."""

    def __init__(self, command: list[str], listening: socket.socket, meters: str) -> None:
        self.since = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - this program, with the words it was given
            command,
            stdin=subprocess.PIPE,
            pass_fds=[listening.fileno()],
            env={**os.environ, SHARED_METERS: meters},
        )

    def end(self) -> None:
        """Ask it to finish what it serves; insist after a while."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
