"""ODK's own engine and ours, side by side after every step: any difference is a mistake or is listed.

`make test-odk SEEDS=n` walks n seeds of every kind of form; without SEEDS, a few.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import forms.engine
from forms.engine import compile_xlsform
from forms.engine.xlsform import Compiled, compile_book
from tests.odk.compare import differences
from tests.odk.generator import workbook
from tests.odk.listed import TABLE, why_listed
from tests.odk.oracle import Oracle, missing, oracle
from tests.odk.wild import LANGUAGES, wild

SEEDS = int(os.environ.get("SEEDS", "36"))
FIRST = int(os.environ.get("FIRST_SEED", "0"))
CONSTRUCTS = sorted((Path(__file__).parent / "forms").glob("*.xml"))
LIBRARY = Path(__file__).parents[2] / "forms" / "library"

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "ODK's engine is there")


@pytest.fixture(scope="module")
def odk() -> Iterator[Oracle]:
    with oracle() as running:
        yield running


def unlisted(
    odk: Oracle, name: str, compiled: Compiled, seed: int, count: int = 12, language: str = ""
) -> list[str]:
    """Differences that CONFORMANCE.md does not name."""
    found = differences(odk, name, compiled, seed, count=count, language=language, known=why_listed)
    return [str(difference) for difference in found]


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_a_spreadsheet_behaves_as_in_odk(odk: Oracle, seed: int) -> None:
    xml, _ = compile_book(workbook(seed))
    compiled = Compiled(xml, {})
    assert unlisted(odk, "spreadsheet", compiled, seed) == []


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS * 2))
def test_a_form_no_spreadsheet_writes_behaves_as_in_odk(odk: Oracle, seed: int) -> None:
    xml, files = wild(seed)
    compiled = Compiled(xml, files)
    language = LANGUAGES[seed % 2]
    assert unlisted(odk, "wild", compiled, seed, language=language) == []


@pytest.mark.parametrize("path", CONSTRUCTS, ids=lambda path: path.stem)
def test_one_construct_behaves_as_in_odk(odk: Oracle, path: Path) -> None:
    compiled = compile_xlsform(path)
    for seed in range(FIRST, FIRST + max(2, SEEDS // 6)):
        assert unlisted(odk, path.name, compiled, seed, 20, LANGUAGES[seed % 2]) == []


@pytest.mark.parametrize("name", sorted(path.parent.name for path in LIBRARY.glob("*/survey.csv")))
def test_a_form_of_the_library_behaves_as_in_odk(odk: Oracle, name: str) -> None:
    compiled = compile_xlsform(LIBRARY / name)
    for seed in range(FIRST, FIRST + max(1, SEEDS // 12)):
        assert unlisted(odk, name, compiled, seed, 15) == []


@pytest.mark.parametrize("name", [one.name for one in TABLE])
def test_a_known_difference_stands_in_the_published_table(name: str) -> None:
    published = (Path(forms.engine.__file__).parent / "CONFORMANCE.md").read_text("utf-8")
    assert f"\n| {name} |" in published
