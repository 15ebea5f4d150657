"""The intake screen: header, sections, questions, panel, footer. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.engine import Session
from ournydesk.clock import Clock
from ournydesk.domain.answers import Said
from ournydesk.domain.documents import AttorneySheet
from ournydesk.domain.ids import Path
from ournydesk.services.intakes import OpenedIntake
from ui.i18n import tr
from ui.intake.earlier import EarlierDialog, FindTicket
from ui.intake.hand_over import HandOverDialog
from ui.intake.pages import Page
from ui.intake.panel import Panel
from ui.intake.presenter import AttentionRow, IntakePresenter, MissingRow, Record, SectionRow
from ui.intake.rules import RulesPanel
from ui.intake.section import SectionArea
from ui.intake.side import SideList
from ui.intake.turned import TurnedView, askable
from ui.tasks import Tasks
from ui.theme.theme import Theme, surface
from ui.theme.tokens import FOOTER_HEIGHT, LARGE
from ui.theme.type import Type
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.header import Header
from ui.widgets.text import Text

TOAST_MS = 8000
NARROW = 1180


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeWays:
    """What the screen calls: save events, go away, print, tell what was saved."""

    record: Record
    leave: Callable[[], None]
    print_out: Callable[[], None]
    saved: Callable[[str, str], None]
    """Words for the status line and their tone."""
    flash: Callable[[], None]
    hand_over: Callable[[str], None] | None = None
    """Give the intake to the legal team with a word to them; None where there is no team."""
    said_no: Callable[[], None] | None = None
    """The client does not agree: say what follows from that, and do it."""
    earlier: FindTicket | None = None
    """Look for another intake on this laptop by its ticket; None where its answers cannot be used."""
    sheet: Callable[[Session], AttorneySheet | None] | None = None
    """What the rules say of the filling; None for everybody but who reads cases."""


class IntakeScreen(QWidget):
    """One open intake."""

    def __init__(
        self, opened: OpenedIntake, ways: IntakeWays, *, theme: Theme, tasks: Tasks, clock: Clock
    ) -> None:
        super().__init__()
        self._theme, self._ways, self._clock, self._opened = theme, ways, clock, opened
        self._earlier = Button(self._theme, tr("Earlier answers"), kind="quiet", size="small", name="earlier")
        self._earlier.clicked.connect(lambda _checked=False: self._use_earlier())
        self._narrow = False
        self._page: Page | None = None
        self._turned: TurnedView | None = None
        surface(self, "paper")
        self._client = opened.head.language
        session = Session.open(opened.form, opened.answers, clock.now().astimezone())
        self.presenter = IntakePresenter(
            self, session, opened.head, record=ways.record, tasks=tasks, clock=clock
        )
        self._side = SideList(theme)
        self._area = SectionArea(theme, clock.today())
        self._panel = Panel(theme)
        self._rules = RulesPanel(theme)
        self._rules.hide()
        self._next = Button(theme, "", kind="primary", trailing="arrow_right", name="next")
        self._add_row = Button(theme, "", icon="add", key="Ctrl+Shift+N", name="add_row")
        self._aside = Button(theme, "", icon="speech", name="aside")
        self._aside.clicked.connect(lambda _checked=False: self._turn_panel())
        self._ruled = False
        self._toast = Text(theme, "", Type.BODY, wrap=False)
        self._undo = Button(theme, tr("Undo"), size="small", key="Ctrl+Z", name="undo")
        self._toast_rest = QTimer(self)
        self._toast_rest.setSingleShot(True)
        self._toast_rest.timeout.connect(self._hide_toast)
        self._lay_out()
        self._connect()
        self._hide_toast()
        theme.follow(self, self._name_next)
        fresh = not opened.answers.values and not opened.answers.rows
        self.presenter.begin(None if fresh else opened.saved_at)

    # -- the view of the presenter ------------------------------------------------------------------

    def show_sections(self, rows: tuple[SectionRow, ...], current: Path) -> None:
        """The side list, and where "Next" leads."""
        self._side.show_sections(rows, current)
        self._name_next()

    def _name_next(self) -> None:
        title, large = self.presenter.next_title(), self._theme.scale >= LARGE
        self._add_row.tell_key("" if large else "Ctrl+Shift+N")
        self._earlier.setText(tr("Earlier") if large else tr("Earlier answers"))
        self._earlier.updateGeometry()
        if large:
            # In large letters the side list says where "Next" leads.
            title = tr("Next") if title else tr("The list")
        else:
            title = tr("Next: {title}", title=title) if title else tr("Back to the list")
        self._next.setText(title)
        self._next.updateGeometry()

    def show_page(self, page: Page) -> None:
        """The section."""
        self._area.show_page(page, self._client)
        self._page = page
        if self._turned is not None:
            self._turned.show_page(page)
        one = self._area.row_word()
        self._add_row.setText(tr("Add {one}", one=one))
        self._add_row.updateGeometry()
        self._add_row.setVisible(bool(one))

    def show_missing(self, rows: tuple[MissingRow, ...], total: int) -> None:
        """What is missing."""
        self._panel.show_missing(rows, total)

    def show_attention(self, rows: tuple[AttentionRow, ...]) -> None:
        """Why the attorney is called."""
        self._panel.show_attention(rows, self._client)
        self._show_rules()

    def _show_rules(self) -> None:
        """What the rules make of the answer just given, where somebody looks at it."""
        if self._ways.sheet is not None and self._ruled:
            self._rules.show_sheet(self._ways.sheet(self.presenter.session))

    def show_saved(self, at: datetime | None, trouble: str) -> None:
        """The saved line."""
        if trouble:
            self._ways.saved(trouble, "stop")
        elif at is not None:
            self._ways.saved(tr("Saved {time}", time=at.astimezone().strftime("%H:%M:%S")), "")

    def show_removed(self, words: str) -> None:
        """Removed, with the way back beside it."""
        self._toast.setText(tr("Removed: {words}.", words=words))
        self._toast.show()
        self._undo.show()
        self._toast_rest.start(TOAST_MS)

    def focus(self, ref: str) -> None:
        """The cursor into a question."""
        self._place_panel(instead=False)
        self._area.focus(ref)

    # -- acts ---------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The cursor into the first question."""
        self._area.enter()

    def commit(self) -> None:
        """Take what is being typed and offer everything to the vault."""
        self._area.commit()
        self.presenter.save_now()

    def _save(self) -> None:
        self.commit()
        self._ways.flash()

    def _go_next(self) -> None:
        self._area.commit()
        if self.presenter.next_title():
            self.presenter.step(1)
            self._area.enter()
        else:
            self._leave()

    def _leave(self) -> None:
        self.commit()
        self._ways.leave()

    def _print(self) -> None:
        self.commit()
        self._ways.print_out()

    def _use_earlier(self) -> None:
        if self._ways.earlier is not None:
            self._area.commit()
            presenter = self.presenter
            EarlierDialog(
                self._theme,
                self,
                find=self._ways.earlier,
                mine=presenter.session,
                now=self._clock.now().astimezone(),
                take=presenter.take_over,
            ).open()

    def _hand_over(self) -> None:
        go = self._ways.hand_over
        if go is None:
            return
        self.commit()
        HandOverDialog(self._theme, self, missing=self.presenter.missing, go=go).open()

    def _answer(self, path: str, text: str, said: str) -> None:
        self.presenter.answer(Path(path), text, Said(said))
        if self.presenter.refuses(Path(path)):
            self._turn_back()
            self._said_no()

    def _said_no(self) -> None:
        if self._ways.said_no is not None:
            self.commit()
            self._ways.said_no()

    def _add(self, repeat: str = "") -> None:
        wanted = repeat or self._area.first_table()
        if not wanted:
            return
        self._area.commit()
        row = self.presenter.add_row(Path(wanted))
        if row is not None:
            self._area.open_row(wanted, f"{wanted}[{row}]")

    def _turn(self) -> None:
        """Show the section to the client, in their language, over the whole window."""
        if self._turned is not None or self._page is None:
            return
        self._area.commit()
        self._turned = TurnedView(self._theme, self.window(), self._client)
        self._turned.answered.connect(self._answer)
        self._turned.turned_back.connect(self._turn_back)
        asked = askable(self._page)
        empty = next((one.ref for one in asked if not one.text and one.said is Said.VALUE), "")
        self._turned.show_page(self._page, empty)
        self._turned.show()
        self._turned.raise_()
        self._turned.setFocus()

    def _turn_back(self) -> None:
        if self._turned is not None:
            self._turned.hide()
            self._turned.deleteLater()
            self._turned = None
            self._area.enter()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing of an intake stays over another page."""
        super().hideEvent(event)
        self._turn_back()

    def _take_back(self) -> None:
        self.presenter.undo()
        self._hide_toast()

    def _hide_toast(self) -> None:
        self._toast.hide()
        self._undo.hide()

    def _called(self) -> None:
        self._panel.note_call(self._clock.now().astimezone().strftime("%H:%M"))

    def _speak(self, index: int) -> None:
        self._client = self._opened.form.languages[index]
        self.presenter.speak(self._client)

    # -- lay-out ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self._middle = middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._side)
        self._centre = centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(self._area, 1)
        centre.addWidget(self._footer())
        middle.addLayout(centre, 1)
        middle.addWidget(self._panel)
        middle.addWidget(self._rules)  # hidden until F6; _place_panel puts either where there is room
        column.addLayout(middle, 1)

    def _header(self) -> QWidget:
        bar = Header()
        row = bar.row
        bar.lead_back(self._theme, tr("All intakes"), self._leave)
        head = self._opened.head
        row.addWidget(Text(self._theme, tr("Ticket {n}", n=head.ticket), Type.TITLE, wrap=False))
        self._form_title = Text(self._theme, head.form_title, Type.BODY, tone="second", wrap=False)
        row.addWidget(self._form_title)
        row.addStretch(1)
        self._spoken = Text(self._theme, tr("Client's language"), Type.CAPTION, tone="hint", wrap=False)
        row.addWidget(self._spoken)
        self._languages = Combo(self._theme, "client_language", tr("Client's language"))
        self._languages.addItems([name.partition(" (")[0] for name in self._opened.form.languages])
        if self._client in self._opened.form.languages:
            self._languages.setCurrentIndex(self._opened.form.languages.index(self._client))
        row.addWidget(self._languages)
        # A form in one language only says nowhere which one that is.
        self._languages.setVisible(bool(self._opened.form.languages))
        if self._ways.sheet is not None:
            rules = Button(self._theme, tr("Rules"), icon="note", key="F6", name="rules")
            rules.clicked.connect(lambda _checked=False: self._turn_rules())
            row.addWidget(rules)
        turn = Button(self._theme, tr("Turn"), icon="eye", key="F4", name="turn")
        turn.setAccessibleDescription(tr("Show this section to the client, in their language"))
        turn.clicked.connect(lambda _checked=False: self._turn())
        row.addWidget(turn)
        out = Button(self._theme, tr("Print"), icon="print", key="Ctrl+P", name="print")
        out.clicked.connect(lambda _checked=False: self._print())
        row.addWidget(out)
        if self._ways.hand_over is not None:
            give = Button(
                self._theme, tr("Hand over"), icon="hand_over", key=tr("Ctrl+Enter"), name="hand_over"
            )
            give.clicked.connect(lambda _checked=False: self._hand_over())
            row.addWidget(give)
        bar.may_go(self._spoken, self._form_title)
        return bar

    def _footer(self) -> QWidget:
        bar = QWidget()
        surface(bar, "paper", edge="top")
        bar.setMinimumHeight(FOOTER_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(32, 0, 32, 0)
        row.setSpacing(12)
        row.addWidget(self._add_row)
        row.addWidget(self._aside)
        row.addWidget(self._toast)
        row.addWidget(self._undo)
        if self._ways.earlier is not None:
            row.addWidget(self._earlier)
        row.addStretch(1)
        row.addWidget(self._next)
        return bar

    def _connect(self) -> None:
        presenter = self.presenter
        self._side.chosen.connect(self._choose_section)
        self._area.answered.connect(self._answer)
        self._area.row_added.connect(self._add)
        self._area.row_removed.connect(lambda path, words: presenter.remove_row(Path(path), words))
        self._panel.jump.connect(lambda path: presenter.jump(Path(path)))
        self._panel.called.connect(self._called)
        self._next.clicked.connect(lambda _checked=False: self._go_next())
        self._add_row.clicked.connect(lambda _checked=False: self._add())
        self._undo.clicked.connect(lambda _checked=False: self._take_back())
        self._languages.activated.connect(self._speak)
        for keys, act in (
            ("Ctrl+S", self._save),
            ("Ctrl+Z", self._take_back),
            ("Ctrl+P", self._print),
            ("Ctrl+Return", self._hand_over),
            ("Ctrl+Shift+N", self._add),
            ("Ctrl+Shift+X", self._said_no),
            ("Ctrl+PgDown", lambda: self._step(1)),
            ("Ctrl+PgUp", lambda: self._step(-1)),
            ("F4", self._turn),
            ("F6", self._turn_rules),
            ("F8", presenter.jump_to_next_missing),
            ("F9", self._called),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _choose_section(self, path: str) -> None:
        self._area.commit()
        self.presenter.go(Path(path))
        self._area.enter()

    def _step(self, by: int) -> None:
        self._area.commit()
        self.presenter.step(by)
        self._area.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for three columns, the panel gives way."""
        super().resizeEvent(event)
        self._narrow = event.size().width() < min(self._theme.px(NARROW), 1600)
        self._place_panel(instead=False)

    def _turn_panel(self) -> None:
        self._place_panel(instead=(self._rules if self._ruled else self._panel).isHidden())

    def _turn_rules(self) -> None:
        """What the rules say in the place of what is missing, and back; for who reads cases."""
        if self._ways.sheet is None:
            return
        self._area.commit()
        self._ruled = not self._ruled
        self._show_rules()
        self._place_panel(instead=self._ruled)

    def _place_panel(self, *, instead: bool) -> None:
        """Beside the questions where there is room; else in their place, at a press."""
        shown, other = (self._rules, self._panel) if self._ruled else (self._panel, self._rules)
        shown.widen(wide=self._narrow)
        if self._narrow:
            self._centre.insertWidget(0, shown, 1)
        else:
            self._middle.addWidget(shown)
        other.hide()
        shown.setVisible(instead or not self._narrow)
        self._area.setVisible(not (instead and self._narrow))
        self._aside.setVisible(self._narrow)
        panel = tr("Attorney") if self._theme.scale >= LARGE else tr("Attorney, missing")
        self._aside.setText(tr("Questions") if instead else panel)
        self._aside.updateGeometry()
