"""Thinks for the intake screen: what is asked, what was answered, what is saved. Layer: ui, without Qt.

Every answer goes the same way: into the session, onto the screen, and as events to the vault's lane.
Events wait in order until the vault has taken them; when it cannot, the screen says since when, and they
are offered again with the next answer, at every pause and at Ctrl+S.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from forms.engine import Session, StepRefused
from forms.library.attention import attention
from forms.library.carrying import Carried, take
from forms.library.progress import CONSENT, Section, agreed, counts, section_of, sections
from ournydesk.clock import Clock
from ournydesk.domain.answers import AnswerEvent, Answers, Said
from ournydesk.domain.ids import Path, RowId
from ournydesk.domain.intake import IntakeHead, Progress
from ui.i18n import tr
from ui.intake import pages
from ui.intake.history import History
from ui.intake.pages import Languages, Page, Words
from ui.messages import message
from ui.tasks import Lane, Tasks

Record = Callable[[tuple[AnswerEvent, ...], Progress], datetime]
MOST_MISSING: Final = 200


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One line of the side list."""

    section: Section
    title: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One line of "Still missing"; pressing it jumps there."""

    path: Path
    ref: str
    words: str
    mend: bool


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """Why the attorney is called: a question and its answer, never what it means."""

    path: Path
    ref: str
    words: str


class IntakeView(Protocol):
    """What the screen can show."""

    def show_sections(self, rows: tuple[SectionRow, ...], current: Path) -> None:
        """The side list."""
        ...

    def show_page(self, page: Page) -> None:
        """A section, in place of the one shown or as a change of it."""
        ...

    def show_missing(self, rows: tuple[MissingRow, ...], total: int) -> None:
        """What is left to ask and to mend."""
        ...

    def show_attention(self, rows: tuple[AttentionRow, ...]) -> None:
        """Why the attorney is called, empty when nobody is."""
        ...

    def show_saved(self, at: datetime | None, trouble: str) -> None:
        """When the last answer was saved, or what keeps it from being saved."""
        ...

    def show_removed(self, words: str) -> None:
        """A row is gone, and can come back."""
        ...

    def focus(self, ref: str) -> None:
        """Put the cursor into a question."""
        ...


class IntakePresenter:
    """One intake while it is open."""

    def __init__(
        self,
        view: IntakeView,
        session: Session,
        head: IntakeHead,
        *,
        record: Record,
        tasks: Tasks,
        clock: Clock,
    ) -> None:
        self._view, self._session, self.head = view, session, head
        self._record, self._tasks, self._clock = record, tasks, clock
        staff = session.form.default_language
        languages = session.form.languages
        self.languages = Languages(head.language if head.language in languages else staff, staff)
        self._history = History(session.answers)
        self._waiting: list[AnswerEvent] = []
        self._saving = False
        self._unsaved_since: datetime | None = None
        self._saved_at: datetime | None = None
        self._sections = sections(session)
        self._current = self._sections[0].path if self._sections else Path(session.form.root.path)

    # -- looking ----------------------------------------------------------------------------------

    @property
    def current(self) -> Path:
        """The section shown."""
        return self._current

    @property
    def session(self) -> Session:
        """The filling itself, to read."""
        return self._session

    def refuses(self, path: Path) -> bool:
        """Whether an answer says that the client does not agree that anything is kept."""
        state = self._session.state(path)
        wanted = state.definition.attributes.get(CONSENT)
        return wanted is not None and state.answer.text not in {"", wanted}

    def begin(self, saved_at: datetime | None = None) -> None:
        """Show the intake, at the first section with something left to do."""
        self._saved_at = saved_at
        unfinished = [one.path for one in self._asked() if one.left or one.mend or one.state.value == "none"]
        if saved_at is not None and unfinished:
            self._current = unfinished[0]
        self._show_all()
        self._view.show_saved(self._saved_at, "")

    def go(self, section: Path) -> None:
        """Show another section."""
        self._current = section
        self._show_all()

    def step(self, by: int) -> None:
        """Show the next section that applies, or the one before."""
        asked = [section.path for section in self._asked()]
        if self._current in asked:
            at = min(max(asked.index(self._current) + by, 0), len(asked) - 1)
            self.go(asked[at])

    def next_title(self) -> str:
        """The name of the section after this one, empty at the last."""
        asked = [section.path for section in self._asked()]
        if self._current not in asked or asked.index(self._current) + 1 == len(asked):
            return ""
        return self._title(asked[asked.index(self._current) + 1])

    def jump(self, path: Path) -> None:
        """Show a question wherever it is, with the cursor in it."""
        section = section_of(self._sections, path)
        if section is not None:
            self._current = section.path
        self._show_all()
        self._view.focus(self._session.state(path).ref)

    @property
    def missing(self) -> int:
        """How many answers are missing or to be mended."""
        return len(self._missing())

    def jump_to_next_missing(self) -> None:
        """Show the first question after this place that is missing or to be mended."""
        rows = self._missing()
        if rows:
            here = [row for row in rows if self._is_here(row.path)]
            self.jump((here or rows)[0].path)

    def speak(self, client: str) -> None:
        """Ask in another language of the client's."""
        self.languages = Languages(client, self.languages.staff)
        self._show_all()

    # -- answering --------------------------------------------------------------------------------

    def answer(self, path: Path, text: str, said: Said = Said.VALUE) -> None:
        """Take an answer. The same answer again changes nothing and saves nothing."""
        before = self._session.state(path).answer
        if (before.text, before.said) == (text, said):
            return
        try:
            change = self._session.set(path, text, said)
        except StepRefused:
            # The question closed while its field was being left: its old answer is kept, not this one.
            self._show_all()
            return
        self._keep(change.events)

    def add_row(self, repeat: Path) -> RowId | None:
        """Add a row at the end of a table."""
        try:
            change = self._session.add_row(repeat)
        except StepRefused:
            return None
        self._keep(change.events)
        return change.row

    def take_over(self, chosen: tuple[Carried, ...]) -> None:
        """Take answers over that another intake gave; one undo takes them all back."""
        events = take(self._session, chosen)
        if events:
            self._keep(events)

    def remove_row(self, row: Path, words: str) -> None:
        """Remove a row; it can be brought back with undo."""
        change = self._session.remove_row(row)
        self._keep(change.events)
        self._view.show_removed(words)

    def undo(self) -> bool:
        """Take the last act back, up to fifty; whether there was one."""
        events = self._history.back(self._session.answers)
        if not events:
            return False
        answers: Answers = self._session.answers.apply_all(events)
        self._session = Session.open(self._session.form, answers, self._clock.now())
        self._history.moved(self._session.answers)
        self._save(events)
        self._show_all()
        return True

    # -- saving -----------------------------------------------------------------------------------

    def save_now(self) -> None:
        """Offer what is not saved yet again."""
        self._flush()

    @property
    def unsaved(self) -> int:
        """Events the vault has not taken yet."""
        return len(self._waiting)

    def _keep(self, events: tuple[AnswerEvent, ...]) -> None:
        self._history.acted(self._session.answers)
        self._save(events)
        self._show_all()

    def _save(self, events: tuple[AnswerEvent, ...]) -> None:
        self._waiting += events
        self._flush()

    def _flush(self) -> None:
        if self._saving or not self._waiting:
            return
        self._saving = True
        batch = tuple(self._waiting)
        progress = counts(
            sections(self._session), len(attention(self._session)), agreed=agreed(self._session)
        )
        self._tasks.run(
            Lane.VAULT,
            lambda: self._record(batch, progress),
            done=lambda at: self._saved(len(batch), at),
            failed=self._not_saved,
        )

    def _saved(self, taken: int, at: datetime) -> None:
        self._saving = False
        del self._waiting[:taken]
        self._unsaved_since, self._saved_at = None, at
        self._view.show_saved(at, "")
        self._flush()

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self._unsaved_since = self._unsaved_since or self._clock.now()
        since = self._unsaved_since.astimezone().strftime("%H:%M")
        words = message(error)
        self._view.show_saved(
            self._saved_at, tr("Not saved since {since}. {why}", since=since, why=words.text)
        )

    # -- showing ----------------------------------------------------------------------------------

    def _asked(self) -> list[Section]:
        return [section for section in self._sections if section.state.value != "not_asked"]

    def _is_here(self, path: Path) -> bool:
        section = section_of(self._sections, path)
        return section is not None and section.path == self._current

    def _title(self, path: Path) -> str:
        if not pages.is_titled(self._session, path):
            return self._session.form.title
        return self._session.text(path, "label", self.languages.staff).text.strip()

    def _show_all(self) -> None:
        self._sections = sections(self._session)
        rows = tuple(SectionRow(section, self._title(section.path)) for section in self._sections)
        self._view.show_sections(rows, self._current)
        self._view.show_page(pages.page(self._session, self._current, self.languages))
        missing = self._missing()
        self._view.show_missing(missing[:MOST_MISSING], len(missing))
        self._view.show_attention(self._attention())

    def _missing(self) -> tuple[MissingRow, ...]:
        rows = []
        for section in self._asked():
            mend = set(section.mend)
            for path in (*section.mend, *section.left):
                state = self._session.state(path)
                rows.append(MissingRow(path, state.ref, self._named(path), path in mend))
        return tuple(rows)

    def _attention(self) -> tuple[AttentionRow, ...]:
        rows = []
        for found in attention(self._session):
            number = pages.item_number(found.item)
            answer = self._answered(found.path)
            words = (
                tr("Question {number} was answered {answer}.", number=number, answer=answer)
                if number
                else tr("{question} {answer}.", question=self._named(found.path), answer=answer)
            )
            rows.append(AttentionRow(found.path, self._session.state(found.path).ref, words))
        return tuple(rows)

    def _answered(self, path: Path) -> str:
        state = self._session.state(path)
        if state.answer.said is Said.UNKNOWN:
            return tr("“does not know”")
        if state.answer.said is Said.DECLINED:
            return tr("“prefers not to say”")
        labels = {
            choice.value: choice.label.text for choice in self._session.choices(path, self.languages.staff)
        }
        return labels.get(state.value, state.value)

    def _named(self, path: Path) -> str:
        words: Words = pages.words(self._session, path, self.languages)
        number = pages.item_number(self._session.state(path).definition.attributes.get(pages.ITEM, ""))
        return f"{number}  {words.staff}".strip() if number else words.staff
