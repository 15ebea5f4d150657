"""A finding before its citation is attached. Layer: law, stdlib only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ournydesk.law.naturalization.assessment import Severity


@dataclass(frozen=True, slots=True)
class Draft:
    """One rule that fired: its code, a plain sentence for attorneys, and what it saw.

    ``severity`` is set only where the law itself softens a rule for some people.
    """

    code: str
    text: str
    inputs: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None
