"""What the naturalization rules are told. Layer: law, stdlib only.

Every field but the filing date may stay at its default, which means "nothing to report"; ``None`` is
never read as *no*. Keeping *unknown* apart from *not asked* is the form's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from ournydesk.law.dates import When

BIRTH: Final = "birth"


class Basis(StrEnum):
    """The paragraph of the Act a person files under; ``BEST`` asks the rules to choose."""

    GENERAL = "316"
    SPOUSE = "319a"
    VAWA = "vawa"
    SERVICE = "328"
    HOSTILITIES = "329"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Trip:
    """One journey out of the United States; ``ret`` is None while the person is still away."""

    depart: When
    ret: When | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Military:
    """Service in the armed forces: in designated hostilities, and honourable throughout."""

    active_hostilities: bool = False
    honorable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One person on the day they would file. Names are those of ``ournydesk assess naturalization``."""

    filing_date: date
    dob: When | None = None
    sex: Literal["M", "F"] | None = None
    lpr_date: When | None = None
    basis: Basis = Basis.BEST
    trips: tuple[Trip, ...] = ()
    married: bool | None = None
    living_together: bool | None = None
    marriage_date: When | None = None
    divorce_date: When | None = None
    spouse_usc_since: When | Literal["birth"] | None = None
    parent_usc_before_18: bool | None = None
    lived_with_usc_parent_as_lpr: bool | None = None
    n470_approved: bool | None = None
    state: str | None = None
    state_since: When | None = None
    disability_n648: bool | None = None
    i751_pending: bool | None = None
    lived_us_18_26: bool | None = None
    ss_registered: bool | None = None
    lawful_nonimmigrant_18_26: bool | None = None
    military: Military = Military()
    flags: tuple[str, ...] = ()
    """``name`` or ``name:value``, as listed in ``conduct.py``."""
