"""Debian's Chromium without a window, told what to do over WebDriver: plain HTTP, no further package."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PROGRAMS: Final = ("chromedriver", "chromium")
PATIENCE_S: Final = 60
TAB: Final = "\ue004"
ENTER: Final = "\ue007"


def missing() -> str:
    """Why there is no browser here; nothing where there is one."""
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    return f"{' and '.join(absent)} not installed; `make setup-test` installs it" if absent else ""


@dataclass(frozen=True)
class Browser:
    """One browser with one page."""

    port: int
    session: str

    def ask(self, method: str, what: str, **said: Any) -> Any:
        """One WebDriver command; its value."""
        return _ask(self.port, method, f"/session/{self.session}/{what}", said)

    def go(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self.ask("POST", "url", url=address)

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self.ask("POST", "execute/sync", script=f"return {script}", args=[])

    def press(self, *keys: str) -> None:
        """Keys, one after another, wherever the focus is."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("POST", "actions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        """The size of the page in its own pixels, and whether the machine is dark."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("POST", "goog/cdp/execute", cmd="Emulation.setDeviceMetricsOverride", params=metrics)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.ask("POST", "goog/cdp/execute", cmd="Emulation.setEmulatedMedia", params={"features": scheme})

    def picture(self, target: Path) -> None:
        """What is seen now, as a PNG."""
        target.write_bytes(base64.b64decode(self.ask("GET", "screenshot")))


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser that keeps what it keeps in this folder."""
    driver = subprocess.Popen(
        [str(shutil.which("chromedriver")), "--port=0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
    )
    try:
        assert driver.stdout is not None
        port = next(int(found[1]) for line in driver.stdout if (found := re.search(r"on port (\d+)\.", line)))
        arguments = [
            "--headless=new",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--user-data-dir={folder}",
        ]
        arguments += ["--disable-background-networking", "--no-first-run"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # it refuses to run as root otherwise
        options = {"binary": shutil.which("chromium"), "args": arguments}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        session = _ask(port, "POST", "/session", wanted)["sessionId"]
        try:
            yield Browser(port, session)
        finally:
            _ask(port, "DELETE", f"/session/{session}", {})
    finally:
        driver.terminate()
        driver.communicate(timeout=PATIENCE_S)


def _ask(port: int, method: str, path: str, said: dict[str, Any]) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request(method, path, json.dumps(said) if method == "POST" else None)
        response = connection.getresponse()
        value = json.loads(response.read())["value"]
        assert response.status == 200, value
        return value
    finally:
        connection.close()
