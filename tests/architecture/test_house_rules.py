"""Our own rules, read off the syntax tree: what a linter cannot know about this house."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ournydesk", "ui", "sync", "forms")
CODE = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LONGEST_FILE = 500
LONGEST_CLASS = 400
SQL = re.compile(
    r"\b(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\b", re.IGNORECASE | re.DOTALL
)
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def strings_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_class_is_where_two_layers_meet_and_grow(path: Path) -> None:
    classes = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    sizes = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in classes}
    assert {name: size for name, size in sizes.items() if size > LONGEST_CLASS} == {}


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_check_is_never_an_assert(path: Path) -> None:
    assert [node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, ast.Assert)] == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_sql_is_never_put_together_from_values(path: Path) -> None:
    built = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.JoinedStr)
        and SQL.search(
            "".join(
                part.value
                for part in node.values
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
        )
    ]
    assert built == []


@pytest.mark.parametrize("path", [path for path in CODE if "ui/" in name_of(path)], ids=name_of)
def test_a_colour_has_a_name_and_lives_in_the_theme(path: Path) -> None:
    if "ui/theme/" in name_of(path):
        return
    assert [(line, text) for line, text in strings_of(tree_of(path)) if HEX_COLOUR.search(text)] == []


@pytest.mark.parametrize("path", [path for path in CODE if "ui/" in name_of(path)], ids=name_of)
def test_files_are_chosen_where_nothing_remembers_what_was_opened(path: Path) -> None:
    if name_of(path) == "ui/widgets/files.py":
        return
    named = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.alias | ast.Name)
        and (node.name if isinstance(node, ast.alias) else node.id) == "QFileDialog"
    ]
    assert named == []


@pytest.mark.parametrize("path", [path for path in CODE if path.name.endswith("presenter.py")], ids=name_of)
def test_a_presenter_thinks_without_qt(path: Path) -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree_of(path))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert "PySide6" not in imported


def test_one_screen_does_not_import_another() -> None:
    shared = {"theme", "widgets", "i18n", "tasks", "messages", "desk", "app"}
    features = (
        {folder.name for folder in (ROOT / "ui").iterdir() if folder.is_dir()} - shared - {"__pycache__"}
    )
    crossing = []
    for path in CODE:
        parts = path.relative_to(ROOT).parts
        if parts[0] != "ui" or len(parts) < 3 or parts[1] not in features:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ui."):
                other = (node.module or "").split(".")[1]
                if other in features and other != parts[1]:
                    crossing.append(f"{name_of(path)}:{node.lineno} imports ui.{other}")
    assert crossing == []


def test_every_test_folder_is_a_package_and_packaging_is_not() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
    # packaging/__init__.py would shadow the library of that name and break the frozen desk.
    assert list((ROOT / "packaging").rglob("__init__.py")) == []


def test_locks_pin_by_hash_and_name_no_index() -> None:
    locks = sorted((ROOT / "packaging" / "locks").glob("*.txt"))
    assert {lock.stem for lock in locks} == {"desk", "server", "test"}
    for lock in locks:
        text = lock.read_text()
        assert "://" not in text
        assert "--index" not in text
        pinned = re.findall(r"^[a-z0-9][\w.-]*==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
        assert len(pinned) == text.count("==")


def test_a_server_installs_no_qt_and_no_paper() -> None:
    server = (ROOT / "packaging" / "locks" / "server.txt").read_text().lower()
    for library in ("pyside6", "reportlab", "pikepdf", "pyxform", "sqlcipher3"):
        assert f"\n{library}" not in f"\n{server}", library


def test_nothing_committed_names_a_machine_or_an_index() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    hosts = r"pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian\.org"
    wanted = re.compile(rf"/work/(?:main|shared|\.)|/root/(?!item)|{hosts}")
    here = Path(__file__).resolve()
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path == here or not path.is_file() or path.suffix in {".png", ".pdf", ".ttf"}:
            continue
        if wanted.search(path.read_text(encoding="utf-8", errors="replace")):
            found.append(name)
    assert found == []
