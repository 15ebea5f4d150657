"""Using the answers of another intake: which ticket, whose answers, and what would come over. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from forms.engine import Session
from forms.library.carrying import WHOLE, Carried, Origin, household_blocks, offered
from ournydesk.services.intakes import OpenedIntake
from ui.i18n import tr
from ui.theme.theme import Theme, reveal
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog
from ui.widgets.text import Label, Text

WIDTH: Final = 560
TICKET_WIDTH: Final = 120
MOST_TICKET: Final = 999_999
FindTicket = Callable[[int, Callable[[OpenedIntake | None], None]], None]
"""Looks for a ticket and calls back with the intake, None when there is none."""


class EarlierDialog(Dialog):
    """``take`` is called with the answers that somebody looked at and wants."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        *,
        find: FindTicket,
        mine: Session,
        now: datetime,
        take: Callable[[tuple[Carried, ...]], None],
    ) -> None:
        lead = tr("Consent, safety and everything about conduct are asked anew.")
        title = tr("Use the answers of another intake")
        super().__init__(theme, parent, name="earlier_dialog", title=title, lead=lead, width=WIDTH)
        self._find, self._mine, self._now, self._take = find, mine, now, take
        self._theirs: OpenedIntake | None = None
        self._found: tuple[Carried, ...] = ()
        self._ticket = QLineEdit()
        self._ticket.setObjectName("earlier_ticket")
        self._ticket.setValidator(QIntValidator(1, MOST_TICKET, self._ticket))
        self._ticket.setFixedWidth(theme.px(TICKET_WIDTH))
        self._ticket.returnPressed.connect(self._look)
        self._whose = Combo(theme, "earlier_whose", tr("Whose answers are they?"))
        self._whose.addItems([tr("The same client’s"), tr("Of somebody in the same household")])
        self._whose.activated.connect(lambda _index: self._show())
        self._told = Text(theme, "", tone="second")
        self._told.setObjectName("earlier_told")
        self._list = Text(theme, "")
        self._list.setObjectName("earlier_list")
        look = Button(theme, tr("Look"), name="earlier_look")
        look.clicked.connect(lambda _checked=False: self._look())
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget in (self._ticket, look, self._whose):
            row.addWidget(widget)
        row.addStretch(1)
        self.column.addWidget(Label(theme, tr("Its ticket"), self._ticket))
        self.column.addLayout(row)
        self.column.addWidget(self._told)
        self.column.addWidget(self._list)
        self.button(tr("Not now"), self.reject, kind="quiet", key="Esc", name="earlier_not")
        self._use = self.button(tr("Use these answers"), self._go, kind="primary", name="earlier_use")
        self._show()
        self._ticket.setFocus()

    def _look(self) -> None:
        if self._ticket.text():
            self._find(int(self._ticket.text()), self._arrived)

    def _arrived(self, theirs: OpenedIntake | None) -> None:
        self._theirs = theirs
        self._show()
        if theirs is None:
            self._told.setText(tr("There is no such ticket on this laptop. Check the number."))
            reveal(self._told, visible=True)

    def _show(self) -> None:
        """What would come over, each answer with its question."""
        theirs = self._theirs
        self._found = () if theirs is None else self._offered(theirs)
        lines = [f"{self._mine.text(one.path).text.strip()}  {self._said(one)}" for one in self._found]
        self._list.setText("\n".join(lines))
        reveal(self._list, visible=bool(lines))
        told = ""
        if theirs is not None:
            origin = tr("From “{form}”, ticket {n}.", form=theirs.head.form_title, n=theirs.head.ticket)
            told = origin if lines else tr("{origin} Nothing of it can be used here.", origin=origin)
        self._told.setText(told)
        reveal(self._told, visible=bool(told))
        self._use.setEnabled(bool(lines))
        self.fit()

    def _offered(self, theirs: OpenedIntake) -> tuple[Carried, ...]:
        session = Session.open(theirs.form, theirs.answers, self._now)
        blocks = WHOLE if self._whose.currentIndex() == 0 else household_blocks(session)
        origin = Origin(theirs.head.form_title, theirs.head.ticket)
        return offered(session, self._mine, origin, blocks=blocks)

    def _said(self, one: Carried) -> str:
        labels = {choice.value: choice.label.text for choice in self._mine.choices(one.path)}
        return ", ".join(labels.get(word, word) for word in one.text.split()) if labels else one.text

    def _go(self) -> None:
        chosen = self._found
        self.accept()
        self._take(chosen)
