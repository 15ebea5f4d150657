"""Every row of the lists of attacks that needs no network of others has a test, and that test is there."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

from tests.architecture.attacks import NOT_TRIED, TRIED

ROOT = Path(__file__).resolve().parents[2]
LISTS = ROOT.parent / "shared" / "ATTACKS.md"
ROW = re.compile(r"^\| ([DE][0-9]+) \|", re.MULTILINE)


@lru_cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(("row", "test"), [(row, test) for row, tests in TRIED.items() for test in tests])
def test_a_row_s_test_is_there(row: str, test: str) -> None:
    file, _, name = test.partition("::")
    assert name in functions(file), row


def test_no_row_is_forgotten() -> None:
    if not LISTS.exists():
        pytest.skip("the lists of attacks are not beside this repository")
    rows = set(ROW.findall(LISTS.read_text(encoding="utf-8")))
    assert rows == {*TRIED, *NOT_TRIED}
