"""What is asked before some papers are made: which handout, and who reads an incident's report. Layer: ui."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ournydesk.domain.handouts import Handout
from ournydesk.domain.incident import Recipient
from ui.i18n import tr
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.text import Label, Text

RECIPIENTS = {
    Recipient.INTERNAL: "Our own staff",
    Recipient.PARTNERS: "Partner organizations",
    Recipient.ATTORNEY: "An attorney",
    Recipient.STATE: "The state's human rights division",
    Recipient.CITY: "The city's human rights commission",
    Recipient.ATTORNEY_GENERAL: "The attorney general",
    Recipient.DISTRICT_ATTORNEY: "The district attorney",
    Recipient.POLICE: "The police",
    Recipient.FEDERAL: "A federal agency",
    Recipient.INSTITUTION: "The institution concerned",
    Recipient.PRESS: "The press",
}
"""Who can be sent a report; statistics are counted, nobody reads them."""


class HandoutAsk(QWidget):
    """``wanted`` carries the place of the handout that was pressed."""

    wanted = Signal(int)

    def __init__(self, theme: Theme, found: Sequence[Handout]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(theme, tr("Handouts of the team"), Type.LEAD, bold=True))
        if not found:
            none = tr("The coordinator has sent none yet: ournydesk paper handout --send.")
            column.addWidget(Text(theme, none, Type.BODY))
        for at, handout in enumerate(found):
            words = tr("{title} · {language}", title=handout.title, language=handout.language)
            button = Button(theme, words, name=f"handout:{at}")
            button.clicked.connect(lambda _checked=False, at=at: self.wanted.emit(at))
            column.addWidget(button)


class ReaderAsk(QWidget):
    """``wanted`` carries who reads the report."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(theme, tr("Who reads this report?"), Type.LEAD, bold=True))
        why = tr("Only what the person agreed to for this reader is printed, and nothing for anybody else.")
        column.addWidget(Text(theme, why, Type.BODY))
        self._who = Combo(theme, "report_reader", tr("Who reads it"))
        for recipient, words in RECIPIENTS.items():
            self._who.addItem(tr(words), recipient.value)
        column.addWidget(Label(theme, tr("Who reads it"), self._who))
        column.addWidget(self._who)
        make = Button(theme, tr("Make the report"), name="make_report")
        make.clicked.connect(lambda _checked=False: self.wanted.emit(str(self._who.currentData())))
        column.addWidget(make)
