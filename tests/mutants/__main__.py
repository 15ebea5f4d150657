"""``python -m tests.mutants [names]``: one line for each broken build; 1 where one was not noticed."""

from __future__ import annotations

import argparse
import os
import queue
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutants.mutants import MUTANTS
from tests.mutants.workshop import BadMutant, Mutant, Workshop


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the named mutants out, all of them without a name; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of their names; without any, all of them")
    parser.add_argument("--why", action="store_true", help="also say what the failing test said")
    given = parser.parse_args(arguments)
    chosen = [
        mutant for mutant in MUTANTS if not given.names or any(name in mutant.name for name in given.names)
    ]
    if not chosen:
        print("No mutant has such a name.")
        return 2
    noticed = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        workers = os.cpu_count() or 1
        free: queue.SimpleQueue[Workshop] = queue.SimpleQueue()
        for number in range(min(workers, len(chosen))):
            place = Path(folder) / str(number)
            place.mkdir()
            free.put(Workshop(place))
        with ThreadPoolExecutor(max_workers=workers) as pool:
            for line, good in pool.map(lambda mutant: _tried(mutant, free, why=given.why), chosen):
                print(line, flush=True)
                noticed += good
    print(f"{noticed} of {len(chosen)} were noticed")
    return 0 if noticed == len(chosen) else 1


def _tried(mutant: Mutant, free: queue.SimpleQueue[Workshop], *, why: bool) -> tuple[str, bool]:
    workshop = free.get()
    try:
        verdict = workshop.try_out(mutant)
    except BadMutant as error:
        return f"{mutant.name}: NO MUTANT: {error}", False
    finally:
        free.put(workshop)
    if not verdict.by:
        return f"{mutant.name}: SURVIVED", False
    said = f"\n    {verdict.why}" if why else ""
    return f"{mutant.name}: killed by {verdict.by} in {verdict.seconds:.1f} s{said}", True


if __name__ == "__main__":
    sys.exit(main())
