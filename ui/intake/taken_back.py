"""The client takes the yes back: who has the answers, and telling them. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from ournydesk.domain.intake import Status
from ournydesk.domain.withdrawal import Holder, Way, Withdrawal
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme, surface
from ui.widgets.dialog import Dialog
from ui.widgets.text import Text

WIDTH = 600
WHERE = {
    Status.ON_THIS_LAPTOP: "On this laptop only. These people get it, and this word, with the next send.",
    Status.SENDING: "Being sent: others may have it by now.",
    Status.CARRIED: "Carried to other desks, not on the server yet.",
    Status.ON_THE_SERVER: "On the server, which cannot read it.",
    Status.RECEIVED: "The legal team has read it.",
}
WAYS = {Way.GROUP: "reads the cases of this clinic", Way.LENT: "it was lent to them"}


class TakenBackDialog(Dialog):
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
        title = tr("Ticket {n}: who has the answers", n=found.ticket)
        super().__init__(theme, parent, name="taken_back_dialog", title=title, width=WIDTH)
        self._tasks, self._tell = Attached(tasks, self), tell
        self.column.addWidget(Text(theme, tr(WHERE[found.status])))
        self.column.addWidget(_listed(theme, found.holders))
        rest = tr(
            "What they have cannot be called back from here. Ask each of them to delete it, and whoever "
            "printed it or saved it in a file: this desk cannot know who did."
        )
        self.column.addWidget(Text(theme, rest, tone="second"))
        close = self.button(tr("Close"), self.reject, kind="quiet", key="Esc", name="taken_back_close")
        self._go = self.button(
            tr("Tell them in the record"), self._tell_them, kind="primary", name="taken_back_tell"
        )
        self._show(found)
        close.setFocus()

    def _tell_them(self) -> None:
        self._go.setEnabled(False)
        self._tasks.run(Lane.VAULT, self._tell, done=self._show, failed=self._failed)

    def _show(self, found: Withdrawal) -> None:
        self._go.setVisible(not found.told)
        if found.told:
            then = tr("They read it as soon as it reaches them. Nothing more of this client is asked here.")
            self.say(tr("It stands in the record that the client took the yes back."), then, tone="notice")

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        self.show_trouble(message(error))


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
    body.setAccessibleName(tr("Who has the answers"))
    return body
