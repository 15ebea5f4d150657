"""How a volunteer works: goes through a section, answers what can be seen, adds rows. All by hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.demo.client import Client
from tests.demo.hands import Hands, Script
from ui.widgets.typed import long_date

Told = Callable[[str, str], None]
FEW = 7


def fill(hands: Hands, client: Client, section: str, told: Told, saved: Callable[[], bool]) -> Script:
    """Answer everything in a section the client has an answer to; ``told`` hears what was saved."""
    hands.click(f"section:{section}")
    yield None
    answered: set[str] = set()
    while True:
        ref = next_question(hands, client, answered)
        if ref is not None:
            answered.add(ref)
            value = client.answer(ref) or ""
            yield from answer(hands, client, ref, value)
            yield saved
            told(ref, value)
            continue
        repeat = next_row(hands, client, answered)
        if repeat is None:
            return
        hands.click(f"add:{repeat}")
        yield None


def next_question(hands: Hands, client: Client, answered: set[str]) -> str | None:
    """The first question on the screen she has an answer to and was not asked yet."""
    names = [*hands.named("answer:"), *hands.named("choice:")]
    for name in names:
        ref = name.split(":", 1)[1].split(":", 1)[0]
        if ref not in answered and client.answer(ref) is not None:
            return ref
    return None


def next_row(hands: Hands, client: Client, answered: set[str]) -> str | None:
    """A table on the screen that has fewer rows than the client has to tell."""
    for name in hands.named("add:"):
        repeat = name.removeprefix("add:")
        rows = {ref.split("]", 1)[0] for ref in answered if ref.startswith(f"{repeat}[")}
        if len(rows) < client.rows(repeat):
            return repeat
    return None


def answer(hands: Hands, client: Client, ref: str, value: str) -> Script:
    """Give one answer the way its question asks for it."""
    definition = client.definition(ref)
    if definition.control not in {"select", "select1"}:
        typed = long_date(value) if definition.type == "date" else value
        hands.type_into(f"answer:{ref}", typed)
        yield None
        return
    if hands.seen(f"answer:{ref}"):
        hands.type_into(f"answer:{ref}", search_words(client, ref, value), leave=False)
        yield None
        hands.key(Qt.Key.Key_Return)
        yield None
        hands.key(Qt.Key.Key_Tab)
    else:
        for chosen in value.split():
            if not hands.find(f"choice:{ref}:{chosen}").property("checked"):
                hands.click(f"choice:{ref}:{chosen}")
            yield None
    yield None


def search_words(client: Client, ref: str, value: str) -> str:
    """What is typed to find a choice in a long list: its English words."""
    labels = {"bn": "Bengali", "BRO": "Brown", "BLK": "Black"}
    if ref.endswith(("feet", "inches")):
        return f"{value} "
    return labels.get(value, value)
