"""What shutting a desk out does, and what it cannot take back, in plain sentences. Layer: domain.

The screen, the printed list and the command line say the same.
"""

from __future__ import annotations

from ournydesk.domain.days import english_day
from ournydesk.domain.exposure import Exposure


def sentences(exposure: Exposure) -> tuple[str, ...]:
    """What is sure about that laptop, what is not, and whom to tell."""
    said = [_could_open(exposure), _by_its_groups(exposure), _let_go(exposure), _locked(exposure)]
    said += [_unknown(exposure), _blind(exposure)]
    return tuple(sentence for sentence in said if sentence)


def before(exposure: Exposure) -> tuple[str, ...]:
    """What to know before that desk is shut out."""
    return (
        "From then on it gets nothing new, and nothing it signs counts. What it wrote until now stays good.",
        "The keys of its groups are changed for what is written from now on.",
        "This cannot be undone: that desk can only join again as a new one.",
        "What it could open so far it may have read or copied; nothing takes that back.",
        *sentences(exposure),
    )


def _could_open(exposure: Exposure) -> str:
    count = sum(record.open for record in exposure.records)
    if not count:
        return (
            "This desk knows of no record that was written on that laptop, or lent to it, and is still there."
        )
    whose = "was" if count == 1 else "were"
    return f"{_records(count)} {whose} written on that laptop or lent to it, and may still be there."


def _by_its_groups(exposure: Exposure) -> str:
    if not exposure.groups:
        return ""
    listed = ", ".join(f"{group.title}: {group.records}" for group in exposure.groups)
    return f"Its person reads cases. It could open everything that was written to its groups ({listed})."


def _let_go(exposure: Exposure) -> str:
    count = len(exposure.let_go)
    if not count:
        return ""
    gone = (
        "is not on it any more: the laptop signed that its key is"
        if count == 1
        else ("are not on it any more: the laptop signed that their keys are")
    )
    return f"{_records(count)} {gone} destroyed."


def _locked(exposure: Exposure) -> str:
    words = "the card was with it" if exposure.seat else "its words were written down with it"
    return (
        "If the laptop was locked or off, whoever has it needs the six words. "
        f"If {words}, or it was open, take every record in the list as read."
    )


def _unknown(exposure: Exposure) -> str:
    when = english_day(exposure.heard_at.astimezone()) if exposure.heard_at is not None else "never"
    heard = (
        f"Last heard from that laptop: {when}. " if when != "never" else "Nothing was ever heard from it. "
    )
    return f"{heard}What was typed there later and never sent is known to nobody here: ask who sat there."


def _blind(exposure: Exposure) -> str:
    if exposure.reads_here:
        return ""
    return (
        "You do not read cases, so names and most records are missing from this list. "
        "Have a coordinator who reads cases print it."
    )


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"
