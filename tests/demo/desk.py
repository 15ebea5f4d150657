"""One process of the demo: the real desk, and somebody in front of it.

Usage: python -m tests.demo.desk PART JOB.json — PART is a function of parts.py or clinic_parts.py; JOB gives
folders, words and what was saved before. Lines of JSON on standard output tell what happened.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ournydesk.cli.desk import open_window
from tests.demo import clinic_parts, parts
from tests.demo.hands import Hands, Performance
from ui.app import DeskWindow

PARTS = {**parts.PARTS, **clinic_parts.PARTS}


def main() -> int:
    """Open the desk's window and play one part in front of it."""
    part, job = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    hands = Hands(Path(job["pictures"]))
    keep: list[Performance] = []

    def started(window: DeskWindow) -> None:
        keep.append(Performance(hands, PARTS[part](parts.Scene(hands, window, job))))

    return open_window(Path(job["data"]), started)


if __name__ == "__main__":
    sys.exit(main())
