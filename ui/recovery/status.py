"""Where the team stands with its kit, and what can be done. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.recovery import KitStatus
from ui.i18n import tr
from ui.recovery.parts import WIDEST, button, in_a_row
from ui.recovery.standing import StandingCard
from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.text import Chip, Text


class StatusPage(QWidget):
    """What is done here leaves as signals."""

    making = Signal()
    trying = Signal()
    printing = Signal()
    finishing = Signal()
    proposing = Signal()
    reading = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 24, MARGIN, 24)
        column.setSpacing(16)
        self._kit = Card(theme, tr("The team's recovery kit"), name="kit_card")
        self._colleague = Card(theme, tr("A colleague asks for your signature"), name="colleague_card")
        self.standing = StandingCard(theme)
        for card in (self._kit, self._colleague, self.standing):
            card.setMaximumWidth(theme.px(WIDEST))
            column.addWidget(card)
        column.addStretch(1)
        self._fill_colleague()

    def show_status(self, kit: KitStatus, line: str) -> None:
        """Everything anew."""
        card = self._kit
        card.clear()
        card.column.addLayout(self._line(kit, line))
        words = tr(
            "The kit opens the team's cases when no coordinator's laptop or words are left. It has two "
            "halves, and two people keep them: one keeps a file on two USB sticks, the other keeps twelve "
            "words in two sealed envelopes. Neither half opens anything alone."
        )
        card.column.addWidget(Text(self._theme, words, tone="second"))
        if kit.name:
            card.line(
                tr("Name of the kit"), Text(self._theme, " ".join(kit.name), bold=True, wrap=False), stretch=0
            )
        self._unfinished(kit)
        self._acts(kit)
        self._colleague.setVisible(kit.needs_two)

    def enter(self) -> None:
        """The cursor on what is most likely wanted."""
        for name in ("propose_kit", "finish_kit", "try_kit", "make_kit"):
            found = self.findChild(QWidget, name)
            if found is not None:
                found.setFocus()
                return

    def _line(self, kit: KitStatus, line: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        told = Text(self._theme, line, Type.LEAD)
        told.setObjectName("kit_line")
        row.addWidget(told, 1)
        if kit.due or not (kit.name or kit.waiting):
            row.addWidget(Chip(self._theme, tr("due") if kit.name else tr("missing"), "attention"))
        return row

    def _unfinished(self, kit: KitStatus) -> None:
        """What still stands between the kit and what it is for."""
        if kit.waiting:
            told = tr("The kit “{kit}” waits for a second signature.", kit=" ".join(kit.waiting))
            self._kit.line(
                told, button(self._theme, "propose_kit", tr("Write the file for them…"), self.proposing.emit)
            )
        if kit.behind:
            told = tr("{n} clinics or lists are not opened by the kit yet.", n=kit.behind)
            finish = tr("Let the kit open them")
            self._kit.line(told, button(self._theme, "finish_kit", finish, self.finishing.emit))

    def _acts(self, kit: KitStatus) -> None:
        theme, made, acts = self._theme, bool(kit.name or kit.waiting), list[Button]()
        if kit.name:
            words = tr("Try the kit (drill)…")
            acts.append(button(theme, "try_kit", words, self.trying.emit, "primary", "lock"))
        words = tr("Make a new kit…") if made else tr("Make the recovery kit…")
        kind: Kind = "plain" if made else "primary"
        acts.append(button(theme, "make_kit", words, self.making.emit, kind, "shield"))
        if made:
            words = tr("Print the two sheets…")
            acts.append(button(theme, "print_kit", words, self.printing.emit, icon="print"))
        self._kit.column.addLayout(in_a_row(*acts))
        if kit.name:
            words = tr("Make a new kit when one of the two people changes, or when a half of it is missing.")
            self._kit.column.addWidget(Text(theme, words, Type.CAPTION, tone="second"))

    def _fill_colleague(self) -> None:
        words = tr(
            "Some things no coordinator decides alone: a new recovery kit, who lets people in, looser rules. "
            "They write a file; you read here what it says, sign, and give it back. Your own file comes home "
            "here, too."
        )
        self._colleague.column.addWidget(Text(self._theme, words, tone="second"))
        read = button(self._theme, "read_statement", tr("Open the file…"), self.reading.emit, icon="folder")
        self._colleague.column.addLayout(in_a_row(read))
