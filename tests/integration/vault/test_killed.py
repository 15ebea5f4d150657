"""A desk killed or failed by its disk at every step it takes: what was acknowledged is there.

SIGKILL keeps what the system had already taken: this shows the order of our steps, not what a power
cut does to a disk that lies about fsync.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from ournydesk.domain.ids import Path as AnswerPath
from ournydesk.domain.ids import VaultId
from ournydesk.errors import Refused, WrongPassphrase
from ournydesk.store.opened import StoredVault
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap
from tests.integration.vault.child import beside
from tests.integration.vault.conftest import Seat

HOUSE = Path(__file__).parents[3]
STRACE = shutil.which("strace")
CHILD = (sys.executable, "-m", "tests.integration.vault.child")
CALLS = {"fsync": 1, "rename": 1, "unlink": 1, "ftruncate": 1, "pwrite64": 12}
"""Which of the child's calls are hit: every one, or every twelfth."""
HEADER_CALLS = CALLS | {"write": 1}
"""The same with those that write a header."""


@dataclass(frozen=True)
class Told:
    """What a child said before it ended."""

    lines: tuple[str, ...]
    killed: bool
    struck: bool = False

    @property
    def errors(self) -> tuple[str, ...]:
        return tuple(line.removeprefix("error ") for line in self.lines if line.startswith("error "))


def child(work: str, root: Path, *ids: str, inject: str) -> Told:
    trace = root.with_name(f"{root.name}.trace")
    call = inject.partition(":")[0]
    # strace 6.1 does not deliver signals behind its seccomp filter.
    quick = [] if "signal=" in inject else ["--seccomp-bpf"]
    traced = [STRACE or "", "-f", *quick, "-o", str(trace), "-e", f"trace={call}"]
    ran = subprocess.run(
        [*traced, "-e", f"inject={inject}", *CHILD, work, str(root), *ids],
        capture_output=True,
        text=True,
        cwd=HOUSE,
        check=False,
    )
    killed = ran.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    assert killed or ran.returncode == 0, ran.stderr
    return Told(tuple(ran.stdout.splitlines()), killed, killed or "(INJECTED)" in trace.read_text())


def each_step(run: Callable[[str], bool], what: str = "signal=KILL", calls: Mapping[str, int] = CALLS) -> int:
    """Run with the fault at the first, second … call of each kind until it no longer strikes."""
    struck = 0
    for call, step in calls.items():
        for number in count(1, step):
            if not run(f"{call}:{what}:when={number}"):
                break
            struck += 1
    return struck


@pytest.fixture(scope="module")
def traceable() -> None:
    if STRACE is None:
        pytest.skip("strace is not installed: no kill at a chosen system call")
    probe = subprocess.run([STRACE, "-f", "-e", "trace=fsync", "-o", "/dev/null", "true"], check=False)
    if probe.returncode:
        pytest.skip("strace may not trace here: no kill at a chosen system call")


@pytest.fixture
def copies(copied: Callable[[str], Seat]) -> Iterator[Seat]:
    return (copied(f"copy{number}") for number in count())


def sound(vault: StoredVault) -> StoredVault:
    assert vault.check().sound
    return vault


def holds_what_was_saved(seat: Seat, told: Told) -> None:
    vault = sound(seat.open())
    answers = vault.intakes.answers(seat.intake)
    vault.close()
    saved = [line for line in told.lines if line.isdigit()]
    for number in saved:
        assert answers.get(AnswerPath(f"/data/saved{number}")).text == f"saved {number} " * 40
    assert answers.get(AnswerPath("/data/q59")).text


def opens_with(seat: Seat, words: str) -> bool:
    try:
        vault = seat.open(words)
    except WrongPassphrase:
        return False
    sound(vault).close()
    return True


def test_every_saved_answer_survives_a_kill_at_every_step(traceable: None, copies: Iterator[Seat]) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        told = child("save", seat.root, seat.vault, seat.intake, inject=inject)
        holds_what_was_saved(seat, told)
        return told.killed

    assert each_step(run) > 15


def test_one_passphrase_opens_after_a_change_killed_at_every_step(
    traceable: None, copies: Iterator[Seat]
) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        told = child("change", seat.root, seat.vault, seat.intake, inject=inject)
        old, new = opens_with(seat, cheap.WORDS), opens_with(seat, cheap.OTHER_WORDS)
        assert (old, new) in ([(False, True)] if "changed" in told.lines else [(True, False), (False, True)])
        assert not (seat.folder / "vault.json.new").exists()
        return told.killed

    assert each_step(run, calls=HEADER_CALLS) > 5


def test_a_vault_is_there_whole_or_not_at_all_after_a_kill_at_every_step(
    traceable: None, tmp_path: Path
) -> None:
    roots = (tmp_path / str(number) for number in count())

    def run(inject: str) -> bool:
        root = next(roots)
        told = child("create", root, inject=inject)
        vaults = LaptopVaults(root, policy=cheap.POLICY, cost=cheap.COST)
        cards = vaults.cards()
        assert [card.id for card in cards] == list(told.lines) if told.lines else len(cards) <= 1
        for card in cards:
            sound(vaults.open(card.id, cheap.WORDS)).close()
        vaults.create("Another seat", cheap.OTHER_WORDS)
        assert len(list(root.iterdir())) == len(cards) + 1
        return told.killed

    assert each_step(run) > 20


def test_a_draft_that_must_serve_survives_a_kill_at_every_step(
    traceable: None, copies: Iterator[Seat]
) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        shutil.copyfile(seat.header, seat.folder / "vault.json.new")
        seat.header.write_bytes(seat.header.read_bytes()[:50])
        told = child("settle", seat.root, seat.vault, seat.intake, inject=inject)
        assert opens_with(seat, cheap.WORDS)
        return told.killed

    assert each_step(run, calls=HEADER_CALLS) > 3


def test_a_declined_intake_is_gone_or_whole_after_a_kill_at_every_step(
    traceable: None, copies: Iterator[Seat]
) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        told = child("decline", seat.root, seat.vault, seat.intake, inject=inject)
        vault = sound(seat.open())
        gone = not vault.intakes.rows()
        assert gone or "declined" not in told.lines
        assert vault.intakes.tally("declined") == gone
        if not gone:
            assert len(vault.intakes.answers(seat.intake).values) == 60
        vault.close()
        return told.killed

    assert each_step(run) > 5


def test_a_backup_is_there_whole_or_not_at_all_after_a_kill_at_every_step(
    traceable: None, copies: Iterator[Seat]
) -> None:
    def run(inject: str) -> bool:
        seat = next(copies)
        target = beside(seat.root, "backup")
        told = child("backup", seat.root, seat.vault, seat.intake, inject=inject)
        assert target.exists() or "backed up" not in told.lines
        if target.exists():
            restored = LaptopVaults(beside(seat.root, "again"), policy=cheap.POLICY)
            restored.restore(target, cheap.WORDS)
            vault = sound(restored.open(seat.vault, cheap.WORDS))
            assert len(vault.intakes.answers(seat.intake).values) == 60
            vault.close()
        vault = sound(seat.open())
        vault.backup(target)
        vault.close()
        left = {path.name for path in target.parent.iterdir() if path.name.startswith(target.name)}
        assert left == {target.name}
        return told.killed

    assert each_step(run) > 10


def test_a_restored_vault_is_there_whole_or_not_at_all_after_a_kill_at_every_step(
    traceable: None, copies: Iterator[Seat], tmp_path: Path
) -> None:
    seat = next(copies)
    vault = seat.open()
    whole = tmp_path / "whole"
    vault.backup(whole)
    vault.close()
    bundles = (shutil.copyfile(whole, tmp_path / str(number)) for number in count())

    def run(inject: str) -> bool:
        bundle = next(bundles)
        told = child("restore", bundle, seat.vault, seat.intake, inject=inject)
        vaults = LaptopVaults(beside(bundle, "again"), policy=cheap.POLICY)
        cards = vaults.cards()
        assert [card.id for card in cards] == list(told.lines) if told.lines else len(cards) <= 1
        if not cards:
            vaults.restore(bundle, cheap.WORDS)
        assert [path.name for path in beside(bundle, "again").iterdir()] == [seat.vault]
        restored = sound(vaults.open(seat.vault, cheap.WORDS))
        assert len(restored.intakes.answers(seat.intake).values) == 60
        restored.close()
        return told.killed

    assert each_step(run) > 15


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("work", ["save", "change"])
def test_a_disk_that_fails_at_any_step_is_told_and_loses_nothing(
    traceable: None, copies: Iterator[Seat], work: str, error: str
) -> None:
    codes: set[str] = set()

    def run(inject: str) -> bool:
        seat = next(copies)
        told = child(work, seat.root, seat.vault, seat.intake, inject=inject)
        codes.update(told.errors)
        if work == "save":
            holds_what_was_saved(seat, told)
        else:
            assert opens_with(seat, cheap.WORDS) != opens_with(seat, cheap.OTHER_WORDS)
            assert "changed" not in told.lines or opens_with(seat, cheap.OTHER_WORDS)
        return told.struck

    calls = HEADER_CALLS if work == "change" else CALLS
    assert each_step(run, f"error={error}", calls) > 5
    # SQLite calls a failed fsync an I/O error, whatever the reason.
    assert codes <= ({"store.write", "store.full"} if error == "ENOSPC" else {"store.write"})
    assert codes


def test_a_desk_killed_at_random_moments_keeps_what_it_acknowledged(copies: Iterator[Seat]) -> None:
    chosen = random.Random(20261123)  # noqa: S311  # moments, not secrets
    seat, last = next(copies), -1
    for _ in range(8):
        process = subprocess.Popen(
            [*CHILD, "save-on", str(seat.root), seat.vault, seat.intake],
            stdout=subprocess.PIPE,
            text=True,
            cwd=HOUSE,
        )
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(chosen.randrange(1, 120))]
        process.kill()
        lines += process.stdout.read().split()
        process.stdout.close()
        process.wait()
        last = max([last, *(int(line) for line in lines if line.isdigit())])
        holds_what_was_saved(seat, Told(tuple(str(number) for number in range(last + 1)), killed=True))
    assert last > 0


def test_nobody_but_the_vault_knows_an_intake_that_was_declined(seat: Seat) -> None:
    vault = seat.open()
    vault.intakes.destroy(seat.intake, "declined")
    with pytest.raises(Refused):
        vault.intakes.answers(seat.intake)
    vault.close()
    assert VaultId(seat.vault) in {card.id for card in LaptopVaults(seat.root).cards()}
