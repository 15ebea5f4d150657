"""What happened, whom to call, and saying that it was dealt with. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ournydesk.domain.membership import Role
from ournydesk.domain.whereabouts import Whereabouts
from ournydesk.domain.wire import Trouble
from ui.i18n import tr
from ui.messages import MESSAGES
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.where.rows import moment
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.text import Label, Text
from ui.widgets.words import WordsField

STOPS: Final = frozenset(("wire.fork", "wire.cloned"))
WIDEST: Final = 720
STORY: Final[Mapping[str, str]] = {
    "wire.fork": "Two people were shown two different logs, or an old place of the log changed. Either "
    "the server was set up wrongly, or somebody shows it differently to different people. Records and "
    "keys are safe; what is sent could be held back, so nothing is sent. Read the eight words of the "
    "log's head to the coordinator and let them compare.",
    "wire.cloned": "The server holds work signed by this desk that this laptop does not know. What is "
    "written here now would clash with that, so nothing is sent. Carry what waits on a stick; then the "
    "coordinator shuts this desk out and lets it in as a new one.",
    "wire.restored": "Its operator put an older copy back, so it forgot the newest work. Every desk that "
    "still has it offers it again by itself.",
    "wire.refused": "It stands below under “Set aside” with what can be done.",
    "wire.quarantined": "It stands below under “Set aside”. The rest goes on.",
}


class Alarms(QWidget):
    """One box each; the words that prove a person stand in a form below the one that stops sending."""

    dismissed = Signal(object)
    settled = Signal(object, str, str)
    """The trouble, the seat's words, and who decided."""

    def __init__(self, theme: Theme, known: Callable[[str], bool]) -> None:
        super().__init__()
        self._theme, self._known = theme, known
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._told: tuple[Trouble, ...] = ()
        self._forms: list[WordsField] = []

    def show_alarms(self, there: Whereabouts) -> None:
        """Those nobody has dealt with; a form that is being filled in stays."""
        told = tuple(one for one in there.wire.troubles if one.code != "wire.quarantined")
        if told == self._told and told:
            return
        self._told = told
        self.forget()
        self._forms = []
        empty(self._column)
        for trouble in sorted(told, key=lambda one: one.code not in STOPS):
            self._column.addWidget(self._box(trouble, there))
        self.setVisible(bool(told))

    def forget(self) -> None:
        """Words that were typed leave the screen."""
        for form in self._forms:
            form.clear()

    def _box(self, trouble: Trouble, there: Whereabouts) -> QWidget:
        words = MESSAGES.get(trouble.code, MESSAGES["wire"])
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        banner = Banner(self._theme, "stop", name=f"alarm:{trouble.code}")
        then = " ".join(
            filter(None, (tr(words.then), tr(STORY.get(trouble.code, "")), _whom(trouble, there)))
        )
        form = self._settling(trouble, manages=there.manages)
        seen = (tr("I have read it"), f"seen:{trouble.code}", lambda: self.dismissed.emit(trouble))
        settle = (tr("It was looked into…"), f"settle:{trouble.code}", form.show)
        acts = [settle if trouble.code in STOPS else seen]
        tone = "stop" if trouble.code in STOPS else "attention"
        column.addWidget(banner)
        banner.say(tr(words.what), then, acts, tone=tone)
        column.addWidget(form)
        column.addWidget(
            Text(
                self._theme,
                tr("Noticed {time}", time=moment(trouble.at, there.now)),
                Type.CAPTION,
                tone="second",
            )
        )
        return holder

    def _settling(self, trouble: Trouble, *, manages: bool) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        form.setMaximumWidth(self._theme.px(WIDEST))
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        by, words = QLineEdit(), WordsField(self._theme, self._known, f"words:{trouble.code}")
        by.setObjectName(f"by:{trouble.code}")
        lead = (
            tr("You sign that it was looked into; the staff is told, with the log's head as it stands here.")
            if manages
            else tr("Only after a coordinator has compared the eight words with you. The staff is told.")
        )
        column.addWidget(Text(self._theme, lead, tone="second"))
        column.addWidget(Label(self._theme, tr("Coordinator who looked into it"), by))
        column.addWidget(by)
        column.addWidget(Label(self._theme, tr("The six words of this seat"), words.line))
        column.addWidget(words)
        row = QHBoxLayout()
        sign = Button(self._theme, tr("Sign it and send again"), kind="danger", name=f"sign:{trouble.code}")
        sign.clicked.connect(lambda _checked=False: self.settled.emit(trouble, words.text, by.text()))
        row.addWidget(sign)
        row.addStretch(1)
        column.addLayout(row)
        self._forms.append(words)
        form.hide()
        return form


def _whom(trouble: Trouble, there: Whereabouts) -> str:
    """The coordinators by name, where any was heard of."""
    if trouble.code not in STOPS:
        return ""
    names = [one.name for one in there.wire.heard if one.role == Role.COORDINATOR and one.name]
    return tr("Call {names}.", names=tr(" or ").join(names)) if names and not there.manages else ""
