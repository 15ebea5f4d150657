"""Who may file for naturalization, and when. Layer: law, stdlib only. For attorneys only.

``assess(facts, tables)`` gives one of four outcomes with every rule that fired, its inputs, its citation
and its mark. Nothing here is shown to a client.
"""

from __future__ import annotations

from ournydesk.law.naturalization.assess import assess
from ournydesk.law.naturalization.assessment import Assessment, Outcome, Reason, Severity
from ournydesk.law.naturalization.facts import BIRTH, Basis, Facts, Military, Trip

__all__ = [
    "BIRTH",
    "Assessment",
    "Basis",
    "Facts",
    "Military",
    "Outcome",
    "Reason",
    "Severity",
    "Trip",
    "assess",
]
