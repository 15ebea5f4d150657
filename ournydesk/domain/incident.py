"""Who may learn what of an incident. Layer: domain, standard library only.

Consent is given for one recipient at a time and starts at nothing. No recipient is above or below another:
what the police may know says nothing about the press.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType


class Recipient(StrEnum):
    """One who may be told, each asked about on its own."""

    STATISTICS = "statistics"
    INTERNAL = "internal"
    PARTNERS = "partners"
    ATTORNEY = "attorney"
    STATE = "state"
    CITY = "city"
    ATTORNEY_GENERAL = "oag"
    DISTRICT_ATTORNEY = "da"
    POLICE = "police"
    FEDERAL = "federal"
    INSTITUTION = "institution"
    PRESS = "press"


class Scope(StrEnum):
    """How much a recipient may know."""

    NONE = "none"
    COUNTED = "counted"
    """One more in a number, for statistics only."""
    WITHOUT_NAME = "without_name"
    NAMED = "named"


class PressPart(StrEnum):
    """What the press may use, each allowed on its own."""

    QUOTE = "quote"
    NAME = "name"
    FACE = "face"
    VOICE = "voice"


def _nothing() -> Mapping[Recipient, Scope]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Consents:
    """What was agreed to. A recipient that is absent gets nothing."""

    given: Mapping[Recipient, Scope] = field(default_factory=_nothing)
    press: frozenset[PressPart] = frozenset()

    def scope(self, recipient: Recipient) -> Scope:
        """How much this recipient may know; no other recipient's scope is looked at."""
        return self.given.get(recipient, Scope.NONE)

    @property
    def countable(self) -> bool:
        """Whether the incident may be one more in a number."""
        return self.scope(Recipient.STATISTICS) is Scope.COUNTED

    def press_parts(self) -> frozenset[PressPart]:
        """What the press may use: nothing without its own consent, and no person when without the name."""
        match self.scope(Recipient.PRESS):
            case Scope.NAMED:
                return self.press
            case Scope.WITHOUT_NAME:
                return self.press & {PressPart.QUOTE}
            case _:
                return frozenset()

    def only(self, *recipients: Recipient) -> Consents:
        """The same for these recipients and nothing for all others."""
        kept = {one: scope for one, scope in self.given.items() if one in recipients}
        return replace(self, given=MappingProxyType(kept))

    def without(self, *recipients: Recipient) -> Consents:
        """The same after these recipients' consent was taken back."""
        return self.only(*(one for one in self.given if one not in recipients))


NO_CONSENT = Consents()
