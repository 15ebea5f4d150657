"""How far a record's bytes have come, from its operations. Layer: domain, standard library only.

The rungs and their words are the same everywhere: on this laptop only, sending, carried, on the server,
received by the legal team. A record stands where the operation that came least far stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ournydesk.domain.intake import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is known of one operation that changes a record."""

    offered: bool
    carried: bool
    numbered: bool
    received: bool
    """A reader signed that it opened it, or a reader wrote it."""


def status(steps: Iterable[Step], *, unsealed: bool) -> Status:
    """The rung of a record. ``unsealed``: something was written that no operation holds yet.

    *Received by the legal team* needs both: a number on the server and a reader's signature.
    """
    steps = tuple(steps)
    if unsealed or not steps:
        return Status.ON_THIS_LAPTOP
    if all(step.numbered for step in steps):
        return Status.RECEIVED if all(step.received for step in steps) else Status.ON_THE_SERVER
    waiting = [step for step in steps if not step.numbered]
    if all(step.carried for step in waiting):
        return Status.CARRIED
    if all(step.carried or step.offered for step in waiting):
        return Status.SENDING
    return Status.ON_THIS_LAPTOP
