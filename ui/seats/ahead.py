"""The clinics of the team, and the seats that are made for the next one. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ournydesk.services.visiting import Visitor
from ui.i18n import tr
from ui.seats.presenter import LONGER, SeatsView
from ui.seats.rows import clinic_words
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.text import Label, Text

SHOWN = 4
"""Clinics that are listed; older ones are only history."""


class AheadCards(QWidget):
    """Three cards, one under the other. What is typed stays when the list is read anew."""

    opened = Signal(str, str)
    """A title and a time."""
    kept_open = Signal(object)
    visit_ended = Signal(object)
    prepared = Signal(str, str, bool)
    """A clinic's id, how many, and whether into a folder."""
    brought = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._clinics = Card(theme, tr("Clinics"), name="clinics_card")
        self._opening = Card(theme, tr("Open a clinic"), name="opening_card")
        self._prepare = Card(theme, tr("Make seats ready"), name="prepare_card")
        self._title, self._closes = _field("clinic_title"), _field("clinic_closes")
        self._closes.setPlaceholderText("2026-12-05 18:00")
        self._count = _field("seat_count")
        self._count.setText("8")
        self._clinic = Combo(theme, "seat_clinic", tr("For which clinic"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._prepare)
        column.addWidget(self._clinics)
        column.addWidget(self._opening)
        column.addStretch(1)
        self._lay_out_prepare()
        self._lay_out_opening()

    def show_view(self, view: SeatsView) -> None:
        """Clinics, visitors, and what seats can be made for."""
        ahead = [clinic for clinic in view.clinics if clinic.closes > view.now]
        chosen = self._clinic.currentData()
        self._clinic.clear()
        for clinic in reversed(ahead):
            self._clinic.addItem(clinic.title, clinic.id)
        self._clinic.setCurrentIndex(max(0, self._clinic.findData(chosen)))
        for button in self._makes:
            button.setEnabled(bool(ahead))
        self._why.setText("" if ahead else tr("Open the clinic first: a seat is made for one."))
        self._why.setVisible(not ahead)
        self._show_clinics(view)

    def _show_clinics(self, view: SeatsView) -> None:
        card = self._clinics
        card.clear()
        for visitor in view.visitors:
            if visitor.overdue(view.now):
                self._reminder(visitor)
        for clinic in view.clinics[:SHOWN]:
            longer = Button(
                self._theme, tr("{n} hours longer", n=LONGER.seconds // 3600), size="small", name="longer"
            )
            longer.setAccessibleName(tr("Keep {title} open longer", title=clinic.title))
            longer.clicked.connect(lambda _checked=False, one=clinic: self.kept_open.emit(one))
            card.line(clinic_words(clinic, view.now), longer)

    def _open(self) -> None:
        self.opened.emit(self._title.text(), self._closes.text())

    def empty(self) -> None:
        """A clinic was opened: its fields are for the next one."""
        self._title.clear()
        self._closes.clear()

    def _reminder(self, visitor: Visitor) -> None:
        told = tr(
            "{name} visited “{clinic}”, which is over, and still reads what is written to it.",
            name=visitor.name or tr("Somebody"),
            clinic=visitor.clinic.title,
        )
        end = Button(self._theme, tr("End the visit"), size="small", name=f"end_visit:{visitor.device}")
        end.clicked.connect(lambda _checked=False: self.visit_ended.emit(visitor))
        self._clinics.line(Text(self._theme, told, tone="attention"), end)

    def _lay_out_opening(self) -> None:
        card = self._opening
        card.column.addWidget(
            Label(self._theme, tr("&Name: the place, and the day if there are several"), self._title)
        )
        card.column.addWidget(self._title)
        card.column.addWidget(Label(self._theme, tr("Closes, day and &time"), self._closes))
        card.column.addWidget(self._closes)
        go = Button(self._theme, tr("Open this clinic"), name="open_clinic")
        go.clicked.connect(lambda _checked=False: self._open())
        _row(card, go)

    def _lay_out_prepare(self) -> None:
        card, theme = self._prepare, self._theme
        told = tr(
            "Each seat opens with the six words of its card. The words are shown once and kept nowhere."
        )
        card.column.addWidget(Text(theme, told, Type.CAPTION, tone="second"))
        card.column.addWidget(Label(theme, tr("For which &clinic"), self._clinic))
        card.column.addWidget(self._clinic)
        card.column.addWidget(Label(theme, tr("How &many seats"), self._count))
        card.column.addWidget(self._count)
        here = Button(theme, tr("Make them on this laptop"), kind="primary", name="prepare_here")
        here.clicked.connect(lambda _checked=False: self._make(into_folder=False))
        there = Button(theme, tr("Make them in a folder…"), name="prepare_folder")
        there.clicked.connect(lambda _checked=False: self._make(into_folder=True))
        bring = Button(theme, tr("Bring a seat from a stick…"), kind="quiet", size="small", name="bring_seat")
        bring.clicked.connect(lambda _checked=False: self.brought.emit())
        self._makes = (here, there)
        self._why = Text(theme, "", Type.CAPTION, tone="attention")
        card.column.addWidget(self._why)
        _row(card, here)
        _row(card, there)
        _row(card, bring)

    def _make(self, *, into_folder: bool) -> None:
        self.prepared.emit(str(self._clinic.currentData() or ""), self._count.text(), into_folder)


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    return field


def _row(card: Card, button: Button) -> None:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button)
    row.addStretch(1)
    card.column.addWidget(holder)
