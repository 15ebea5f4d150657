"""How places, contacts and alarms read. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from ournydesk.domain.days import english_day
from ournydesk.domain.oplog import Standing
from ournydesk.domain.whereabouts import Aside, CheckOut, OnItsWay, Place, WaitsFor
from ournydesk.domain.wire import Heard, Reach, WireView
from ui.i18n import tr
from ui.widgets.ladder import words_of

HEADS: Final = ("Intake", "Where it is", "Waits for")
WAITS: Final[Mapping[WaitsFor, str]] = {
    WaitsFor.NOTHING: "nothing",
    WaitsFor.CONSENT: "the client to agree",
    WaitsFor.CLINIC: "a clinic to be opened",
    WaitsFor.ROUND: "the next round",
    WaitsFor.SERVER: "the server",
    WaitsFor.HAND_OVER: "its hand-over",
    WaitsFor.READER: "someone to read it",
    WaitsFor.PERSON: "you: see “Set aside”",
}
STOOD: Final[Mapping[Standing, str]] = {
    Standing.REFUSED: "The server did not take it",
    Standing.QUARANTINED: "It does not check out",
    Standing.HELD: "Waits for something else",
}
WHY: Final[Mapping[str, str]] = {
    "role": "its author may not do this any more",
    "fork": "another one stands in its place",
    "signature": "the signature does not hold",
    "device": "nobody in the team has that laptop",
    "envelope": "its bytes are damaged",
    "membership": "an entry of the team has not arrived",
    "key": "its key has not arrived",
    "newer": "a newer OurNY Desk wrote it",
    "record": "the beginning of the record has not arrived",
    "seen": "its author was shown another log",
    "erased": "the record was erased everywhere before",
    "not_theirs": "the record belongs to others",
}
NEARBY: Final = "nearby"
"""In the place of a relay's address: whichever is found on this network and proves to be ours."""
SILENT: Final = timedelta(days=7)
"""After this long without a word from anybody who reads cases, somebody should ask why."""


def place_row(place: Place) -> tuple[str, ...]:
    """One line of the list; the words of the rung are never cut."""
    name = tr("#{n}  {title}", n=place.ticket, title=place.title)
    return name, where_words(place), tr(WAITS[place.waits_for])


def where_words(place: Place) -> str:
    """The rung, and by how many it was received."""
    words = words_of(place.status)
    if place.readers == 1:
        return tr("{words} (1 person)", words=words)
    return tr("{words} ({n} people)", words=words, n=place.readers) if place.readers else words


def aside_words(aside: Aside) -> tuple[str, str]:
    """What stands aside, and why, as two sentences."""
    what = tr("Intake #{n}", n=aside.ticket) if aside.ticket is not None else tr("Something for the team")
    who = tr("written here") if aside.own else tr("from {name}", name=aside.by or tr("nobody known"))
    reason = WHY.get(aside.why.rpartition(":")[2], "")
    told = tr(STOOD[aside.standing])
    sentence = f"{told}: {tr(reason)}." if reason else f"{told}."
    if aside.own and aside.standing is Standing.REFUSED:
        sentence += " " + tr("What was written here later waits behind it; a stick carries all of it.")
    return f"{what}, {who}", sentence


def document_words(one: OnItsWay) -> tuple[str, str]:
    """Whose document it is, and how far its parts have come."""
    whose = tr("Intake #{n}", n=one.ticket) if one.ticket is not None else tr("A document")
    if one.have < one.parts:
        return whose, tr("arriving: {have} of {parts} parts", have=one.have, parts=one.parts)
    return whose, tr("{sent} of {parts} parts on the server", sent=one.sent, parts=one.parts)


def moment(at: datetime, now: datetime) -> str:
    """A time of today, or the day and the time."""
    there, here = at.astimezone(), now.astimezone()
    if there.date() == here.date():
        return f"{there:%H:%M}"
    return f"{english_day(there)}, {there:%H:%M}"


def server_words(view: WireView, now: datetime) -> tuple[str, str]:
    """How it stands with the server: what is so, and since when."""
    if not view.server:
        return tr("No server is set up."), tr("A coordinator names it under Team.")
    last = tr("Never reached yet.")
    if view.server_at is not None:
        last = tr("It last knew this desk at {time}.", time=moment(view.server_at, now))
    return tr(REACHES[view.server_reach]), last


def relay_words(view: WireView, now: datetime) -> tuple[str, str]:
    """The same of the clinic's own relay."""
    if not view.relay:
        return tr("No relay is named."), ""
    last = tr("Last reached at {time}.", time=moment(view.relay_at, now)) if view.relay_at else ""
    return tr(REACHES[view.relay_reach]), last


REACHES: Final[Mapping[Reach, str]] = {
    Reach.NEVER: "Not tried yet.",
    Reach.REACHED: "It answers, and knows this desk.",
    Reach.BUSY: "It is busy. This desk tries again by itself; nothing is lost.",
    Reach.AWAY: "It cannot be reached.",
    Reach.WRONG_SERVER: "Something else answers in its place.",
    Reach.SHUT_OUT: "It does not let this desk in any more.",
    Reach.ALARM: "Sending has stopped: see above.",
}


def heard_words(heard: Heard, now: datetime) -> str:
    """When the last signed thing of a person arrived."""
    return moment(heard.at, now)


def silence(view: WireView, now: datetime) -> str:
    """A server that answers and brings nothing of anybody may be holding it back; empty when all is well."""
    if view.server_reach is not Reach.REACHED or not view.heard:
        return ""
    latest = max(one.at for one in view.heard)
    if now - latest < SILENT:
        return ""
    return tr(
        "Nothing new of anybody for {n} days, though the server answers. Ask whether they worked.",
        n=(now - latest).days,
    )


def check_out_words(found: CheckOut) -> tuple[str, tuple[str, ...]]:
    """Whether the laptop can be handed back, and what keeps it here."""
    reasons = tuple(
        tr(words, n=count)
        for count, words in (
            (found.drafts, "{n} without the client's agreement: ask, or press “The client says no”."),
            (found.unsealed, "{n} with answers that cannot leave yet: no clinic is open."),
            (found.waiting, "{n} pieces the server has not shown back: send now, or write a stick."),
            (found.documents, "{n} documents the server does not have whole: send now, or write a stick."),
            (found.refused, "{n} pieces the server refused: see “Set aside”."),
        )
        if count
    )
    if reasons:
        return tr("Keep this laptop. It holds what is nowhere else:"), reasons
    if found.unread:
        unread = tr(
            "{n} on the server were not read by the legal team yet; that needs no laptop.", n=found.unread
        )
        return tr("Nothing unsent is left. This laptop can be handed back."), (unread,)
    return tr("Nothing unsent is left. This laptop can be handed back."), ()
