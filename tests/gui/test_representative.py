"""What a representative is accredited for, as both sides' screens say it."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.membership import Role, Scope
from tests.fakes.desks import TickingClock, open_desk
from tests.fakes.tasks import InlineTasks
from tests.gui.test_team_pages import read
from ui.team.letting_in import LettingInPage
from ui.team.screen import TeamScreen
from ui.theme.theme import Theme
from ui.widgets.combo import Combo


def shown(desk: LaptopDesk, qtbot: QtBot) -> str:
    screen = TeamScreen(Theme(), desk, InlineTasks())
    qtbot.addWidget(screen)
    screen.presenter.begin()
    return read(screen)


def test_both_screens_say_what_a_representative_is_accredited_for(tmp_path: Path, qtbot: QtBot) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    representative = open_desk(tmp_path / "r", "R. Representative", clock)
    card = representative.team.ask_to_join("R. Representative", tmp_path / "r.request")
    lead.team.admit(
        tmp_path / "r.request",
        Role.REPRESENTATIVE,
        manages=False,
        reads=True,
        typed=(card.words[2], card.words[4]),
        target=tmp_path / "r.invite",
        scope=Scope.PARTIAL,
    )
    representative.team.join(tmp_path / "r.invite")
    for desk in (lead, representative):
        assert "Accredited representative (partial), reads cases" in shown(desk, qtbot)
        desk.lock()


def test_nobody_is_let_in_as_a_representative_of_an_unsaid_scope(qtbot: QtBot) -> None:
    page = LettingInPage(Theme())
    qtbot.addWidget(page)
    box = page.findChild(Combo, "scope")
    assert box is not None
    assert [box.itemData(place) for place in range(box.count())] == [scope.value for scope in Scope]
