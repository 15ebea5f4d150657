"""Key derivations that cost nothing, and invented contents for vaults."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final

from ournydesk.crypto.kdf import Cost, Policy
from ournydesk.domain.answers import Answer, AnswerEvent, AnswerSet, RowAdded
from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.ids import IntakeId, Path, RowId, new_id
from ournydesk.domain.intake import IntakeHead

COST: Final = Cost(memory=64, iterations=1, lanes=1)
POLICY: Final = Policy(floor=COST, ceiling=Cost(memory=256, iterations=2, lanes=2))
WORDS: Final = "invented words for a test vault"
OTHER_WORDS: Final = "quite different words after a change"
NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
XML: Final = b"<form>invented</form>"
FORM: Final = FormVersion(
    id="demo",
    version="1",
    hash=hashlib.sha256(XML).hexdigest(),
    title="Demo form",
    xml=XML,
    files={"places.csv": b"name\nNowhere\n"},
)


def later(minutes: int) -> datetime:
    """Some minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def head(ticket: int = 1) -> IntakeHead:
    """An intake of the demo form."""
    return IntakeHead(
        id=IntakeId(new_id()),
        ticket=ticket,
        form_id=FORM.id,
        form_version=FORM.version,
        form_hash=FORM.hash,
        form_title=FORM.title,
        language="Bengali (bn)",
        started_at=NOON,
    )


def said(path: str, text: str) -> AnswerSet:
    """An answer."""
    return AnswerSet(Path(path), Answer(text))


def trip(place: str) -> tuple[AnswerEvent, ...]:
    """A row with one answer in it."""
    row = RowId(new_id())
    return (RowAdded(Path("/data/trips"), row), said(f"/data/trips[{row}]/place", place))
