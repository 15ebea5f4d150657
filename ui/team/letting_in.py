"""Letting somebody in: who asks, two words typed as they were heard, what they may do. Layer: ui."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ournydesk.domain.membership import Role, Scope
from ournydesk.domain.team import Clinic, EnrolmentCard, Rights
from ui.i18n import tr
from ui.team.people import ROLES
from ui.theme.theme import Theme
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.switch import Switch
from ui.widgets.text import Label, Text

WIDEST = 760
SCOPES = {Scope.PARTIAL: "Partial: before DHS only", Scope.FULL: "Full: before the immigration courts too"}


class LettingInPage(QWidget):
    """``admitted`` carries a :class:`Rights` and the two words; ``left`` goes back."""

    admitted = Signal(object, str, str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 24, MARGIN, 24)
        card = Card(theme, tr("Let someone in"), name="letting_in_card")
        card.setMaximumWidth(WIDEST)
        self._who = Text(theme, "", Type.SECTION)
        self._who.setObjectName("asking_name")
        card.column.addWidget(self._who)
        words = tr(
            "Ask them to read the six words on their screen. Type the third and the fifth as you hear them: "
            "so both of you know that nobody changed the file on the way."
        )
        card.column.addWidget(Text(theme, words, tone="second"))
        heard = QHBoxLayout()
        heard.setSpacing(16)
        self._third = self._word("third_word", tr("Third word"), heard)
        self._fifth = self._word("fifth_word", tr("Fifth word"), heard)
        card.column.addLayout(heard)
        self._role = Combo(theme, "role", tr("What they do"))
        for role, title in ROLES.items():
            self._role.addItem(tr(title), role.value)
        card.column.addWidget(Label(theme, tr("What they do"), self._role))
        card.column.addWidget(self._role)
        self._scope = Combo(theme, "scope", tr("Accredited for"))
        for scope, title in SCOPES.items():
            self._scope.addItem(tr(title), scope.value)
        self._scope_label = Label(theme, tr("Accredited for"), self._scope)
        self._where = Combo(theme, "visits", tr("Which cases"))
        self._where_label = Label(theme, tr("Which cases"), self._where)
        self._reads = Switch(theme, tr("May read cases"), name="reads_cases")
        self._manages = Switch(theme, tr("May let people in and shut them out"), name="manages_people")
        self._role.currentIndexChanged.connect(lambda _at: self._fit())
        self._reads.toggled.connect(lambda _on: self._show_where())
        for part in (self._scope_label, self._scope, self._reads, self._where_label, self._where):
            card.column.addWidget(part)
        card.column.addWidget(self._manages)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        go = Button(theme, tr("Let in and write the invite…"), kind="primary", name="admit")
        go.clicked.connect(lambda _checked=False: self._admit())
        back = Button(theme, tr("Not now"), kind="quiet", name="not_admitted")
        back.clicked.connect(lambda _checked=False: self.left.emit())
        acts.addWidget(go)
        acts.addWidget(back)
        acts.addStretch(1)
        card.column.addLayout(acts)
        column.addWidget(card)
        column.addStretch(1)
        self._fit()

    def show_card(self, card: EnrolmentCard, clinics: tuple[Clinic, ...] = ()) -> None:
        """Who asks; the words are not shown here, they have to be heard. ``clinics`` can be visited."""
        self._who.setText(card.name)
        for field in (self._third, self._fifth):
            field.clear()
        self._where.clear()
        self._where.addItem(tr("All cases of the team"), "")
        for clinic in clinics:
            self._where.addItem(tr("Only “{clinic}”, until it closes", clinic=clinic.title), clinic.id)
        self._scope.setCurrentIndex(0)
        self._role.setCurrentIndex(0)
        self._fit()
        self._third.setFocus()

    def _word(self, name: str, words: str, row: QHBoxLayout) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label(self._theme, words, field))
        column.addWidget(field)
        row.addLayout(column, 1)
        return field

    def _fit(self) -> None:
        """A volunteer reads no cases and lets nobody in; attorneys read by default."""
        role = Role(self._role.currentData())
        free = role is not Role.VOLUNTEER
        for box in (self._reads, self._manages):
            box.setEnabled(free)
        self._reads.setChecked(free)
        self._manages.setChecked(role is Role.COORDINATOR)
        accredited = role is Role.REPRESENTATIVE
        for part in (self._scope_label, self._scope):
            part.setVisible(accredited)
        self._show_where()

    def _show_where(self) -> None:
        """Whoever visits one clinic reads its cases only."""
        guest = Role(self._role.currentData()) in {Role.ATTORNEY, Role.REPRESENTATIVE}
        shown = guest and self._reads.isChecked() and self._where.count() > 1
        for part in (self._where_label, self._where):
            part.setVisible(shown)
        if not shown:
            self._where.setCurrentIndex(0)

    def _admit(self) -> None:
        role = Role(self._role.currentData())
        accredited = role is Role.REPRESENTATIVE
        rights = Rights(
            role=role,
            manages=self._manages.isChecked(),
            reads=self._reads.isChecked(),
            visits=str(self._where.currentData() or ""),
            scope=Scope(self._scope.currentData()) if accredited else None,
        )
        self.admitted.emit(rights, self._third.text(), self._fifth.text())
