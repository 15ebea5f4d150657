"""Documents of the open vault's records, put together. Layer: bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from forms.paper.photos import as_pdf
from forms.paper.preview import Pages
from ournydesk.bootstrap.files import read_chosen
from ournydesk.clock import Clock
from ournydesk.domain.attachments import MOST_BYTES, BlobId, DocumentCard
from ournydesk.domain.documents import Printout
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.operations import RecordId
from ournydesk.ports import OpenVault
from ournydesk.services import attachments


class LaptopAttached:
    """``ui.attached_desk.AttachedDesk`` on the vault that is open now."""

    def __init__(self, vault: Callable[[], OpenVault], clock: Clock) -> None:
        self._vault, self._clock = vault, clock

    def documents(self, intake: IntakeId) -> tuple[DocumentCard, ...]:
        """The documents of a record."""
        return attachments.cards(RecordId(intake), self._vault())

    def read(self, source: Path) -> bytes:
        """A photograph or PDF as a PDF, checked."""
        return as_pdf(read_chosen(source, MOST_BYTES))

    def add(self, intake: IntakeId, name: str, pdf: bytes) -> DocumentCard:
        """Seal it into a record."""
        return attachments.add(intake, name, pdf, vault=self._vault(), clock=self._clock)

    def open(self, intake: IntakeId, blob: BlobId) -> Printout:
        """One of them, to be looked at; it exists in memory only."""
        pdf = attachments.content(RecordId(intake), blob, self._vault())
        with Pages(pdf) as pages:
            return Printout(pdf=pdf, pages=pages.count)
