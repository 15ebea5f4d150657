from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from forms.engine import Form, Session, compile_xlsform, load_form
from forms.library import library
from ournydesk.domain.answers import AnswerEvent, Answers, Said
from ournydesk.domain.ids import IntakeId, Path, new_id
from ournydesk.domain.intake import IntakeHead, Progress
from ournydesk.errors import StoreBroken
from tests.fakes.tasks import HeldTasks, InlineTasks
from tests.unit.ui.test_unlock_and_welcome import Recorder
from ui.intake.pages import Page, Question, Table
from ui.intake.presenter import IntakePresenter

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
FAMILY, LEFT = Path("/data/about/name/family"), "left"


@pytest.fixture(scope="module")
def form() -> Form:
    [entry] = [one for one in library() if one.id == "naturalization"]
    compiled = compile_xlsform(entry.folder)
    return load_form(compiled.xml, compiled.files)


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def today(self) -> object:
        return self.at.date()


class Vault:
    """Keeps events, or refuses them."""

    def __init__(self) -> None:
        self.events: list[AnswerEvent] = []
        self.progress: list[Progress] = []
        self.trouble: Exception | None = None

    def record(self, events: tuple[AnswerEvent, ...], progress: Progress) -> datetime:
        if self.trouble is not None:
            raise self.trouble
        self.events += events
        self.progress.append(progress)
        return NOON

    @property
    def answers(self) -> Answers:
        return Answers().apply_all(self.events)


def an_intake(
    form: Form, vault: Vault, tasks: object = None, answers: Answers | None = None
) -> tuple[Recorder, IntakePresenter]:
    head = IntakeHead(
        id=IntakeId(new_id()), ticket=47, form_id=form.id, form_version=form.version, form_hash=form.hash,
        form_title=form.title, language="Bengali (bn)", started_at=NOON,
    )  # fmt: skip
    view = Recorder()
    presenter = IntakePresenter(
        view,
        Session.open(form, answers or Answers(), NOON),
        head,
        record=vault.record,
        tasks=tasks or InlineTasks(),  # type: ignore[arg-type]  # either fake
        clock=Clock(),  # type: ignore[arg-type]  # tells what this screen asks
    )
    presenter.begin()
    return view, presenter


def page(view: Recorder) -> Page:
    shown = view.last("show_page")[0]
    assert isinstance(shown, Page)
    return shown


def test_every_answer_is_saved_and_reopens_as_it_was(form: Form) -> None:
    vault = Vault()
    _, presenter = an_intake(form, vault)
    presenter.answer(FAMILY, "Talukder-Example")
    presenter.answer(Path("/data/about/citizen_parent"), "", Said.UNKNOWN)
    assert Session.open(form, vault.answers, NOON).answers == presenter.session.answers
    assert presenter.unsaved == 0


def test_the_same_answer_again_saves_nothing(form: Form) -> None:
    vault = Vault()
    _, presenter = an_intake(form, vault)
    presenter.answer(FAMILY, "Example")
    saved = len(vault.events)
    presenter.answer(FAMILY, "Example")
    assert len(vault.events) == saved


def test_answers_wait_in_order_while_the_disk_refuses_and_are_saved_with_the_next(form: Form) -> None:
    vault = Vault()
    view, presenter = an_intake(form, vault)
    vault.trouble = StoreBroken("store.full")
    presenter.answer(FAMILY, "Talukder")
    presenter.answer(FAMILY, "Talukder-Example")
    assert "Not saved since" in str(view.last("show_saved")[1])
    assert "The disk is full." in str(view.last("show_saved")[1])
    assert presenter.unsaved > 1
    vault.trouble = None
    presenter.save_now()
    assert (presenter.unsaved, vault.answers.get(FAMILY).text) == (0, "Talukder-Example")
    assert view.last("show_saved")[1] == ""


def test_answers_given_while_one_is_being_saved_follow_it(form: Form) -> None:
    vault, tasks = Vault(), HeldTasks()
    _, presenter = an_intake(form, vault, tasks)
    presenter.answer(FAMILY, "T")
    presenter.answer(Path("/data/about/name/given"), "Nusrat")
    while tasks.waiting:
        tasks.release()
    assert Session.open(form, vault.answers, NOON).answers == presenter.session.answers


def test_undo_takes_back_an_answer_and_a_removed_row_and_saves_that_too(form: Form) -> None:
    vault = Vault()
    view, presenter = an_intake(form, vault)
    presenter.answer(Path("/data/trips/travelled"), "Y")
    row = Path(f"/data/trips/trip[{presenter.session.answers.rows[Path('/data/trips/trip')][0]}]")
    presenter.answer(Path(f"{row}/{LEFT}"), "2024-06-20")
    before = presenter.session.answers
    presenter.remove_row(row, "Trip 1")
    assert view.last("show_removed") == ("Trip 1",)
    assert presenter.undo()
    assert presenter.session.answers == before
    assert vault.answers == before


def test_a_question_that_closed_keeps_its_old_answer(form: Form) -> None:
    vault = Vault()
    _, presenter = an_intake(form, vault)
    presenter.answer(Path("/data/about/change_name"), "Y")
    path = Path("/data/about/new_name/n_family")
    presenter.answer(path, "Newname")
    presenter.answer(Path("/data/about/change_name"), "N")
    presenter.answer(path, "Typed too late")
    assert presenter.session.state(path).answer.text == "Newname"


def test_the_panel_names_the_question_and_never_what_it_means(form: Form) -> None:
    view, presenter = an_intake(form, Vault())
    presenter.answer(Path("/data/questions/q15b"), "Y")
    [rows] = view.last("show_attention")
    assert isinstance(rows, tuple)
    assert [row.words for row in rows] == ["Question 15b was answered Yes."]


def test_what_is_missing_jumps_to_its_section_and_field(form: Form) -> None:
    view, presenter = an_intake(form, Vault())
    presenter.jump(Path("/data/marriage/marital"))
    assert presenter.current == "/data/marriage"
    assert view.last("focus") == ("/data/marriage/marital",)


def test_sections_are_walked_in_order_and_stop_at_both_ends(form: Form) -> None:
    _, presenter = an_intake(form, Vault())
    presenter.step(-1)
    assert presenter.current == "/data/consent"
    for _ in range(30):
        presenter.step(1)
    assert presenter.current == "/data/papers"
    assert presenter.next_title() == ""


def test_a_missing_translation_falls_back_visibly(form: Form) -> None:
    view, presenter = an_intake(form, Vault())
    presenter.go(Path("/data/consent"))
    asked = [part for part in page(view).parts if isinstance(part, Question)]
    assert all(part.label.client and not part.label.untranslated for part in asked)
    presenter.go(Path("/data/contact"))
    untranslated = [
        part for part in page(view).parts if isinstance(part, Question) and part.label.untranslated
    ]
    assert untranslated
    assert all(part.label.first == part.label.staff for part in untranslated)


def test_a_page_says_when_nobody_has_reviewed_its_words(form: Form) -> None:
    view, presenter = an_intake(form, Vault())
    presenter.go(Path("/data/consent"))
    assert page(view).draft
    presenter.speak("English (en)")
    assert not page(view).draft


def test_in_english_nothing_stands_twice(form: Form) -> None:
    view, presenter = an_intake(form, Vault())
    presenter.speak("English (en)")
    labels = [part.label for part in page(view).parts if isinstance(part, Question)]
    assert labels
    assert not any(label.client or label.untranslated for label in labels)


def test_an_inverted_trip_is_refused_with_the_sentence_of_the_form(form: Form) -> None:
    view, presenter = an_intake(form, Vault())
    presenter.answer(Path("/data/trips/travelled"), "Y")
    row = presenter.session.answers.rows[Path("/data/trips/trip")][0]
    presenter.answer(Path(f"/data/trips/trip[{row}]/left"), "2024-06-20")
    presenter.answer(Path(f"/data/trips/trip[{row}]/returned"), "2023-06-20")
    presenter.go(Path("/data/trips"))
    [table] = [part for part in page(view).parts if isinstance(part, Table)]
    problems = [cell.problem for cell in table.rows[0].cells if cell.problem]
    assert problems == ["The return is before the departure, or in the future. Check the year of the return."]
