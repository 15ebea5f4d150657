"""`make demo`: a volunteer's day through the real windows, checked step by step.

Every window is a process of its own, driven by real mouse and keyboard events, on the screen if there is
one and offscreen if not. Leaves pictures of every screen and the PDF files in ``demo-output/`` and ends
with an error if any step did not hold.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.demo.clinic import ClinicDay
from tests.demo.day import Day, DidNotHold

ROOT = Path(__file__).resolve().parents[2]
BLANKS = ("n-400.pdf", "../shared/official/n-400.pdf")


def main() -> int:
    """Run the day; returns the exit code."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--headless", action="store_true", help="offscreen, even where there is a screen")
    parser.add_argument("--blank", type=Path, help="the agency's blank N-400")
    parser.add_argument("--output", type=Path, default=ROOT / "demo-output", metavar="DIR")
    asked = parser.parse_args()
    if asked.headless or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    blank = asked.blank or find_blank()
    if blank is not None and not blank.is_file():
        print(f"{blank} is not a file. Leave --blank away to run the day without the agency's form.")
        return 2
    try:
        day = Day(asked.output.resolve(), blank.resolve() if blank else None)
        day.run()
        ClinicDay(day).run()
        day.finish()
    except DidNotHold as error:
        print(f"\nThis did not hold: {error}", file=sys.stderr)
        return 1
    return 0


def find_blank() -> Path | None:
    """The agency's blank, where people usually put it."""
    official = os.environ.get("OURNY_OFFICIAL")
    places = [Path(official) / "n-400.pdf"] if official else []
    places += [ROOT / name for name in BLANKS]
    return next((place for place in places if place.is_file()), None)


if __name__ == "__main__":
    sys.exit(main())
