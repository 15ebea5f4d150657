from __future__ import annotations

from typing import Any

import pytest

from ournydesk.domain.ids import VaultId
from ournydesk.domain.vault import VaultCard
from ournydesk.errors import AlreadyOpen, DeskError, NotAVault, StoreBroken, Tampered, WrongPassphrase
from tests.fakes.tasks import HeldTasks, InlineTasks
from ui.unlock.presenter import UnlockPresenter
from ui.welcome.presenter import Step, WelcomePresenter

SEAT = VaultCard(id=VaultId("1" * 32), name="Seat 4")
OTHER_SEAT = VaultCard(id=VaultId("2" * 32), name="Seat 5")
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


class Seconds:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def unlocking(
    desk: Seats, tasks: object = None, now: Seconds | None = None
) -> tuple[Recorder, UnlockPresenter, list[object]]:
    view = Recorder()
    happened: list[object] = []
    presenter = UnlockPresenter(
        view,
        desk,  # type: ignore[arg-type]  # the part of a desk this screen asks
        tasks or InlineTasks(),  # type: ignore[arg-type]  # either fake
        opened=happened.append,
        now=now or Seconds(),
    )
    presenter.begin((SEAT, OTHER_SEAT))
    return view, presenter, happened


def test_the_right_words_open_the_seat() -> None:
    desk = Seats()
    _, presenter, happened = unlocking(desk)
    presenter.submit("six words")
    assert (desk.opened, happened) == (["six words"], [SEAT])


def test_wrong_words_are_said_and_cleared() -> None:
    view, presenter, happened = unlocking(Seats(WrongPassphrase(wait_seconds=4)))
    presenter.submit("other words")
    assert "do not open" in str(view.last("show_refusal")[0])
    assert view.named("show_refusal")[-1] == {"clear": True, "tone": "attention"}
    assert happened == []


def test_the_wait_after_wrong_words_is_counted_down_and_kept() -> None:
    desk, now = Seats(WrongPassphrase(wait_seconds=4)), Seconds()
    view, presenter, happened = unlocking(desk, now=now)
    presenter.submit("other words")
    assert view.last("show_wait") == ("You can try again in 4 seconds.",)
    desk.trouble = None
    presenter.submit("six words")
    assert happened == []
    now.now += 3.2
    presenter.tick()
    assert view.last("show_wait") == ("You can try again in 1 second.",)
    now.now += 0.9
    presenter.tick()
    assert view.last("show_wait") == ("",)
    presenter.submit("six words")
    assert happened == [SEAT]


def test_one_seat_waits_and_the_other_does_not() -> None:
    desk = Seats(WrongPassphrase(wait_seconds=60))
    view, presenter, happened = unlocking(desk)
    presenter.submit("other words")
    desk.trouble = None
    presenter.choose(OTHER_SEAT)
    assert view.last("show_wait") == ("",)
    presenter.submit("six words")
    assert happened == [OTHER_SEAT]
    presenter.choose(SEAT)
    assert view.last("show_wait") == ("You can try again in 60 seconds.",)


@pytest.mark.parametrize(
    ("trouble", "tone"),
    [
        (StoreBroken("store.header"), "stop"),
        (Tampered(), "stop"),
        (NotAVault(), "stop"),
        (AlreadyOpen(), "attention"),
    ],
)
def test_what_is_not_the_words_fault_has_words_of_its_own_and_keeps_what_was_typed(
    trouble: DeskError, tone: str
) -> None:
    view, presenter, _ = unlocking(Seats(trouble))
    presenter.submit("six words")
    assert "do not open" not in str(view.last("show_refusal")[0])
    assert view.last("show_refusal")[1]
    assert view.named("show_refusal")[-1] == {"clear": False, "tone": tone}


def test_a_damaged_seat_one_that_is_open_and_one_that_is_gone_are_told_apart() -> None:
    said = set()
    for trouble in (StoreBroken("store.header"), AlreadyOpen(), NotAVault(), Tampered(), WrongPassphrase()):
        view, presenter, _ = unlocking(Seats(trouble))
        presenter.submit("six words")
        said.add(view.last("show_refusal")[0])
    assert len(said) == 5


def test_the_seat_that_was_chosen_is_still_chosen_after_a_lock() -> None:
    view, presenter, _ = unlocking(Seats())
    presenter.choose(OTHER_SEAT)
    presenter.begin((SEAT, OTHER_SEAT))
    assert view.last("show_vaults") == ((SEAT, OTHER_SEAT), OTHER_SEAT)


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


def test_words_are_forgotten_by_who_turns_away() -> None:
    view, presenter, _ = welcoming(Seats())
    presenter.leave()
    assert view.last("show_words") == ((),)
    assert WORDS[0] not in str(vars(presenter).values())


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
