"""Until when the agency takes an edition: said, confirmed, and overridden with a reason. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ournydesk.domain.days import english_day
from ournydesk.domain.editions import Standing
from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.text import Label, Text


class EditionCard(QWidget):
    """What is known of an edition; ``confirmed`` carries the last day as it was typed, or nothing."""

    confirmed = Signal(str)

    def __init__(self, theme: Theme, known: Standing) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Text(theme, tr("Edition {edition}", edition=known.edition), Type.LEAD, bold=True))
        looked = (
            tr("Last confirmed on the agency's site: {day}.", day=english_day(known.confirmed))
            if known.confirmed
            else tr("Nobody has confirmed it on the agency's site yet.")
        )
        ends = (
            tr("Accepted until {day}.", day=english_day(known.until))
            if known.until
            else tr("No last day is known.")
        )
        self.said = Text(theme, f"{looked} {ends}", Type.BODY)
        column.addWidget(self.said)
        self._open = Button(theme, tr("I looked it up today…"), size="small", name="confirm_edition")
        column.addWidget(self._open)
        self._ask = QWidget()
        self._ask.hide()
        inner = QVBoxLayout(self._ask)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        self._until = QLineEdit()
        self._until.setObjectName("edition_until")
        self._until.setPlaceholderText(tr("Year-month-day, 2026-12-04"))
        inner.addWidget(Label(theme, tr("The agency takes it until (may stay empty)"), self._until))
        inner.addWidget(self._until)
        save = Button(theme, tr("Save for every desk"), size="small", name="save_edition")
        save.clicked.connect(lambda _checked=False: self.confirmed.emit(self._until.text().strip()))
        inner.addWidget(save)
        column.addWidget(self._ask)
        self._open.clicked.connect(lambda _checked=False: self._unfold())

    def _unfold(self) -> None:
        self._open.hide()
        self._ask.show()
        self._until.setFocus()


class OverAsk(QWidget):
    """An edition that is over; ``wanted`` carries the reason an attorney signs to print it all the same."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(theme, tr("For an attorney only"), Type.LEAD, bold=True))
        why = tr("Your reason is signed and kept with what was read and printed.")
        column.addWidget(Text(theme, why, Type.BODY))
        self._reason = QPlainTextEdit()
        self._reason.setObjectName("edition_reason")
        self._reason.setFixedHeight(theme.px(88))
        self._reason.setTabChangesFocus(True)
        column.addWidget(Label(theme, tr("Why it is printed all the same"), self._reason))
        column.addWidget(self._reason)
        self._print = Button(theme, tr("Sign and fill the form"), name="print_over")
        self._print.setEnabled(False)
        self._reason.textChanged.connect(lambda: self._print.setEnabled(bool(self._said())))
        self._print.clicked.connect(lambda _checked=False: self.wanted.emit(self._said()))
        column.addWidget(self._print)

    def _said(self) -> str:
        return self._reason.toPlainText().strip()
