from __future__ import annotations

from typing import Any

from ournydesk.domain.ids import VaultId
from ournydesk.domain.vault import VaultCard
from ournydesk.errors import AlreadyOpen, StoreBroken, WrongPassphrase
from tests.fakes.tasks import HeldTasks, InlineTasks
from ui.unlock.presenter import UnlockPresenter
from ui.welcome.presenter import Step, WelcomePresenter

SEAT = VaultCard(id=VaultId("1" * 32), name="Seat 4")
WORDS = ("copper", "lantern", "sparrow", "velvet", "thimble", "orchard")


class Recorder:
    """A view that writes down what it is told to show."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, tuple[object, ...], dict[str, object]]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: self.shown.append((name, args, kwargs))

    def last(self, name: str) -> tuple[object, ...]:
        return next(args for shown, args, _ in reversed(self.shown) if shown == name)

    def named(self, name: str) -> list[dict[str, object]]:
        return [kwargs for shown, _, kwargs in self.shown if shown == name]


class Seats:
    """A desk that opens for the right words."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.opened: list[str] = []
        self.made: list[tuple[str, str]] = []

    def unlock(self, _vault: VaultId, passphrase: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.opened.append(passphrase)

    def new_words(self) -> tuple[str, ...]:
        return WORDS

    def create_vault(self, name: str, passphrase: str) -> VaultCard:
        if self.trouble is not None:
            raise self.trouble
        self.made.append((name, passphrase))
        return SEAT


def unlocking(desk: Seats, tasks: object = None) -> tuple[Recorder, UnlockPresenter, list[object]]:
    view = Recorder()
    happened: list[object] = []
    presenter = UnlockPresenter(
        view,
        desk,  # type: ignore[arg-type]  # the part of a desk this screen asks
        tasks or InlineTasks(),  # type: ignore[arg-type]  # either fake
        opened=happened.append,
        wait=happened.append,
    )
    presenter.begin((SEAT,))
    return view, presenter, happened


def test_the_right_words_open_the_seat() -> None:
    desk = Seats()
    _, presenter, happened = unlocking(desk)
    presenter.submit("six words")
    assert (desk.opened, happened) == (["six words"], [SEAT])


def test_wrong_words_are_said_cleared_and_cost_a_moment() -> None:
    view, presenter, happened = unlocking(Seats(WrongPassphrase(wait_seconds=4)))
    presenter.submit("other words")
    what, then = view.last("show_refusal")
    assert "do not open" in str(what)
    assert "4 seconds" in str(then)
    assert view.named("show_refusal")[-1] == {"clear": True}
    assert happened == [4]


def test_a_damaged_seat_and_an_open_one_have_words_of_their_own() -> None:
    said = []
    for trouble in (StoreBroken("store.header"), AlreadyOpen()):
        view, presenter, _ = unlocking(Seats(trouble))
        presenter.submit("six words")
        said.append(view.last("show_refusal")[0])
        assert view.named("show_refusal")[-1] == {"clear": False}
    assert len(set(said)) == 2
    assert not any("do not open" in str(words) for words in said)


def test_pressing_twice_opens_once() -> None:
    desk, tasks = Seats(), HeldTasks()
    _, presenter, happened = unlocking(desk, tasks)
    presenter.submit("six words")
    presenter.submit("six words")
    tasks.release()
    assert (len(desk.opened), len(happened)) == (1, 1)


def test_nothing_typed_is_nothing_tried() -> None:
    desk = Seats()
    view, presenter, _ = unlocking(desk)
    presenter.submit("   ")
    assert desk.opened == []
    assert "Type the words" in str(view.last("show_refusal")[0])


def test_a_word_on_no_list_is_named_while_typing() -> None:
    view, presenter, _ = unlocking(Seats())
    presenter.look([3])
    assert view.last("show_refusal")[0] == "Word 3 is not on the list."


def welcoming(desk: Seats) -> tuple[Recorder, WelcomePresenter, list[VaultCard]]:
    view = Recorder()
    made: list[VaultCard] = []
    presenter = WelcomePresenter(view, desk, InlineTasks(), made=made.append)  # type: ignore[arg-type]  # as above
    presenter.begin()
    return view, presenter, made


def test_a_seat_is_made_after_its_words_were_typed_twice() -> None:
    desk = Seats()
    view, presenter, made = welcoming(desk)
    presenter.written(" Seat 4 ")
    presenter.typed("Seat 4", " ".join(WORDS).upper())
    assert desk.made == []
    presenter.typed("Seat 4", " ".join(WORDS))
    assert desk.made == [("Seat 4", " ".join(WORDS))]
    assert view.last("show_step") == (Step.READY,)
    presenter.finish()
    assert made == [SEAT]


def test_the_first_word_that_differs_is_named() -> None:
    view, presenter, _ = welcoming(Seats())
    presenter.written("Seat 4")
    for typed, number in (
        ("copper lantern sparow velvet thimble orchard", 3),
        ("copper", 2),
        (" ".join(WORDS) + " more", 7),
    ):
        presenter.typed("Seat 4", typed)
        assert view.last("show_trouble")[0] == f"Word {number} is not the one on the card."


def test_a_seat_has_a_name_of_sixty_letters_at_most() -> None:
    view, presenter, _ = welcoming(Seats())
    for name in ("", "   ", "x" * 61):
        presenter.written(name)
        assert view.last("show_step") == (Step.WRITE,)
    presenter.written("x" * 60)
    assert view.last("show_step") == (Step.TYPE,)


def test_a_disk_that_refuses_is_said_and_the_words_stay() -> None:
    desk = Seats(StoreBroken("store.full"))
    view, presenter, _ = welcoming(desk)
    presenter.written("Seat 4")
    presenter.typed("Seat 4", " ".join(WORDS))
    presenter.typed("Seat 4", " ".join(WORDS))
    assert view.last("show_trouble")[0] == "The disk is full."
    desk.trouble = None
    presenter.typed("Seat 4", " ".join(WORDS))
    assert len(desk.made) == 1
