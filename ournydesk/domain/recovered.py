"""What a recovery kit brought back, as plain lines. Layer: domain, standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ournydesk.domain.answers import Said
from ournydesk.domain.membership import UserId
from ournydesk.domain.merge import Merged
from ournydesk.domain.merge.state import Placed
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.record import Stamp, Write

Names = Mapping[DeviceId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """The records that opened, and how much did not and why."""

    records: tuple[Mapping[str, object], ...]
    left_out: Mapping[str, int]
    """Operations that were not read, by reason."""
    logs: int = 1
    """How many logs of the team were brought that do not follow from one another; one is as it should be."""


def line(name: RecordId, state: Merged, names: Names) -> Mapping[str, object]:
    """One record as it is written into the file: its form, its answers by path, what was said about it.

    Where two people gave two answers that nobody decided between, ``conflicts`` has all of them.
    """
    began = state.began
    written: dict[str, object] = {"record": name}
    if began is not None:
        written |= {
            "ticket": began.ticket,
            "form": {"id": began.form_id, "version": began.form_version, "title": began.form_title},
            "language": began.language,
            "started_at": began.started_at.isoformat(),
        }
    answers = state.answers.values
    written["answers"] = {path: answers[path].text for path in answers if answers[path].said is Said.VALUE}
    said = {path: answers[path].said.value for path in answers if answers[path].said is not Said.VALUE}
    live = state.live
    more: dict[str, object] = {
        "not_answered": said,
        "conflicts": {path: [one.answer.text for one in live[path]] for path in state.conflicts},
        "handed_over": [{**_signed(one, names), "words": one.write.words} for one in state.handed_over],
        "notes": [{**_signed(one, names), "text": one.write.text} for one in state.notes],
        "decisions": [
            {**_signed(one, names), "choice": one.write.choice.value, "reason": one.write.reason}
            for one in state.decisions
        ],
    }
    return written | {key: value for key, value in more.items() if value}


def names_of_devices(users: Mapping[DeviceId, UserId], people: Mapping[UserId, str]) -> Names:
    """What the person at each device is called, the id's beginning where no name was published."""
    return {device: people.get(user, f"person {user[:8]}") for device, user in users.items()}


def _signed(placed: Placed[Write], names: Names) -> dict[str, object]:
    return {"by": names.get(placed.dot.device, placed.dot.device[:8]), "at": _moment(placed.at)}


def _moment(stamp: Stamp) -> str:
    return datetime.fromtimestamp(stamp.ms / 1000, UTC).isoformat(timespec="seconds")
