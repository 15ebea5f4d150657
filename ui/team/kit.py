"""How the recovery kit stands, on the team's page, for those who manage the team. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ournydesk.domain.recovery import KitStatus
from ui.i18n import tr
from ui.kit_words import kit_line
from ui.theme.theme import Theme
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.text import Chip, Text


class KitCard(Card):
    """One line, and the way to the kit's room."""

    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("If everything is lost"), name="kit_line_card")
        self.hide()

    def show_kit(self, kit: KitStatus | None) -> None:
        """None for people who do not manage the team: they never see it."""
        self.clear()
        self.setVisible(kit is not None)
        if kit is None:
            return
        told = Text(self._theme, kit_line(kit))
        told.setObjectName("team_kit_line")
        chip = tr("due") if kit.due else "" if kit.name or kit.waiting else tr("missing")
        if chip:
            self.line(told, Chip(self._theme, chip, "attention"))
        else:
            self.line(told)
        go = Button(self._theme, tr("Recovery kit…"), icon="shield", name="show_recovery")
        go.clicked.connect(lambda _checked=False: self.wanted.emit())
        self.line(go, "", stretch=1)
