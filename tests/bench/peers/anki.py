"""Anki's own sync server and client (PyPI ``anki``): notes without encryption, first upload and download.

Run in an environment of its own; it is free software under another licence and no part of this program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.bench.peers import FOLDER, INSTALL_S, MEASURE_S, free_port

NAME: Final = "Anki"
VERSION: Final = "anki==26.9.3"
HOME: Final = FOLDER / "anki"
_CHILD: Final = """
import json, os, secrets, subprocess, sys, tempfile, time, urllib.request
from anki.collection import Collection
count, size, port = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
folder = tempfile.mkdtemp()
env = {**os.environ, "SYNC_USER1": "u:p", "SYNC_BASE": folder + "/server", "SYNC_HOST": "127.0.0.1",
       "SYNC_PORT": port, "RUST_LOG": "error", "MAX_SYNC_PAYLOAD_MEGS": "500"}
server = subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env=env)
endpoint = f"http://127.0.0.1:{port}/"
def ready():
    for _ in range(200):
        try:
            urllib.request.urlopen(endpoint + "health", timeout=1).read(); return
        except OSError: time.sleep(0.1)
try:
    ready()
    first = Collection(folder + "/a.anki2")
    auth = first.sync_login("u", "p", endpoint)
    # The empty collection goes up whole; the notes then go as changes, one by one, as they do every day.
    second = Collection(folder + "/b.anki2")
    for one, up in ((first, True), (second, False)):
        one.close_for_full_sync()
        one.full_upload_or_download(auth=auth, server_usn=None, upload=up)
        one.reopen(after_full_sync=True)
    model = first.models.by_name("Basic"); deck = first.decks.id("Default")
    for _ in range(count):
        note = first.new_note(model)
        note["Front"] = secrets.token_hex(8); note["Back"] = secrets.token_hex((size - 16) // 2)
        first.add_note(note, deck)
    began = time.perf_counter(); first.sync_collection(auth, False); push = time.perf_counter() - began
    began = time.perf_counter(); second.sync_collection(auth, False); pull = time.perf_counter() - began
    assert second.note_count() == count, second.note_count()
    print(json.dumps({"push": count / push, "pull": count / pull}))
finally:
    server.kill(); server.wait()
"""


def measure(count: int, size: int) -> dict[str, float] | None:
    """Notes a second up and down; None where it cannot be installed or does not run here."""
    python = _python()
    if python is None:
        return None
    words = [str(python), "-c", _CHILD, str(count), str(size), str(free_port())]
    done = subprocess.run(words, capture_output=True, text=True, timeout=MEASURE_S, check=False, env=_bare())
    if done.returncode:
        return None
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _python() -> Path | None:
    python = HOME / "bin" / "python"
    if (HOME / "installed").exists():
        return python
    steps = (
        [sys.executable, "-m", "venv", str(HOME)],
        [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q", VERSION],
    )
    for step in steps:
        if subprocess.run(step, capture_output=True, timeout=INSTALL_S, check=False).returncode:
            return None
    (HOME / "installed").touch()
    return python


def _bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
