"""``python -m tests.simulation --seeds N --first M``: runs, progress, and a count of what happened."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.run import Failed, run

BLOCK = 50


def main() -> int:
    """Zero when every seed held."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many runs")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    happened: Counter[str] = Counter()
    failures: list[str] = []
    done = 0
    with ProcessPoolExecutor(asked.processes) as pool:
        for counts, broken in pool.map(block, _blocks(asked.first, asked.seeds)):
            happened += counts
            failures += broken
            done = min(done + BLOCK, asked.seeds)
            sys.stdout.write(f"\r{done} of {asked.seeds} seeds, {len(failures)} broke a promise")
            sys.stdout.flush()
    lines = [""]
    lines += [f"{count:10d}  {what}" for what, count in sorted(happened.items())]
    lines += [f"\n{failure}" for failure in failures[:3]]
    if len(failures) > 3:
        lines.append("\nAlso: " + ", ".join(one.partition(":")[0] for one in failures[3:30]))
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if failures else 0


def block(seeds: range) -> tuple[Counter[str], list[str]]:
    """Some runs after each other: what happened in them, and what broke."""
    happened: Counter[str] = Counter()
    broken = []
    for seed in seeds:
        try:
            happened += run(seed).happened
        except Failed as failed:
            broken.append(str(failed))
    return happened, broken


def _blocks(first: int, seeds: int) -> Iterator[range]:
    last = first + seeds
    return (range(start, min(start + BLOCK, last)) for start in range(first, last, BLOCK))


if __name__ == "__main__":
    sys.exit(main())
