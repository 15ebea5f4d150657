"""The client takes the yes back: who has the answers, and telling them. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.intake import Status
from ournydesk.domain.withdrawal import Holder, Way, Withdrawal
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text

WIDTH, TALLEST, LINE = 600, 260, 30
WHERE = {
    Status.ON_THIS_LAPTOP: "On this laptop only. These people get it, and this word, with the next send.",
    Status.SENDING: "Being sent: others may have it by now.",
    Status.CARRIED: "Carried to other desks, not on the server yet.",
    Status.ON_THE_SERVER: "On the server, which cannot read it.",
    Status.RECEIVED: "The legal team has read it.",
}
WAYS = {Way.GROUP: "reads the cases of this clinic", Way.LENT: "it was lent to them"}


class TakenBackDialog(QDialog):
    """Lists who has a record; ``tell`` says so in it and gives the list anew."""

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        parent: QWidget,
        *,
        found: Withdrawal,
        tell: Callable[[], Withdrawal],
    ) -> None:
        super().__init__(parent)
        self._tasks, self._tell = Attached(tasks, self), tell
        self.setObjectName("taken_back_dialog")
        self.setWindowTitle(tr("The client takes the yes back"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Text(theme, tr("Ticket {n}: who has the answers", n=found.ticket), Type.TITLE))
        column.addWidget(Text(theme, tr(WHERE[found.status])))
        column.addWidget(_listed(theme, found.holders))
        rest = tr(
            "What they have cannot be called back from here. Ask each of them to delete it, and whoever "
            "printed it or saved it in a file: this desk cannot know who did."
        )
        column.addWidget(Text(theme, rest, tone="second"))
        self._banner = Banner(theme, "notice", name="taken_back_notice")
        self._banner.hide()
        column.addWidget(self._banner)
        column.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        close = Button(theme, tr("Close"), kind="quiet", key="Esc", name="taken_back_close")
        close.clicked.connect(lambda _checked=False: self.reject())
        self._go = Button(theme, tr("Tell them in the record"), kind="primary", name="taken_back_tell")
        self._go.clicked.connect(lambda _checked=False: self._tell_them())
        acts.addStretch(1)
        acts.addWidget(close)
        acts.addWidget(self._go)
        column.addLayout(acts)
        self._show(found)
        # Words that wrap ask for more height than they take.
        self.resize(self.minimumWidth(), column.heightForWidth(self.minimumWidth()))
        close.setFocus()

    def _tell_them(self) -> None:
        self._go.setEnabled(False)
        self._tasks.run(Lane.VAULT, self._tell, done=self._show, failed=self._failed)

    def _show(self, found: Withdrawal) -> None:
        self._go.setVisible(not found.told)
        if found.told:
            then = tr("They read it as soon as it reaches them. Nothing more of this client is asked here.")
            self._banner.say(tr("It stands in the record that the client took the yes back."), then)

    def _failed(self, error: Exception) -> None:
        words = message(error)
        self._go.setEnabled(True)
        self._banner.say(words.what, words.then, tone="attention")


def _listed(theme: Theme, holders: tuple[Holder, ...]) -> QWidget:
    body = QWidget()
    surface(body, "paper")
    grid = QGridLayout(body)
    grid.setContentsMargins(0, 4, 0, 4)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    if not holders:
        grid.addWidget(Text(theme, tr("Nobody else.")), 0, 0)
    for at, one in enumerate(holders):
        grid.addWidget(Text(theme, one.name or tr("Name not here yet"), bold=True, wrap=False), at, 0)
        how = tr(WAYS[one.way])
        if one.opened_at is not None:
            at_home = one.opened_at.astimezone()
            how = tr("{how}; opened it, heard on {day}", how=how, day=f"{at_home.day} {at_home:%b, %H:%M}")
        grid.addWidget(Text(theme, how, tone="second"), at, 1)
    area = scrolled(body, "taken_back_list")
    area.setAccessibleName(tr("Who has the answers"))
    area.setFixedHeight(min(theme.px(TALLEST), max(theme.px(LINE), body.sizeHint().height() + 8)))
    return area
