"""The seat that is chosen in the list: given to somebody, renewed, shut out. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ournydesk.domain.seats import Seat, SeatState
from ui.i18n import tr
from ui.seats.presenter import SeatsView
from ui.seats.rows import unsettled
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.text import Label, Text


class ChosenSeat(Card):
    """What can be done with one seat; it says why where something cannot."""

    assigned = Signal(str)
    """A name."""
    settled = Signal(str)
    """The name of whoever sat there all along."""
    renewed = Signal(str, str, str)
    """The seat's vault, the old words, the clinic's id."""
    shut_out = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("This seat"), name="chosen_seat")

    def show_seat(self, seat: Seat | None, view: SeatsView) -> None:
        """Everything anew."""
        self.clear()
        if seat is None:
            self.column.addWidget(Text(self._theme, tr("Choose a seat in the list."), tone="second"))
            return
        state = seat.state(view.now)
        self._say(tr("{seat} of {clinic}", seat=seat.name, clinic=_title(seat)), bold=True)
        if state is SeatState.REVOKED:
            self._say(tr("It was shut out. What was on it can be listed."))
            self._button(tr("What was on it…"), "seat_exposure").clicked.connect(self._out)
            return
        if state is SeatState.EXPIRED:
            self._say(tr("Its clinic is over: it takes nothing new and still sends what is there."))
        else:
            self._assigning(seat, view)
        self._renewing(seat, view)
        out = self._button(tr("Shut out…"), "seat_shut_out", kind="danger")
        out.clicked.connect(self._out)

    def _assigning(self, seat: Seat, view: SeatsView) -> None:
        why = unsettled(seat, view.now)
        if why:
            self._say(why, tone="attention")
        name = QLineEdit()
        name.setObjectName("seat_person")
        self.column.addWidget(Label(self._theme, tr("&Who sits here?"), name))
        self.column.addWidget(name)
        acts = [self._button(tr("Give the seat"), "seat_assign", kind="primary", placed=False)]
        acts[0].clicked.connect(lambda _checked=False: self.assigned.emit(name.text()))
        name.returnPressed.connect(acts[0].click)
        if why:
            settle = self._button(tr("They sat here all along"), "seat_settle", placed=False)
            settle.clicked.connect(lambda _checked=False: self.settled.emit(name.text()))
            acts.append(settle)
        self._row(acts)

    def _renewing(self, seat: Seat, view: SeatsView) -> None:
        here = [card for card in view.here if card.name.startswith(f"{seat.name} - ")]
        ahead = [clinic for clinic in view.clinics if clinic.closes > view.now and clinic != seat.clinic]
        if not here or not ahead:
            told = tr("For another clinic it gets other words on the laptop where it is.")
            self._say(told if ahead else tr("For its next clinic, open that clinic first."), caption=True)
            return
        words = QLineEdit()
        words.setObjectName("seat_old_words")
        words.setEchoMode(QLineEdit.EchoMode.Password)
        clinics = Combo(self._theme, "renew_clinic", tr("Its next clinic"))
        for clinic in ahead:
            clinics.addItem(clinic.title, clinic.id)
        vaults = Combo(self._theme, "renew_vault", tr("Which of them"))
        for card in here:
            vaults.addItem(card.name, card.id)
        self.column.addWidget(Label(self._theme, tr("&Words of its old card"), words))
        self.column.addWidget(words)
        go = self._button(tr("Other words for the next clinic…"), "seat_renew", placed=False)
        go.clicked.connect(
            lambda _checked=False: self.renewed.emit(
                str(vaults.currentData()), words.text(), str(clinics.currentData())
            )
        )
        self.column.addWidget(vaults)
        vaults.setVisible(len(here) > 1)
        self.column.addWidget(clinics)
        self._row([go])

    def _out(self) -> None:
        self.shut_out.emit()

    def _say(self, words: str, *, bold: bool = False, tone: str = "", caption: bool = False) -> None:
        step = Type.CAPTION if caption else Type.BODY
        tone = tone or ("second" if caption else "")
        self.column.addWidget(Text(self._theme, words, step, bold=bold or None, tone=tone))

    def _button(self, words: str, name: str, *, kind: Kind = "plain", placed: bool = True) -> Button:
        made = Button(self._theme, words, kind=kind, name=name)
        if placed:
            self._row([made])
        return made

    def _row(self, buttons: list[Button]) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addWidget(holder)


def _title(seat: Seat) -> str:
    return seat.clinic.title if seat.clinic is not None else tr("a clinic not known here")
