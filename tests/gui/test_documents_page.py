"""The documents of a record: the page, on a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.store import durable
from tests.fakes.desks import TickingClock, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from ui.attached.screen import AttachedScreen
from ui.theme.theme import Theme
from ui.widgets.text import Text


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LaptopDesk]:
    made = open_desk(tmp_path / "desk", "C. Coordinator", TickingClock())
    made.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    made.team.publish_form("naturalization")
    yield made
    made.lock()


@pytest.fixture
def added() -> list[int]:
    return []


@pytest.fixture
def page(desk: LaptopDesk, theme: Theme, qtbot: QtBot, added: list[int]) -> AttachedScreen:
    made = AttachedScreen(
        theme,
        desk,
        InlineTasks(),
        example_intake(desk),
        leave=lambda: None,
        added=lambda: added.append(1),
        write=durable.write,
    )
    qtbot.addWidget(made)
    made.enter()
    return made


def photograph(folder: Path) -> Path:
    out = BytesIO()
    Image.new("RGB", (400, 300), (20, 120, 90)).save(out, "JPEG")
    target = folder / "green card.jpg"
    target.write_bytes(out.getvalue())
    return target


def read(page: AttachedScreen) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if not label.isHidden())


def test_a_photograph_is_added_looked_at_and_left(
    page: AttachedScreen, tmp_path: Path, added: list[int]
) -> None:
    assert "No document yet." in read(page)
    look = page.findChild(QPushButton, "look_at_document")
    assert look is not None
    assert not look.isEnabled()
    page.presenter.add(photograph(tmp_path))
    assert "“green card” is in this intake, sealed." in read(page)
    assert "delete it there" in read(page)
    assert added == [1]
    rows = page._table.rows
    told = [rows.data(rows.index(0, column)) for column in range(rows.columnCount())]
    assert told[0] == "green card"
    assert told[2:] == ["C. Coordinator", "here, not on the server yet"]
    look.click()
    assert page.covered
    page._back()
    assert not page.covered


def test_what_is_no_document_is_told_in_one_sentence(page: AttachedScreen, tmp_path: Path) -> None:
    source = tmp_path / "notes.txt"
    source.write_text("not to be looked at")
    page.presenter.add(source)
    assert "This is no PDF, JPEG or PNG" in read(page)
    assert "No document yet." in read(page)
