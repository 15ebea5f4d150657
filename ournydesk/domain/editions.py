"""Until when an agency accepts an edition of its form. Layer: domain, standard library only.

An agency announces a new edition with a day until which it still takes the old one. A coordinator reads
that day on the agency's site and confirms it; every desk obeys, without a network too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a blank's edition: ``form`` is the map's id, ``n-400``."""

    form: str
    edition: str
    expires: str = ""
    """The day printed on the blank, as printed. The agency often takes a form after it."""
    confirmed: date | None = None
    """When somebody last looked on the agency's site; None where nobody said so."""
    until: date | None = None
    """The last day it is accepted; None while the agency names none."""

    def over(self, on: date) -> bool:
        """Whether the agency takes this edition no more."""
        return self.until is not None and on > self.until
