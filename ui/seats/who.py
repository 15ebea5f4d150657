"""Who sits here today? Asked at a seat when it is first opened on a day. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ournydesk.domain.seats import Seat
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.text import Label, Text

WIDTH = 520


class WhoPage(QWidget):
    """One field. ``known`` is called once the name is sealed into the seat's own chain."""

    def __init__(self, theme: Theme, desk: Desk, tasks: Tasks, *, known: Callable[[], None]) -> None:
        super().__init__()
        surface(self, "desk")
        self._desk, self._tasks, self._known = desk, Attached(tasks, self), known
        self._banner = Banner(theme, "attention", name="who_notice")
        self._told = Text(theme, "", Type.BODY, tone="second")
        self._name = QLineEdit()
        self._name.setObjectName("who_name")
        self._name.returnPressed.connect(self._submit)
        card = Card(theme, tr("Who sits here today?"), name="who_card")
        card.setFixedWidth(theme.px(WIDTH))
        card.column.addWidget(self._banner)
        card.column.addWidget(self._told)
        card.column.addWidget(Label(theme, tr("Your &name"), self._name))
        card.column.addWidget(self._name)
        why = tr("It stands beside everything that is written here from now on.")
        card.column.addWidget(Text(theme, why, Type.CAPTION, tone="second"))
        self._go = Button(theme, tr("Begin"), kind="primary", size="large", name="who_begin")
        self._go.clicked.connect(lambda _checked=False: self._submit())
        card.column.addWidget(self._go)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def enter(self, seat: Seat | None) -> None:
        """Show which seat this is and what the lead wrote down."""
        title = seat.clinic.title if seat is not None and seat.clinic is not None else ""
        told = (
            [tr("{seat} of “{clinic}”.", seat=seat.name, clinic=title)] if seat is not None and title else []
        )
        given = list(dict.fromkeys(one.name for one in seat.assignments)) if seat is not None else []
        if given:
            told.append(tr("The clinic lead gave it to {name}.", name=given[-1]))
            self._name.setText(given[-1])
            self._name.selectAll()
        self._told.setText(" ".join(told))
        self._told.setVisible(bool(told))
        self._name.setFocus()

    def _submit(self) -> None:
        name = self._name.text()

        def failed(error: Exception) -> None:
            words = message(error)
            self._go.setEnabled(True)
            self._banner.say(words.what, words.then)

        self._go.setEnabled(False)
        self._tasks.run(
            Lane.VAULT,
            lambda: self._desk.seats.sit_down(name),
            done=lambda _none: self._known(),
            failed=failed,
        )
