"""A day's work of one desk, in a process of its own: ``python -m tests.integration.vault.day WHAT FOLDER``.

``work`` does it, locks, and prints how many copies of what a client said its memory still holds; ``look``
only lists the vaults, as a desk does that was opened again; ``nothing`` has never seen one; ``abort`` is
hardened and crashes.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path

from ournydesk import process
from tests.fakes.cheap import COST, POLICY, WORDS

SECRETS = {"name": "Talukder-Example", "words": WORDS}


def copies() -> dict[str, int]:
    """How often each secret stands in the memory of this process that can be written, in three encodings."""
    found = dict.fromkeys(SECRETS, 0)
    # Put together here, so that what is looked for is not itself a find.
    wanted = {
        name: [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-32-le")]
        for name, text in SECRETS.items()
    }
    with Path("/proc/self/maps").open() as maps, Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in maps:
            place, rights = line.split()[:2]
            if not rights.startswith("rw") or "[v" in line:
                continue
            start, end = (int(number, 16) for number in place.split("-"))
            memory.seek(start)
            try:
                content = memory.read(end - start)
            except OSError:
                continue
            for name, shapes in wanted.items():
                found[name] += sum(content.count(shape) for shape in shapes)
    return found


def work(folder: Path) -> None:
    """Found a team, write an intake, hand it over, print its packet, back up, lock."""
    from tests.fakes.desks import TickingClock, example_intake, open_desk

    desk = open_desk(folder / "data", "C. Coordinator", TickingClock())
    desk.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    desk.team.publish_form("naturalization")
    intake = example_intake(desk)
    desk.wire.hand_over(intake, "a word to them")
    assert desk.packet(intake).pages > 2
    desk.wire.write_courier(folder / "stick.courier")
    desk.back_up(folder / "seat.ourny-backup")
    desk.lock()
    del desk
    gc.collect()
    sys.stdout.write(json.dumps(copies()))


def look(folder: Path) -> None:
    """What a desk does that was opened again and not unlocked."""
    from ournydesk.store.vaults import LaptopVaults

    assert LaptopVaults(folder / "data" / "vaults", policy=POLICY, cost=COST).cards()
    sys.stdout.write(json.dumps(copies()))


def nothing(_folder: Path) -> None:
    """The same without a vault."""
    from ournydesk.store.vaults import LaptopVaults

    assert issubclass(LaptopVaults, object)
    sys.stdout.write(json.dumps(copies()))


def abort(_folder: Path) -> None:
    """Crash as a broken library would."""
    process.harden()
    os.abort()


if __name__ == "__main__":
    {"work": work, "look": look, "nothing": nothing, "abort": abort}[sys.argv[1]](Path(sys.argv[2]))
