"""What somebody does in front of the desk, part by part. Each part is a script for one process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QAction

from tests.demo.client import HALF, SECTIONS, Client
from tests.demo.hands import Hands, LostPatience, Script
from tests.demo.volunteer import answer, fill
from ui.app import DeskWindow
from ui.intake.screen import IntakeScreen
from ui.widgets.typed import shown

SEAT: Final = "Seat 4"
OTHER_WORDS: Final = "abacus abdomen abdominal abide abiding ability"
INVERTED: Final = "20 Jun 2023"
DIGITS: Final = "502917"


@dataclass
class Scene:
    """The hands, the window they work at, and what they were told to do."""

    hands: Hands
    window: DeskWindow
    job: Mapping[str, Any]

    def say(self, what: str, **facts: object) -> None:
        """Tell the process that started this one."""
        sys.stdout.write(json.dumps({"what": what, **facts}, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def saved(self) -> bool:
        """Whether the vault has taken everything that was typed."""
        screen = self.window.findChild(IntakeScreen)
        return screen is None or screen.presenter.unsaved == 0

    def go_on(self) -> bool:
        """Whether the other process has done its part."""
        return Path(self.job["go"]).exists()

    def told(self, ref: str, value: str) -> None:
        """An answer is on the disk."""
        self.say("saved", ref=ref, value=value)


def check(holds: object, otherwise: str) -> None:
    """Stop the part, and with it the demo, when something is not as it should be."""
    if not holds:
        raise LostPatience(otherwise)


def first_half(scene: Scene) -> Script:
    """First run, unlock, the first sections; then goes on typing until the power is cut."""
    hands, client = scene.hands, Client(datetime.now(UTC).date())
    yield lambda: hands.seen("written")
    words = " ".join(str(getattr(hands.find(f"word_{n}"), "word")) for n in range(1, 7))  # noqa: B009 - a painted card
    hands.type_into("seat_name", SEAT, leave=False)
    hands.picture("01-first-run")
    hands.click("written")
    yield lambda: hands.seen("typed_words")
    hands.type_into("typed_words", "copper lantern sparrow velvet thimble orchard", leave=False)
    hands.click("typed")
    yield lambda: hands.reads("is not the one on the card")
    hands.picture("02-first-run-wrong-word")
    for _ in range(2):
        hands.type_into("typed_words", words, leave=False)
        hands.click("typed")
        yield lambda: hands.seen("finish") or hands.value("typed_words") == ""
    yield lambda: hands.seen("finish")
    hands.picture("03-seat-ready")
    scene.say("words", words=words)
    hands.click("finish")
    yield from unlock(hands, words)
    yield lambda: hands.seen("first_intake")
    hands.picture("05-no-intakes")
    hands.click("first_intake")
    yield lambda: hands.seen("start:naturalization:bn")
    hands.picture("06-new-intake")
    hands.click("start:naturalization:bn")
    yield lambda: hands.seen("section:consent")
    for section in HALF:
        yield from fill(hands, client, section, scene.told, scene.saved)
        hands.picture(f"07-intake-{section}")
    scene.say("half")
    # The power goes while this is being typed.
    yield from fill(hands, client, "work", scene.told, scene.saved)
    yield lambda: False


def second_half(scene: Scene) -> Script:
    """Wrong words, right words, everything is there; the rest of the intake; paper; lock."""
    hands, client = scene.hands, Client(datetime.now(UTC).date())
    words = str(scene.job["words"])
    yield lambda: hands.seen("words")
    hands.type_into("words", OTHER_WORDS, leave=False)
    hands.picture("04-unlock")
    hands.click("open")
    yield lambda: hands.reads("These words do not open this seat.")
    hands.picture("08-wrong-words")
    scene.say("wrong_words", read="These words do not open this seat.")
    yield lambda: hands.seen("open")
    yield from unlock(hands, words)
    yield lambda: hands.reads("1 on this laptop") and hands.seen("open_intake")
    hands.picture("09-list")
    hands.click("open_intake")
    yield lambda: hands.seen("section:consent")
    compared = yield from compare(scene, client)
    scene.say("compared", fields=compared)
    scene.say("open")
    yield scene.go_on
    for section in SECTIONS[5:]:
        if section == "trips":
            yield from inverted_trip(scene, client)
        yield from fill(hands, client, section, scene.told, scene.saved)
        hands.picture(f"10-intake-{section}")
    hidden = hands.named("choice:/data/questions/q10b")
    check(not hidden, "a question that does not apply is on the screen")
    check(hands.reads("Question 15b was answered Yes."), "the panel does not say why the attorney is called")
    check(
        not any(word in hands.texts().casefold() for word in ("eligible", "qualif")),
        "a verdict is on the screen",
    )
    hands.click("call_attorney")
    yield None
    hands.click("section:questions")
    yield None
    hands.picture("11-attorney-called")
    yield from a_break(scene)
    yield from in_other_looks(scene)
    yield from paper(scene)
    hands.click("lock")
    yield lambda: hands.seen("words")
    hands.picture("17-locked")
    scene.say("locked")


def a_break(scene: Scene) -> Script:
    """Six digits are chosen; the screen is hidden, other digits do not bring it back, these do."""
    hands = scene.hands
    entry = scene.window.findChild(QAction, "menu_pin")
    if entry is None:
        raise LostPatience("no menu offers six digits for breaks")
    entry.trigger()
    yield lambda: hands.seen("pin")
    hands.type_into("pin", DIGITS)
    hands.type_into("pin_again", DIGITS, leave=False)
    hands.picture("12-six-digits")
    hands.click("keep_pin")
    yield lambda: hands.reads("Six digits are chosen.")
    hands.click("dismiss")
    hands.click("hide_screen")
    yield lambda: hands.seen("digits")
    check(not hands.named("section:"), "a hidden screen still shows the intake")
    hands.type_into("digits", "502918", leave=False)
    yield lambda: hands.reads("2 more tries")
    hands.picture("12-hidden")
    hands.type_into("digits", DIGITS, leave=False)
    yield lambda: hands.seen("section:questions")
    scene.say("hidden")


def unlock(hands: Hands, words: str) -> Script:
    """Type the six words and open."""
    yield lambda: hands.seen("words")
    hands.type_into("words", words, leave=False)
    hands.click("open")
    yield lambda: not hands.seen("words")


def compare(scene: Scene, client: Client) -> Any:
    """Read every field that was saved before the power went off the screen; how many there were."""
    hands, count = scene.hands, 0
    for section in SECTIONS[:6]:
        hands.click(f"section:{section}")
        yield None
        for ref, value in scene.job["saved"].items():
            if not ref.startswith(f"/data/{section}/"):
                continue
            if "[" in ref:
                yield from open_row(hands, ref)
            definition = client.definition(ref)
            if hands.seen(f"answer:{ref}") and definition.control not in {"select", "select1"}:
                kind = definition.attributes.get("ourny:kind", "")
                seen = hands.value(f"answer:{ref}")
                wanted = shown(value, definition.type, kind)
                check(seen == wanted, f"{ref} shows {seen!r}, {wanted!r} was saved")
            elif definition.control in {"select", "select1"} and not hands.seen(f"answer:{ref}"):
                for chosen in value.split():
                    button = hands.find(f"choice:{ref}:{chosen}")
                    check(button.property("checked"), f"{ref}: {chosen} was saved and is not chosen")
            else:
                check(hands.value(f"answer:{ref}"), f"{ref} was saved and is empty")
            count += 1
    return count


def open_row(hands: Hands, ref: str) -> Script:
    """Open the row a question stands in, unless it is open."""
    row = f"row:{ref.split(']', 1)[0]}]"

    def shown_somehow() -> bool:
        return bool(hands.named(row) or hands.named(f"answer:{ref}") or hands.named(f"choice:{ref}:"))

    yield shown_somehow
    if hands.named(row):
        hands.click(row)
        yield lambda: not hands.named(row)


def inverted_trip(scene: Scene, client: Client) -> Script:
    """A trip that returns before it left is refused with a sentence that says how to mend it."""
    hands = scene.hands
    hands.click("section:trips")
    yield None
    yield from answer(hands, client, "/data/trips/travelled", "Y")
    first = "/data/trips/trip[1]"
    yield lambda: hands.seen(f"answer:{first}/left")
    yield from answer(hands, client, f"{first}/left", "2024-06-20")
    hands.type_into(f"answer:{first}/returned", INVERTED)
    yield lambda: hands.reads("The return is before the departure")
    hands.picture("10-inverted-trip")
    scene.say(
        "inverted", read="The return is before the departure, or in the future. Check the year of the return."
    )


def in_other_looks(scene: Scene) -> Script:
    """The same screen in the dark, in high contrast and in large letters."""
    hands, window = scene.hands, scene.window
    hands.click("section:trips")
    yield None
    for name in (
        "appearance_dark",
        "appearance_high_contrast",
        "appearance_light",
        "text_size_150",
        "text_size_200",
        "text_size_100",
    ):
        entry = window.findChild(QAction, name)
        if entry is None:
            raise LostPatience(f"no menu entry is called {name}")
        entry.trigger()
        yield None
        yield None
        if name not in {"appearance_light", "text_size_100"}:
            hands.picture(f"12-{name.replace('_', '-')}")


def paper(scene: Scene) -> Script:
    """The N-400 on the agency's blank where there is one, and the packet."""
    hands, blank = scene.hands, scene.job["blank"]
    hands.click("print")
    yield lambda: hands.seen("import_blank")
    check(hands.reads("uscis.gov/n-400"), "it does not say where to get the blank")
    hands.picture("13-no-blank")
    scene.say("no_blank")
    if blank:
        hands.click_soon("import_blank")
        yield hands.dialog_open
        hands.choose_file(Path(blank))
        yield lambda: hands.reads("Every answer fits.") or hands.reads("Does not fit its box")
        yield lambda: hands.seen("save_pdf") and not hands.dialog_open()
        yield from turn(hands, 6)
        hands.picture("14-print-preview")
        yield from save(scene, "n-400.pdf")
        hands.click("look_packet")
    else:
        hands.click("packet_instead")
    yield lambda: hands.reads("Print the packet") and hands.seen("save_pdf")
    yield lambda: not hands.reads("Setting the packet…")
    yield from turn(hands, 2)
    hands.picture("15-packet")
    yield from save(scene, "packet.pdf")
    hands.click("back")
    yield lambda: hands.seen("next")
    hands.picture("16-back-in-the-intake")


def turn(hands: Hands, page: int) -> Script:
    """Go to a page of the preview."""
    for _ in range(page - 1):
        hands.click("page_after")
        yield None
    yield lambda: hands.reads(f"{page} / ")
    # The picture of the page comes a moment after its number.
    label = hands.find("page")
    yield lambda: label.accessibleName().startswith(f"Page {page} ")


def save(scene: Scene, name: str) -> Script:
    """Save the paper looked at as a file."""
    hands, path = scene.hands, Path(scene.job["output"]) / name
    hands.click_soon("save_pdf")
    yield hands.dialog_open
    hands.choose_file(path)
    yield lambda: path.exists() and hands.reads("pages saved as")
    scene.say("printed", name=name)


def second_window(scene: Scene) -> Script:
    """Another window of the same seat says that it is open already."""
    hands = scene.hands
    yield lambda: hands.seen("words")
    hands.type_into("words", str(scene.job["words"]), leave=False)
    hands.click("open")
    yield lambda: hands.reads("already open in another window")
    hands.picture("08-second-window")
    scene.say("busy", read="This seat is already open in another window.")


def damaged(scene: Scene) -> Script:
    """A damaged file says that it is damaged, not that the words are wrong."""
    hands = scene.hands
    yield lambda: hands.seen("words")
    hands.type_into("words", str(scene.job["words"]), leave=False)
    hands.click("open")
    yield lambda: hands.reads("damaged")
    check(not hands.reads("These words do not open this seat."), "damage was taken for wrong words")
    hands.picture(f"08-damaged-{scene.job['damaged']}")
    scene.say("damaged", read=next(line for line in hands.texts().splitlines() if "damaged" in line))


PARTS: Final[Mapping[str, Callable[[Scene], Script]]] = {
    "first_half": first_half,
    "second_half": second_half,
    "second_window": second_window,
    "damaged": damaged,
}
