"""One open seat: the frame with its pages, from the unlock to the lock. Layer: ui; composes the features."""
# ruff: noqa: PLC0415 - a dialog is imported when it is first opened

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from ournydesk.domain.ids import IntakeId
from ui.i18n import tr
from ui.intakes.screen import IntakesScreen
from ui.messages import message
from ui.others import Others
from ui.record_pages import RecordPages
from ui.shell.frame import Frame
from ui.shell.last_answers import LastAnswers
from ui.shell.menus import Acts, add_menus
from ui.tasks import Lane, QtTasks
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ournydesk.clock import Clock
    from ournydesk.domain.form_version import FormVersion
    from ournydesk.domain.intake import IntakeRow
    from ournydesk.domain.vault import VaultCard
    from ournydesk.services.intakes import OpenedIntake
    from ui.desk import Desk, FormChoice
    from ui.papers.presenter import Write

T = TypeVar("T")


class OpenSeat:
    """What stands in the window while a vault is open. Ended once; nothing comes home to it afterwards."""

    def __init__(
        self,
        card: VaultCard,
        desk: Desk,
        *,
        theme: Theme,
        tasks: QtTasks,
        clock: Clock,
        write: Write,
        lock: Callable[[], None],
        hide: Callable[[], None],
        leave: Callable[[], None],
        keys: Callable[[], None],
        support: Callable[[], None],
    ) -> None:
        self._desk, self._tasks = desk, tasks
        self._ended = self._busy_already = False
        self._forms: tuple[FormVersion, ...] | None = None
        self._theme, self._name = theme, card.name
        self.has_pin = False
        """Whether six digits stand before a hidden screen."""
        self._pin_offered = False
        self.frame = Frame(theme, lock=lock, hide_screen=hide)
        self.frame.show_who(card.name)
        self._records = RecordPages(desk, theme=theme, tasks=tasks, clock=clock, write=write)
        self.last = LastAnswers(tasks, commit=self._records.commit, unsaved=lambda: self._records.unsaved)
        self._intakes = IntakesScreen(theme, open_intake=self._open_intake, start=self._start_intake)
        self.frame.pages.addWidget(self._intakes)
        self.others = Others(
            self.frame,
            theme=theme,
            desk=desk,
            tasks=tasks,
            clock=clock,
            print_out=self._print_case,
            changed=self._look_again,
            land=self._land,
            write=write,
        )
        acts = Acts(
            new=lambda: self.show_list(then=self._intakes.show_new),
            show_list=self.show_list,
            hide=hide,
            lock=lock,
            quit=leave,
            keys=keys,
            support=support,
            pin=self.choose_pin,
            words=self.change_words,
            back_up=self.back_up,
            cases=lambda: self._with_others(self.others.show_cases),
            team=lambda: self._with_others(self.others.show_team),
            batch=lambda: self._with_others(self.others.show_batch),
            send=lambda: self._with_others(self.others.rounds.now),
            where=lambda: self._with_others(self.others.show_where),
            print_list=lambda: self._with_others(self.others.show_print_list),
            documents=lambda: self.last.then(self._show_documents),
            erase=lambda: self.last.then(self.others.ask_to_erase),
        )
        self.frame.status.asked.connect(lambda: self._with_others(self.others.show_where))
        add_menus(self.frame, theme, acts)

    @property
    def unsaved(self) -> int:
        """How many answers the vault has not taken."""
        return self.last.unsaved()

    def begin(self) -> None:
        """Find out who sits here, and show the first page."""
        self._run(self._desk.pin_chosen, self._set_pin)
        self.others.begin()
        self._read_forms()

    def end(self) -> None:
        """Destroy what shows a record; the caller takes the frame out of the window."""
        self._ended = True
        self._records.forget()
        self.others.stop()

    def tell_unsaved(self, words: str, name: str, act: Callable[[], None]) -> None:
        """Answers would be lost: stay, or ``act`` all the same."""
        self.frame.notice.say(
            tr("Not saved yet: {n}.", n=self.unsaved),
            tr("The line at the foot says why. Mend that, then press Ctrl+S."),
            [(tr("Go on"), "stay", self.frame.notice.hide), (words, name, act)],
        )

    def trouble(self, error: Exception) -> None:
        """Say what went wrong above the page."""
        if not self._ended:
            words, notice = message(error), self.frame.notice
            notice.say(words.what, words.then, [(tr("Close"), "dismiss", notice.hide)], tone="stop")

    # -- how it is kept ------------------------------------------------------------------------------

    def offer_pin(self) -> None:
        """Somebody lifted the curtain with a mere button: say once that six digits can stand before it."""
        if self.has_pin or self._pin_offered:
            return
        self._pin_offered = True
        notice = self.frame.notice
        notice.say(
            tr("Anybody could have shown this screen."),
            tr("Choose six digits, and only you bring it back."),
            [
                (tr("Choose six digits…"), "offer_pin", self.choose_pin),
                (tr("Not now"), "dismiss", notice.hide),
            ],
            tone="notice",
        )

    def choose_pin(self) -> None:
        """Six digits for short breaks."""
        from ui.safety.pin import PinDialog

        def kept() -> None:
            self.has_pin = True
            self._say_done(tr("Six digits are chosen."), tr("F11 hides the screen; they bring it back."))

        PinDialog(self._theme, self._desk, self._tasks, self.frame.window(), kept=kept).open()

    def change_words(self) -> None:
        """Six new words in place of the old ones."""
        from ui.safety.new_words import NewWordsDialog

        def changed() -> None:
            self._say_done(tr("Only the six new words open this seat now."), tr("Destroy the old card."))

        NewWordsDialog(self._theme, self._desk, self._tasks, self.frame.window(), changed=changed).open()

    def back_up(self) -> None:
        """The seat as one encrypted file."""
        from ui.safety.restore import choose_target

        target = choose_target(self.frame.window(), self._name)
        if target is None:
            return

        def done(_none: None) -> None:
            self._say_done(
                tr("The seat is backed up in {name}.", name=target.name),
                tr("Its six words open it; keep the stick apart from the laptop and from the card."),
            )

        self.last.then(lambda: self._run(lambda: self._desk.back_up(target), done))

    def _set_pin(self, chosen: bool) -> None:
        self.has_pin = chosen

    def _say_done(self, what: str, then: str) -> None:
        notice = self.frame.notice
        notice.say(what, then, [(tr("Close"), "dismiss", notice.hide)], tone="notice")

    # -- the list ------------------------------------------------------------------------------------

    def show_list(self, then: Callable[[], None] = lambda: None) -> None:
        """The list of intakes; ``then`` is called when its rows are there."""
        self._busy_already = True

        def go() -> None:
            if self.unsaved:
                self.tell_unsaved(tr("Leave and lose them"), "leave_anyway", lambda: self._go_to_list(then))
            else:
                self._go_to_list(then)

        self.last.then(go)

    def _go_to_list(self, then: Callable[[], None]) -> None:
        self._records.drop()
        self.frame.pages.setCurrentWidget(self._intakes)
        self.frame.status.show_saved("")
        self.frame.notice.hide()
        if self.others.member:
            # A pause in the work: what was typed is sealed, mirrored, and sent if somebody answers.
            self.others.rounds.now()

        def show(rows: tuple[IntakeRow, ...]) -> None:
            self._intakes.show_rows(rows)
            self._show_counts(rows)
            then()

        self._run(self._desk.intakes, show)

    def _land(self, *, reads: bool) -> None:
        """Who reads cases begins with the queue, others with the list; who is busy elsewhere stays there."""
        if self._busy_already or self._ended:
            return
        if reads:
            self.others.show_cases()
        else:
            self.show_list()

    def _look_again(self) -> None:
        """Something came or went: the list, if it is what is shown, and the counts."""

        def refresh(rows: tuple[IntakeRow, ...]) -> None:
            self._intakes.refresh(rows)
            self._show_counts(rows)

        self._read_forms()
        if self._shown(self._intakes):
            self._run(self._desk.intakes, refresh)
        elif self._records.open:
            self._count()

    def _read_forms(self) -> None:
        """What can be started: anew only when the team was sent another form."""

        def read(sent: tuple[FormVersion, ...]) -> None:
            if sent != self._forms:
                self._forms = sent
                # Compiling needs no vault, and answers must not wait behind it.
                self._run(lambda: self._desk.form_choices(sent), self._show_choices, lane=Lane.PAPER)

        self._run(self._desk.sent_forms, read)

    def _show_choices(self, choices: tuple[FormChoice, ...]) -> None:
        self._intakes.show_choices(choices)
        self.others.show_forms(choices)

    def _show_counts(self, rows: tuple[IntakeRow, ...]) -> None:
        self.frame.status.show_counts(row.status for row in rows)

    def _count(self) -> None:
        """Where all records are, in the status line."""
        self._run(self._desk.intakes, self._show_counts)

    # -- one record ----------------------------------------------------------------------------------

    def _start_intake(self, form: str, language: str) -> None:
        self._run(lambda: self._desk.start_intake(form, language), self._open_intake)

    def _open_intake(self, intake: IntakeId) -> None:
        self._run(lambda: self._desk.open_intake(intake), self._show_intake)

    def _show_intake(self, opened: OpenedIntake) -> None:
        self._records.show_intake(self.frame, opened, self.others, self.show_list)
        self._count()

    def _show_documents(self) -> None:
        """The documents of the intake or case that is shown; there the way back leads."""
        case, page = self.others.case, self._records.page
        if case is not None and self._shown(case):
            self.others.show_documents(IntakeId(case.record), self.others.back_to_case)
        elif page is not None and self._records.intake is not None:
            shown = page
            self.others.show_documents(self._records.intake, lambda: self.frame.pages.setCurrentWidget(shown))
        else:
            notice = self.frame.notice
            notice.say(
                tr("Documents belong to an intake."),
                tr("Open an intake or a case first."),
                [(tr("Close"), "dismiss", notice.hide)],
                tone="notice",
            )

    def _print_case(self, intake: IntakeId) -> None:
        def show(opened: OpenedIntake) -> None:
            self._records.show_papers(self.frame, opened, self.others.back_to_case)

        self._run(lambda: self._desk.open_intake(intake), show)

    # -- the rest ------------------------------------------------------------------------------------

    def _with_others(self, act: Callable[[], None]) -> None:
        """Something of the team's pages, once every answer is in the vault."""
        self._busy_already = True
        self.last.then(act)

    def _shown(self, page: QWidget) -> bool:
        return not self._ended and self.frame.pages.currentWidget() is page

    def _run(self, work: Callable[[], T], done: Callable[[T], None], lane: Lane = Lane.VAULT) -> None:
        def told(result: T) -> None:
            if not self._ended:
                done(result)

        self._tasks.run(lane, work, done=told, failed=self.trouble)
