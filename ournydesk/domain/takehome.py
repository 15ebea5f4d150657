"""What a client takes home after an attorney's decision. Layer: domain, standard library only.

The page names nobody: no person, no number, no status, no organization. Somebody at home, on the bus or
at work may read it; so it is printed only after the client was asked whether carrying it is safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from ournydesk.domain.case import Decision
from ournydesk.domain.record import Choice
from ournydesk.errors import Refused

MOST_WHERE = 120
"""Characters of the place to come to."""


class Bring(StrEnum):
    """What to bring, in words that give nothing away."""

    IDENTITY = "identity"
    PASSPORTS = "passports"
    ADDRESSES = "addresses"
    FAMILY = "family"
    TAX = "tax"
    COURT = "court"
    INCOME = "income"
    LETTERS = "letters"


USUAL: Mapping[Choice, tuple[Bring, ...]] = MappingProxyType(
    {
        Choice.PREPARE: (
            Bring.IDENTITY,
            Bring.PASSPORTS,
            Bring.ADDRESSES,
            Bring.FAMILY,
            Bring.TAX,
            Bring.COURT,
            Bring.INCOME,
        ),
        Choice.PARTNER: (Bring.IDENTITY, Bring.PASSPORTS, Bring.FAMILY, Bring.COURT, Bring.LETTERS),
        Choice.REFERRAL_LIST: (Bring.IDENTITY, Bring.COURT, Bring.LETTERS),
        Choice.NOT_NOW: (),
    }
)
"""What is usually wanted next, by decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeHome:
    """One page: what comes next, what to bring, by when, where. ``language`` is a BCP 47 code."""

    choice: Choice
    language: str
    bring: tuple[Bring, ...]
    by: date | None = None
    where: str = ""


def take_home(
    decisions: Sequence[Decision],
    language: str,
    *,
    safe_to_carry: bool,
    bring: Sequence[Bring] | None = None,
    by: date | None = None,
    where: str = "",
) -> TakeHome:
    """The page that follows from the newest of ``decisions``.

    Raises Refused("refused.undecided") before an attorney signed one, and Refused("refused.carrying")
    until the client said that carrying the page is safe.
    """
    if not decisions:
        raise Refused("refused.undecided")
    if not safe_to_carry:
        raise Refused("refused.carrying")
    newest = max(decisions, key=lambda one: one.at)
    return TakeHome(
        choice=newest.choice,
        language=language,
        bring=tuple(USUAL[newest.choice] if bring is None else bring),
        by=by,
        where=" ".join(where.split())[:MOST_WHERE],
    )
