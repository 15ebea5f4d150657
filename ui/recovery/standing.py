"""Who lets people in, and asking a second person to change it. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ournydesk.domain.membership import Role
from ournydesk.domain.team import TeamMember
from ui.i18n import tr
from ui.recovery.parts import WIDEST, button
from ui.theme.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text import Chip, Text


class StandingCard(Card):
    """``changed`` carries a person and whether they may let people in from then on."""

    changed = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Who lets people in"), name="standing_card")
        self.setMaximumWidth(theme.px(WIDEST))

    def show_people(self, people: tuple[TeamMember, ...], *, needs_two: bool) -> None:
        """Everybody who could; a volunteer or a seat never does."""
        self.clear()
        words = (
            tr("Two of these people sign when this changes: you ask here, another one signs.")
            if needs_two
            else tr("One person alone is one accident away from nobody: let a second one do it, too.")
        )
        self.column.addWidget(Text(self._theme, words, tone="second"))
        for person in people:
            if person.role is Role.VOLUNTEER or person.seat:
                continue
            name = (person.name or tr("Name not here yet")) + (tr(" (you)") if person.here else "")
            told = Chip(self._theme, tr("lets people in")) if person.manages else ""
            words = _words(person, needs_two=needs_two)
            act = button(
                self._theme,
                f"stand:{person.id}",
                words,
                lambda user=person.id, may=not person.manages: self.changed.emit(user, may),  # type: ignore[misc]  # a loop's own values
            )
            act.setAccessibleName(f"{words} {name}")
            self.line(Text(self._theme, name, bold=True), told, act)


def _words(person: TeamMember, *, needs_two: bool) -> str:
    if person.manages:
        return tr("Give it up…") if person.here else tr("Take it from them…")
    # Where nobody else signs nothing is asked any more: it holds when the button is pressed.
    return tr("Let them do it…") if needs_two else tr("Let them do it")
