"""What three people do at a clinic with a team: one script a process, like those of ``parts``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtGui import QAction

from tests.demo.client import Client
from tests.demo.hands import LostPatience, Script
from tests.demo.parts import Scene, check, save, turn, unlock
from tests.demo.volunteer import answer
from ui.widgets.ladder import LadderStep

NAMES: Final = {
    "/data/consent/heard_in": "en",
    "/data/consent/agrees": "Y",
    "/data/about/name/family": "Placeholder-Specimen",
    "/data/about/name/given": "Farida",
}
"""A second client, invented too: a few answers are enough to hand over."""


def first_seat(scene: Scene) -> Script:
    """First run of a laptop; tells the six words."""
    hands = scene.hands
    yield lambda: hands.seen("written")
    words = " ".join(str(getattr(hands.find(f"word_{n}"), "word")) for n in range(1, 7))  # noqa: B009 - a painted card
    hands.type_into("seat_name", str(scene.job["seat"]), leave=False)
    hands.click("written")
    yield lambda: hands.seen("typed_words")
    for _ in range(2):
        hands.type_into("typed_words", words, leave=False)
        hands.click("typed")
        yield lambda: hands.seen("finish") or hands.value("typed_words") == ""
    yield lambda: hands.seen("finish")
    hands.click("finish")
    yield from unlock(hands, words)
    scene.say("words", words=words)


def found(scene: Scene) -> Script:
    """The coordinator: a seat, a team, its server, the forms and the agency's blank for everybody."""
    hands, job = scene.hands, scene.job
    yield from first_seat(scene)
    yield lambda: hands.seen("first_intake")
    yield from go(scene, "menu_team")
    yield lambda: hands.seen("found_team")
    hands.picture("20-no-team-yet")
    hands.type_into("team_name", "Example Coalition")
    hands.type_into("person_name", str(job["person"]))
    hands.type_into("clinic_name", "Jackson Heights Library")
    hands.click("found_team")
    yield lambda: hands.seen("connect_server")
    hands.type_into("server_address", str(job["server"]))
    hands.type_into("server_token", str(job["token"]))
    hands.click_soon("connect_server")
    yield from choose(scene, Path(job["authority"]))
    yield lambda: hands.reads("The server keeps this team from now on.")
    yield lambda: hands.seen("send_form:naturalization")
    hands.click("send_form:naturalization")
    yield lambda: hands.reads("The form goes to every desk")
    if job["blank"]:
        hands.click_soon("send_blank")
        yield from choose(scene, Path(job["blank"]))
        yield lambda: hands.reads("The blank goes to every desk")
    yield from send(scene)
    hands.picture("21-team")
    scene.say("founded")
    yield from lock(scene)


def ask(scene: Scene) -> Script:
    """Somebody asks to join: a request in a file, six words to read aloud."""
    hands, job = scene.hands, scene.job
    if job["words"]:
        yield from unlock(hands, str(job["words"]))
    else:
        yield from first_seat(scene)
    yield lambda: hands.seen("first_intake") or hands.seen("open_intake")
    yield from go(scene, "menu_team")
    yield lambda: hands.seen("ask_to_join")
    hands.type_into("join_name", str(job["person"]))
    hands.click_soon("ask_to_join")
    yield from choose(scene, Path(job["request"]))
    yield lambda: hands.seen("asked_word:6") and hands.reads("Read these words")
    hands.picture("22-asked")
    read = [str(getattr(hands.find(f"asked_word:{n}"), "text")()) for n in range(1, 7)]  # noqa: B009 - a label
    scene.say("asked", read=read)
    yield from lock(scene)


def admit(scene: Scene) -> Script:
    """The coordinator compares two words of each and lets them in."""
    hands, job = scene.hands, scene.job
    yield from unlock(hands, str(job["words"]))
    yield from go(scene, "menu_team")
    for number, guest in enumerate(job["guests"]):
        yield lambda: hands.seen("let_someone_in")
        hands.click_soon("let_someone_in")
        yield from choose(scene, Path(guest["request"]))
        yield lambda: hands.seen("admit")
        yield reads(scene, guest["person"])
        if number == 0:
            hands.type_into("third_word", "abacus")
            hands.type_into("fifth_word", guest["read"][4])
            hands.click_soon("admit")
            yield from choose(scene, Path(guest["invite"]))
            yield lambda: hands.reads("These are not the words of that desk.")
            hands.picture("23-wrong-words-of-a-desk")
            scene.say("not_admitted", read="These are not the words of that desk.")
        hands.type_into("third_word", guest["read"][2])
        hands.type_into("fifth_word", guest["read"][4])
        role = hands.find("role")
        getattr(role, "setCurrentIndex")(int(guest["role"]))  # noqa: B009 - a list of four
        yield None
        hands.picture(f"23-letting-in-{number + 1}")
        hands.click_soon("admit")
        yield from choose(scene, Path(guest["invite"]))
        yield reads(scene, f"The invite is in {Path(guest['invite']).name}.")
    yield lambda: hands.seen("let_someone_in")
    yield from send(scene)
    hands.picture("24-team-of-four")
    scene.say("admitted")
    yield from lock(scene)


def hand_over(scene: Scene) -> Script:
    """The volunteer joins, and hands the intake over through the clinic's relay."""
    hands = scene.hands
    yield from arrive(scene)
    yield from go(scene, "menu_list")
    yield lambda: hands.seen("open_intake")
    hands.click("open_intake")
    yield lambda: hands.seen("hand_over")
    hands.click("hand_over")
    yield lambda: hands.seen("hand_over_now")
    hands.picture("25-handing-over")
    hands.type_into("hand_over_words", "Question 15b is Yes. She has the paid receipt.", leave=False)
    hands.click("hand_over_now")
    yield lambda: hands.reads("It is handed over.") and hands.seen("open_intake")
    yield lambda: counted(scene, "1 carried")
    hands.picture("26-carried")
    scene.say("carried")
    yield from lock(scene)


def decide(scene: Scene) -> Script:
    """The attorney joins, reads the case the same minute, notes, decides, lends."""
    hands = scene.hands
    yield from arrive(scene)
    yield from go(scene, "menu_cases")
    yield lambda: hands.seen("open_case") and hands.reads("Talukder-Example")
    hands.picture("27-queue")
    check(counted(scene, "1 carried"), "the case is not shown as carried")
    hands.click("open_case")
    yield lambda: hands.reads("carried, not yet on the server")
    scene.say("case", read="carried, not yet on the server")
    yield lambda: hands.seen("decision_sign") and hands.reads("What the rules say")
    yield lambda: hands.reads("Cited, arrested or detained")
    for wanted in ("8 CFR 316.10", "6 Jul 2026", "29 Feb 1984", "Jo Volunteer"):
        check(hands.reads(wanted), f"the case does not show {wanted}")
    hands.picture("28-case")
    hands.click("case_note")
    yield lambda: hands.seen("note_text")
    hands.type_into("note_text", "Traffic citation only. Bring the paid receipt.", leave=False)
    hands.click("note_save")
    yield lambda: hands.reads("The note is signed and saved.")
    hands.click("decision:prepare")
    hands.type_into("decision_reason", "Citation only. Bring the paid receipt.")
    hands.click("decision_sign")
    yield lambda: hands.reads("The decision is signed and saved.") and hands.reads("Signed by M. Attorney")
    hands.picture("29-decided")
    scene.say("decided")
    hands.click("case_lend")
    yield None
    lend = next(one for one in scene.window.findChildren(QAction) if one.text() == "Ruma Sample")
    lend.trigger()
    yield lambda: hands.reads("can open this case until the clinic closes")
    yield from go(scene, "menu_cases")
    yield from send(scene)
    scene.say("lent")
    yield from lock(scene)


def print_it(scene: Scene) -> Script:
    """A second volunteer, lent the one record, prints the form on the blank the team was sent."""
    hands = scene.hands
    yield from arrive(scene)
    yield from go(scene, "menu_list")
    yield lambda: hands.seen("open_intake")
    hands.click("open_intake")
    yield lambda: hands.seen("print") and hands.seen("section:consent")
    hands.click("print")
    if scene.job["blank"]:
        yield lambda: hands.reads("Every answer fits.") or hands.reads("Does not fit its box")
        yield lambda: hands.seen("save_pdf")
        yield from turn(hands, 1)
        hands.picture("30-second-volunteer-prints")
        yield from save(scene, "n-400-second-volunteer.pdf")
        hands.click("look_packet")
    else:
        yield lambda: hands.seen("packet_instead")
        hands.click("packet_instead")
    yield lambda: hands.reads("Print the packet") and hands.seen("save_pdf")
    yield lambda: not hands.reads("Setting the packet…")
    yield from save(scene, "packet-second-volunteer.pdf")
    hands.click("back")
    yield lambda: hands.seen("next")
    yield from lock(scene)


def by_stick(scene: Scene) -> Script:
    """Another client; the relay is packed up: what waits goes on a stick."""
    hands = scene.hands
    yield from unlock(hands, str(scene.job["words"]))
    yield from short_intake(scene)
    hands.click("hand_over")
    yield lambda: hands.seen("hand_over_now")
    hands.click("hand_over_now")
    yield lambda: hands.reads("It is handed over.") and hands.seen("open_intake")
    yield lambda: counted(scene, "1 on this laptop only")
    yield from go(scene, "menu_team")
    yield lambda: hands.seen("write_stick")
    hands.click_soon("write_stick")
    yield from choose(scene, Path(scene.job["stick"]))
    yield lambda: hands.reads("Nobody on the way can open them.")
    hands.picture("31-on-a-stick")
    scene.say("on_a_stick")
    yield from lock(scene)


def from_stick(scene: Scene) -> Script:
    """The attorney takes the stick."""
    hands = scene.hands
    yield from unlock(hands, str(scene.job["words"]))
    yield from go(scene, "menu_team")
    yield lambda: hands.seen("read_stick")
    hands.click_soon("read_stick")
    yield from choose(scene, Path(scene.job["stick"]))
    yield lambda: hands.reads("were new here")
    yield from go(scene, "menu_cases")
    yield lambda: hands.reads("2 cases")
    hands.picture("32-two-cases")
    scene.say("two_cases")
    yield from lock(scene)


def online(scene: Scene) -> Script:
    """Internet is back: one round with the server."""
    hands = scene.hands
    yield from unlock(hands, str(scene.job["words"]))
    yield lambda: hands.reads("Server reached")
    yield from send(scene)
    hands.picture(f"33-online-{scene.job['person'].split()[-1].casefold()}")
    scene.say("online")
    yield from lock(scene)


def let_go(scene: Scene) -> Script:
    """The volunteer's desk sees that the legal team has it, and lets go."""
    hands = scene.hands
    yield from unlock(hands, str(scene.job["words"]))
    yield lambda: counted(scene, "2 received by the legal team")
    hands.picture("34-received")
    scene.say("received", read="received by the legal team")
    yield from lock(scene)


def batch(scene: Scene) -> Script:
    """The coordinator writes the cases for a partner."""
    hands, job = scene.hands, scene.job
    yield from unlock(hands, str(job["words"]))
    yield lambda: hands.reads("Server reached")
    yield from go(scene, "menu_batch")
    yield lambda: hands.seen("write_batch") and hands.reads("What is inside")
    yield lambda: str(getattr(hands.find("write_batch"), "text")()).startswith("Write 2")  # noqa: B009 - a button
    hands.type_into("batch_keys", str(job["key"]), leave=False)
    hands.picture("35-batch")
    hands.click_soon("write_batch")
    yield from choose(scene, Path(job["output"]))
    yield lambda: hands.reads("It was opened again and compared.")
    hands.picture("36-batch-written")
    scene.say("batch")
    yield from lock(scene)


def forget(scene: Scene) -> Script:
    """An intake that is sealed and mirrored, and then nobody remembers the words of the seat."""
    hands = scene.hands
    yield from unlock(hands, str(scene.job["words"]))
    yield from short_intake(scene)
    hands.click("back")
    yield lambda: hands.seen("open_intake")
    yield lambda: any(Path(scene.job["outgoing"]).glob("*/outgoing/*.op"))
    scene.say("mirrored")
    yield lambda: False


def rescued(scene: Scene) -> Script:
    """The attorney reads what was carried from the seat nobody can open."""
    hands = scene.hands
    yield from unlock(hands, str(scene.job["words"]))
    yield from go(scene, "menu_cases")
    yield lambda: hands.reads("3 cases")
    hands.type_into("case_search", "Farida", leave=False)
    yield lambda: hands.reads("2 cases")
    hands.picture("37-rescued")
    scene.say("rescued")
    yield from lock(scene)


# -- what recurs ------------------------------------------------------------------------------------


def arrive(scene: Scene) -> Script:
    """Unlock, take the invite, use the clinic's relay, and meet the others once."""
    hands, job = scene.hands, scene.job
    yield from unlock(hands, str(job["words"]))
    yield lambda: hands.seen("first_intake") or hands.seen("open_intake")
    yield from go(scene, "menu_team")
    yield lambda: hands.seen("take_invite")
    hands.click_soon("take_invite")
    yield from choose(scene, Path(job["invite"]))
    yield lambda: hands.reads("This desk is in the team") or hands.seen("use_relay")
    yield lambda: hands.seen("use_relay")
    hands.type_into("relay_address", str(job["relay"]))
    hands.click_soon("use_relay")
    yield from choose(scene, Path(job["authority"]))
    yield lambda: hands.reads("The relay is tried with the next round.")
    yield from send(scene)
    yield lambda: hands.reads("Live over the clinic's own relay")


def short_intake(scene: Scene) -> Script:
    """A new naturalization intake in English with three answers."""
    hands, client = scene.hands, Client(datetime.now(UTC).date())
    yield lambda: hands.seen("first_intake") or hands.seen("new_intake")
    yield from go(scene, "menu_new")
    yield lambda: hands.seen("start:naturalization:en")
    hands.click("start:naturalization:en")
    yield lambda: hands.seen("section:consent")
    for ref, value in NAMES.items():
        hands.click(f"section:{ref.split('/')[2]}")
        yield asks(scene, ref)
        yield from answer(hands, client, ref, value)
        yield scene.saved


def reads(scene: Scene, words: str) -> Callable[[], bool]:
    """Waits until these words are on the screen."""
    return lambda: scene.hands.reads(words)


def asks(scene: Scene, ref: str) -> Callable[[], bool]:
    """Waits until a question is on the screen."""
    return lambda: bool(scene.hands.named(f"answer:{ref}") or scene.hands.named(f"choice:{ref}:"))


def go(scene: Scene, name: str) -> Script:
    """Choose an entry of a menu."""
    entry = scene.window.findChild(QAction, name)
    if entry is None:
        raise LostPatience(f"no menu entry is called {name}")
    entry.trigger()
    yield None


def send(scene: Scene) -> Script:
    """Send and fetch now, and wait until the round is over."""
    seat = scene.window.seat
    if seat is None:
        raise LostPatience("no seat is open")
    others = seat.others
    before = others.rounds.done
    yield from go(scene, "menu_send")
    yield lambda: others.rounds.done > before and others.rounds.idle


def choose(scene: Scene, path: Path) -> Script:
    """Choose a file in the dialog that opens."""
    hands = scene.hands
    yield hands.dialog_open
    hands.choose_file(path)
    yield lambda: not hands.dialog_open()


def counted(scene: Scene, words: str) -> bool:
    """Whether the foot of the window counts this."""
    return scene.window.findChild(QAction, "menu_lock") is not None and words in " ".join(
        widget.accessibleName() for widget in scene.window.findChildren(LadderStep)
    )


def lock(scene: Scene) -> Script:
    """Leave the seat."""
    scene.hands.click("lock")
    yield lambda: scene.hands.seen("words")


PARTS: Final[Mapping[str, Callable[[Scene], Script]]] = {
    part.__name__: part
    for part in (
        found, ask, admit, hand_over, decide, print_it, by_stick, from_stick,
        online, let_go, batch, forget, rescued,
    )
}  # fmt: skip
