"""Batches of the open vault, put together. Layer: bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ournydesk.bootstrap.cases import LaptopCases
from ournydesk.clock import Clock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.batch import BatchDone, BatchPlan
from ournydesk.domain.operations import RecordId
from ournydesk.services.intakes import OpenedIntake

DrawPacket = Callable[[OpenedIntake], bytes]


class LaptopBatches:
    """``ui.desk.BatchDesk`` on the vault that is open now."""

    def __init__(self, cases: LaptopCases, draw: DrawPacket, words: WordBook, clock: Clock) -> None:
        self._cases = cases
        self._draw = draw
        self._words = words
        self._clock = clock

    def plan_batch(self, records: Sequence[RecordId] | None) -> BatchPlan:
        """What a batch would hold."""
        from ournydesk.services import batches  # noqa: PLC0415 - age is loaded when a batch is planned

        return batches.plan(records, cases=self._cases.room(), words=self._words)

    def write_batch(self, plan: BatchPlan, recipients: Sequence[str], folder: Path) -> BatchDone:
        """Write it, open it again, compare."""
        from ournydesk.services import batches  # noqa: PLC0415 - the same

        return batches.export(
            plan, recipients, folder, cases=self._cases.room(), draw=self._draw, clock=self._clock
        )
