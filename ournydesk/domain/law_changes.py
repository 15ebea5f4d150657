"""A case that other law data would read differently. Layer: domain, standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from ournydesk.domain.operations import RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class LawTouched:
    """A case, and what an attorney would read differently of it, in words."""

    record: RecordId
    client: str
    changes: tuple[str, ...]
