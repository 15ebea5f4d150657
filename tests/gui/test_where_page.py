"""What is where: the page, on real desks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.membership import Role
from ournydesk.domain.oplog import Standing
from ournydesk.services import membership, records, troubles
from tests.fakes.cheap import WORDS
from tests.fakes.desks import TickingClock, enrol, example_intake, open_desk
from tests.fakes.tasks import InlineTasks
from ui.shell.status import StatusLine
from ui.theme.theme import Theme
from ui.where.screen import WhereScreen
from ui.widgets.card import Card
from ui.widgets.text import Text


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TickingClock) -> Iterator[LaptopDesk]:
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    lead.team.publish_form("naturalization")
    made = open_desk(tmp_path / "desk", "Jo Volunteer", clock)
    enrol(made, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    lead.wire.write_courier(tmp_path / "team.courier")
    made.wire.read_courier(tmp_path / "team.courier")
    yield made
    made.lock()
    lead.lock()


@pytest.fixture
def page(desk: LaptopDesk, theme: Theme, qtbot: QtBot) -> WhereScreen:
    made = WhereScreen(theme, desk, InlineTasks(), rounds=lambda: None)
    qtbot.addWidget(made)
    made.enter()
    return made


def press(page: QWidget, name: str) -> None:
    settle()
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    found.click()


def type_into(page: QWidget, name: str, text: str) -> None:
    found = page.findChild(QLineEdit, name)
    assert found is not None, name
    found.setText(text)


def settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def read(page: QWidget) -> str:
    settle()
    return "\n".join(label.text() for label in page.findChildren(Text) if not label.isHidden())


def shown_cards(page: WhereScreen) -> set[str]:
    return {card.accessibleName() for card in page.findChildren(Card) if not card.isHidden()}


def rows(page: WhereScreen) -> list[tuple[str, ...]]:
    model = page._table.rows
    return [
        tuple(model.data(model.index(row, column)) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_each_record_says_where_it_is_and_a_stick_carries_it(
    page: WhereScreen, desk: LaptopDesk, tmp_path: Path
) -> None:
    assert "No server is set up." in read(page)
    example_intake(desk)
    example_intake(desk, agrees=False)
    page.enter()
    assert rows(page) == [
        ("#2  Naturalization (N-400)", "on this laptop only", "the client to agree"),
        ("#1  Naturalization (N-400)", "on this laptop only", "the next round"),
    ]
    page.presenter.write_stick(tmp_path / "out.courier")
    assert rows(page)[1] == ("#1  Naturalization (N-400)", "carried", "the server")
    page.presenter.read_stick(tmp_path / "out.courier")
    assert "Nothing in it was new here." in read(page)
    page.presenter.read_stick(tmp_path / "missing.courier")
    assert "missing.courier" in read(page)


def test_documents_on_their_way_are_counted_in_parts(
    page: WhereScreen, desk: LaptopDesk, tmp_path: Path
) -> None:
    source = tmp_path / "card.png"
    Image.new("RGB", (60, 40), (20, 120, 90)).save(source)
    assert "Documents on their way" not in shown_cards(page)
    desk.attached.add(example_intake(desk), "card", desk.attached.read(source))
    page.enter()
    assert "Documents on their way" in shown_cards(page)
    assert "0 of 1 parts on the server" in read(page)
    press(page, "check_out")
    assert "1 documents the server does not have whole" in read(page)


def test_a_laptop_is_kept_while_it_holds_what_is_nowhere_else(page: WhereScreen, desk: LaptopDesk) -> None:
    draft = example_intake(desk, agrees=False)
    press(page, "check_out")
    assert "Keep this laptop." in read(page)
    assert "1 without the client's agreement" in read(page)
    desk.decline(draft)
    vault = desk.team.replica().vault
    for one in vault.operations.outbox(100, 10**7):
        vault.operations.settle(one.op_id, Standing.QUARANTINED)
    press(page, "check_out")
    assert "This laptop can be handed back." in read(page)


def test_what_was_refused_has_ways_out(page: WhereScreen, desk: LaptopDesk, clock: TickingClock) -> None:
    example_intake(desk)
    vault = desk.team.replica().vault
    records.seal_all(vault=vault, clock=clock)
    own = membership.identity_of(vault).device
    refused = [one for one in vault.operations.outbox(100, 10**7) if one.header.dev == own][-1]
    vault.operations.settle(refused.op_id, Standing.REFUSED, "role")
    troubles.tell("wire.refused", "role", vault=vault, clock=clock)
    page.enter()
    assert "The server did not take something this desk signed." in read(page)
    assert rows(page)[0][2] == "you: see “Set aside”"
    assert "What was written here later waits behind it" in read(page)
    press(page, f"again:{refused.op_id[:8]}")
    assert "It was looked at again." in read(page)
    assert rows(page)[0][2] == "the next round"
    assert desk.where.where().wire.troubles == ()


def test_an_alarm_says_what_happened_and_is_settled_with_words(
    page: WhereScreen, desk: LaptopDesk, clock: TickingClock
) -> None:
    vault = desk.team.replica().vault
    troubles.tell("wire.restored", "3", vault=vault, clock=clock)
    troubles.tell("wire.fork", "7", vault=vault, clock=clock)
    page.enter()
    told = read(page)
    assert "The server tells this desk another story" in told
    assert "Call C. Coordinator." in told
    press(page, "seen:wire.restored")
    press(page, "settle:wire.fork")
    press(page, "sign:wire.fork")
    assert "Type the name of the coordinator" in read(page)
    type_into(page, "by:wire.fork", "C. Coordinator")
    type_into(page, "words:wire.fork", "none of these words fit at all")
    press(page, "sign:wire.fork")
    assert "These words do not open this seat." in read(page)
    type_into(page, "words:wire.fork", WORDS)
    press(page, "sign:wire.fork")
    assert "It is signed and goes to the staff." in read(page)
    assert desk.where.where().wire.troubles == ()


def test_a_relay_is_named_and_taken_back(page: WhereScreen, desk: LaptopDesk) -> None:
    page.presenter.use_relay(" https://192.168.8.10:8444 ", None)
    assert desk.where.where().wire.relay == "https://192.168.8.10:8444"
    assert "Not tried yet." in read(page)
    page.presenter.use_relay("", None)
    assert "No relay is named." in read(page)


@pytest.mark.parametrize("width", [1024, 1366])
def test_the_steps_at_the_foot_are_never_cut(theme: Theme, qtbot: QtBot, width: int) -> None:
    foot = StatusLine(theme)
    qtbot.addWidget(foot)
    foot.show_needs(12)
    foot.show_reach("The server tells another story. Call the coordinator.")
    foot.resize(width, 34)
    foot.show()
    for step in foot._steps.values():
        assert step.width() >= step.sizeHint().width()
