"""Two desks that make vaults in one folder at the same moment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap

HOUSE = Path(__file__).parents[3]


@contextmanager
def slowly(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another desk that has filled its vault and waits before it gives it its name."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.vault.child", "create-slowly", str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HOUSE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "filled\n"
        yield process
        process.kill()


def finish(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate("on\n")
    return said.strip()


def test_a_vault_that_another_desk_is_making_is_left_alone(tmp_path: Path) -> None:
    here = LaptopVaults(tmp_path, policy=cheap.POLICY, cost=cheap.COST)
    with slowly(tmp_path) as first, slowly(tmp_path) as second:
        mine = here.create("Invented seat", cheap.OTHER_WORDS)
        made = {finish(first), finish(second), mine.id}
    assert {card.id for card in here.cards()} == made
    assert len(made) == 3
    for card in here.cards():
        here.open(card.id, cheap.OTHER_WORDS if card == mine else cheap.WORDS).close()


def test_what_a_killed_desk_left_is_swept_when_nobody_makes_anything(tmp_path: Path) -> None:
    here = LaptopVaults(tmp_path, policy=cheap.POLICY, cost=cheap.COST)
    with slowly(tmp_path) as killed:
        killed.kill()
        killed.wait()
    assert [path.name[:11] for path in tmp_path.iterdir()] == [".unfinished"]
    card = here.create("Invented seat", cheap.WORDS)
    assert [path.name for path in tmp_path.iterdir()] == [card.id]
