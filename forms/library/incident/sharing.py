"""What an incident report allows to be shared. Layer: forms.library.

Everything that is not clearly agreed to is refused: a blank, "does not know" and "prefers not to say" are no
consent, and neither is one that nobody explained.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from forms.engine import Session
from forms.library.incident.answered import Answered
from ournydesk.domain.incident import NO_CONSENT, Consents, PressPart, Recipient, Scope

OWN: Final = frozenset({"affected", "parent"})
"""Who can agree for the person: themselves, or their parent or guardian. A witness is counted at most."""
EVERYTHING: Final = "everything"
EXPLAINED: Final = ("explained_by", "explained_in", "explained_on")


def consents(session: Session) -> Consents:
    """What was agreed to in one filling, less what was taken back."""
    answered = Answered(session)
    if answered.text("agrees") != "Y":
        return NO_CONSENT
    given = {one: scope for one in Recipient if (scope := _scope(answered, one)) is not Scope.NONE}
    parts = frozenset(PressPart(part) for part in answered.words("press_parts"))
    found = Consents(MappingProxyType(given), parts)
    if answered.text("role") not in OWN or not _explained(answered) or not _of_age_or_agreed(answered):
        found = found.only(Recipient.STATISTICS)
    if answered.text("minor") == "Y" and not _both_agree(answered):
        found = NO_CONSENT
    return found.without(*_withdrawn(answered))


def _scope(answered: Answered, recipient: Recipient) -> Scope:
    text = answered.text(f"share_{recipient.value}")
    return Scope(text) if text else Scope.NONE


def _explained(answered: Answered) -> bool:
    return all(answered.text(name) for name in EXPLAINED)


def _of_age_or_agreed(answered: Answered) -> bool:
    return answered.text("minor") == "N" or _both_agree(answered)


def _both_agree(answered: Answered) -> bool:
    return answered.text("guardian_agrees") == "Y" and answered.text("child_agrees") == "Y"


def _withdrawn(answered: Answered) -> tuple[Recipient, ...]:
    """Who was named in a withdrawal; all when nobody was named. Taken back stays taken back."""
    if answered.text("has_withdrawal") != "Y":
        return ()
    named = {row.text("w_recipient") for row in answered.rows("withdrawal")} - {""}
    return tuple(Recipient(one) for one in named) if named and EVERYTHING not in named else tuple(Recipient)
