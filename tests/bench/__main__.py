"""`make bench`: every measure beside its limit or its peer of the same run.

Figures are printed, never asserted: two noisy cores make a timed test a coin toss.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.bench import Measure


def main(wanted: list[str]) -> int:
    """Run the modules named, or all of them, and print one table."""
    here = Path(__file__).parent
    names = wanted or sorted(path.stem for path in here.glob("[a-z]*.py"))
    print(f"{'measure':58} {'here':>12}  {'limit or peer':24} {'ratio':>7}")
    for name in names:
        measures: list[Measure] = importlib.import_module(f"tests.bench.{name}").measure()
        print(f"\n{name}")
        for measure in measures:
            beside = f"{measure.limit:g} {measure.unit} {measure.peer}".strip() if measure.limit else ""
            ratio = f"{measure.value / measure.limit:.2f}" if measure.limit else ""
            print(f"  {measure.name:56} {measure.value:9.3f} {measure.unit:3} {beside:24} {ratio:>7}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
