"""Saving answers. Layer: services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ournydesk.clock import Clock
from ournydesk.domain.answers import AnswerEvent
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Progress
from ournydesk.ports import Intakes


def record(
    intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress, *, intakes: Intakes, clock: Clock
) -> datetime:
    """Save events and what a screen counted; when they were saved, aware, UTC.

    They are on the disk when this returns. Raises StoreBroken when the disk does not take them, and
    Refused("refused.unknown_intake").
    """
    intakes.append(intake, events, progress, clock.now())
    return intakes.row(intake).changed_at
