"""One case as an attorney reads it. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ournydesk.domain.case import CaseView
from ournydesk.domain.intake import Status
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.record import Choice
from ui.cases.answers import AnswersView
from ui.cases.case_presenter import CasePresenter
from ui.cases.decision import DecisionPanel
from ui.cases.findings import Findings
from ui.cases.queues import masked, spelled
from ui.desk import CaseDesk
from ui.i18n import tr
from ui.messages import Message
from ui.tasks import Attached, Tasks
from ui.theme.theme import Theme, reveal, surface
from ui.theme.tokens import MARGIN
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.emptied import empty
from ui.widgets.header import Header
from ui.widgets.ladder import Dots, words_of
from ui.widgets.scroll import scrolled
from ui.widgets.text import Text

FACTS = ("matter", "born", "resident", "language", "taken_by")
TITLES = {
    "matter": "Matter",
    "born": "Born",
    "resident": "Resident since",
    "language": "Language",
    "taken_by": "Taken by",
}


class CaseScreen(QWidget):
    """``print_out`` is called with the record whose papers are wanted."""

    def __init__(
        self,
        theme: Theme,
        cases: CaseDesk,
        tasks: Tasks,
        record: RecordId,
        *,
        leave: Callable[[], None],
        print_out: Callable[[RecordId], None],
        settle: Callable[[CaseView], None] = lambda _view: None,
        language_code: Callable[[str], str] = lambda _name: "en",
    ) -> None:
        super().__init__()
        self._theme, self._record, self._leave, self._print = theme, record, leave, print_out
        self.record = record
        self._settle, self._code = settle, language_code
        surface(self, "paper")
        self._view: CaseView | None = None
        self._open_number = False
        self._name = Text(theme, "", Type.TITLE, wrap=False)
        self._status = Text(theme, "", Type.SMALL, tone="accent", wrap=False)
        self._number = Button(theme, "", kind="quiet", size="small", trailing="eye", name="a_number")
        self._where = QHBoxLayout()
        self._banner = Banner(theme, "attention", name="case_notice")
        self._conflicts = Banner(theme, "attention", name="case_conflicts")
        self._facts: dict[str, Text] = {}
        self._findings, self._answers = Findings(theme), AnswersView(theme)
        self._panel = DecisionPanel(theme)
        self.presenter = CasePresenter(self, cases, Attached(tasks, self), record)
        self._lay_out()
        self._panel.signed.connect(self._sign)
        self._panel.noted.connect(self.presenter.note)
        QShortcut(QKeySequence("Ctrl+M"), self, self._panel.open_note)
        QShortcut(QKeySequence("Ctrl+P"), self, lambda: self._print(self._record))
        QShortcut(QKeySequence("Esc"), self, self._leave)

    # -- the view of the presenter ------------------------------------------------------------------

    def show_case(self, view: CaseView) -> None:
        """The case as it is now."""
        self._view = view
        row = view.row
        self._banner.hide()
        self._name.setText(row.client or tr("No name yet"))
        self._show_number()
        self._show_where()
        told = {
            "matter": row.matter,
            "born": view.born,
            "resident": view.resident_since,
            "language": row.language,
            "taken_by": row.taken_by,
        }
        for name, text in self._facts.items():
            text.setText(told[name] or "—")
        self._findings.show_sheet(view.sheet)
        self._answers.show_case(view, self._code(row.language))
        self._panel.show_case(view)
        if view.conflicts or view.torn:
            first = view.conflicts[0].question if view.conflicts else view.torn[0].label
            self._conflicts.say(
                tr(
                    "{n} answers were given twice and differ, the first: “{first}”.",
                    n=len(view.conflicts) + len(view.torn),
                    first=first,
                ),
                tr("Printing waits until a person has chosen."),
                [(tr("Choose"), "settle_conflicts", lambda: self._settle(view))],
            )
        else:
            self._conflicts.hide()

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        self._banner.say(words.what, words.then, tone="attention")

    def show_done(self, what: str) -> None:
        """What was done."""
        self._banner.say(what, tone="notice")

    # -- acts ---------------------------------------------------------------------------------------

    @property
    def client(self) -> str:
        """The client's name, empty while it is not known."""
        return self._view.row.client if self._view is not None else ""

    def enter(self) -> None:
        """Read the case."""
        self.presenter.begin()

    def _sign(self, choice: str, reason: str) -> None:
        self.presenter.decide(Choice(choice) if choice else None, reason)

    def _lend(self) -> None:
        if self._view is None:
            return
        menu = QMenu(self)
        menu.setObjectName("lend_menu")
        for desk in self._view.desks:
            action = menu.addAction(desk.name)
            action.setObjectName(f"lend:{desk.device}")
            action.triggered.connect(
                lambda _checked=False, one=desk: self.presenter.lend(DeviceId(one.device), one.name)
            )
        menu.popup(self._lend_button.mapToGlobal(QPoint(0, self._lend_button.height())))

    # -- lay-out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        row = QHBoxLayout()
        row.setSpacing(0)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(MARGIN, 16, MARGIN, 24)
        inside.setSpacing(16)
        inside.addWidget(self._banner)
        inside.addWidget(self._conflicts)
        inside.addLayout(self._fact_line())
        inside.addWidget(self._findings)
        inside.addWidget(self._answers)
        inside.addStretch(1)
        row.addWidget(scrolled(body, "case_body"), 1)
        row.addWidget(self._panel)
        column.addLayout(row, 1)

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        bar.lead_back(self._theme, tr("Cases"), self._leave, name="case_back")
        row.addWidget(self._name)
        self._number.clicked.connect(lambda _checked=False: self._turn_number())
        row.addWidget(self._number)
        row.addLayout(self._where)
        row.addStretch(1)
        self._lend_button = Button(self._theme, tr("Lend"), icon="hand_over", name="case_lend")
        self._lend_button.clicked.connect(lambda _checked=False: self._lend())
        note = Button(self._theme, tr("Note"), icon="note", key="Ctrl+M", name="case_note")
        note.clicked.connect(lambda _checked=False: self._panel.open_note())
        out = Button(self._theme, tr("Print"), icon="print", key="Ctrl+P", name="case_print")
        out.clicked.connect(lambda _checked=False: self._print(self._record))
        for button in (self._lend_button, note, out):
            row.addWidget(button)
        return bar

    def _fact_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(32)
        for name in FACTS:
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(Text(self._theme, tr(TITLES[name]), Type.CAPTION, tone="second", wrap=False))
            self._facts[name] = Text(self._theme, "", bold=True)
            cell.addWidget(self._facts[name])
            line.addLayout(cell)
        line.addStretch(1)
        return line

    def _show_number(self) -> None:
        number = self._view.row.a_number if self._view else ""
        self._number.setText(spelled(number) if self._open_number and number else masked(number))
        self._number.setAccessibleName(tr("A-number; press to show or hide all of it"))
        self._number.updateGeometry()
        reveal(self._number, visible=bool(number))

    def _turn_number(self) -> None:
        self._open_number = not self._open_number
        self._show_number()

    def _show_where(self) -> None:
        empty(self._where)
        if self._view is None:
            return
        status = self._view.row.status
        dots = Dots(self._theme, status)
        dots.setAccessibleName(words_of(status))
        dots.setToolTip(words_of(status))
        self._where.addWidget(dots)
        words = words_of(status)
        if status is Status.CARRIED:
            words = tr("carried, not yet on the server")
        self._status = Text(self._theme, words, Type.SMALL, tone="accent", wrap=False)
        self._where.addWidget(self._status)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The client's name keeps its room; the dots still say where the case is."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        roomy = self.width() >= self._theme.px(1180)
        reveal(self._status, visible=roomy)
        reveal(self._number, visible=roomy or self._theme.scale <= 1.5)
