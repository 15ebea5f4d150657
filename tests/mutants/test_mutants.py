"""Every build that is broken on purpose turns some test red; the rest of the build stays as it is."""

from __future__ import annotations

import pytest

from tests.mutants.mutants import MUTANTS
from tests.mutants.workshop import ROOT, BadMutant, Edit, Mutant, Workshop, broken

CHAIN = "sync/protocol/chain.py"
NARROW = ("tests/unit/sync/test_chain.py",)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("mutants"))


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.name for mutant in MUTANTS])
def test_a_broken_build_is_noticed(mutant: Mutant, workshop: Workshop) -> None:
    assert workshop.try_out(mutant).by


@pytest.mark.slow
def test_a_build_that_is_not_broken_is_not_red(workshop: Workshop) -> None:
    tests = sorted({test for mutant in MUTANTS for test in mutant.tests})
    assert workshop.run(tests).by == ""


def test_every_mutant_has_its_own_name_and_its_place() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    for mutant in MUTANTS:
        for edit in mutant.edits:
            assert broken((ROOT / edit.file).read_text(encoding="utf-8"), edit)


@pytest.mark.parametrize("before", ["no such text", "Head"])
def test_a_text_that_is_gone_or_stands_twice_is_no_mutant(before: str) -> None:
    with pytest.raises(BadMutant):
        broken((ROOT / CHAIN).read_text(encoding="utf-8"), Edit(CHAIN, before, ""))


def test_what_breaks_nothing_survives(workshop: Workshop) -> None:
    idle = Mutant("a word", CHAIN, "Layer: protocol.", "Layer: the protocol.", NARROW)
    assert workshop.try_out(idle).by == ""


@pytest.mark.parametrize(
    ("before", "after", "tests"),
    [
        ("import hashlib", "import hash-lib", NARROW),
        ("Layer: protocol.", "Layer: the protocol.", ("tests/unit/sync/test_nothing.py",)),
        (
            "import hashlib\n",
            f"import hashlib\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\nimport ui\n",
            NARROW,
        ),
    ],
    ids=["a build that does not run", "tests that are not there", "an import from elsewhere"],
)
def test_what_could_not_be_tested_is_no_kill(
    before: str, after: str, tests: tuple[str, ...], workshop: Workshop
) -> None:
    with pytest.raises(BadMutant):
        workshop.try_out(Mutant("not tested", CHAIN, before, after, tests))
