"""What an incident report tells of the urgency of a case. Layer: forms.library.

Only what was said is reported: an answer that is not known is marked for the attorney instead. This is no
alert: nobody is sent, and nobody outside the team is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from forms.engine import Session
from forms.library.incident.answered import Answered
from ournydesk.law.urgency import Urgency, UrgencyTable, urgency

SAME: Final = {
    "danger": "trafficking_or_violence_now",
    "held": "detained",
    "child": "child_at_risk",
    "t_again": "victim_safety",
    "h_now": "care_needed",
}
"""Yes-or-no questions that are each a fact of the urgency table."""


def urgency_of(session: Session, today: date, table: UrgencyTable) -> Urgency:
    """The level of a report on a day, with its reasons."""
    return urgency(tuple(urgency_facts(session, today)), table)


def urgency_facts(session: Session, today: date) -> Iterator[str]:
    """The facts of a report as ``ournydesk.law.urgency`` reads them."""
    answered = Answered(session)
    yield from (fact for question, fact in SAME.items() if answered.text(question) == "Y")
    letter = answered.text("d_letter_date")
    if letter:
        yield f"deadline_days:{(date.fromisoformat(letter) - today).days}"
