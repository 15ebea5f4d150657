"""Other people's programs beside ours, installed for a measurement and not kept: see ``bench-output``."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[3] / "bench-output" / "peers"
INSTALL_S: Final = 300
MEASURE_S: Final = 600


def free_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
