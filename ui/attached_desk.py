"""What the page of a record's documents asks of the desk behind it. Layer: ui.

All of it is called on the vault's lane, but for ``read``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from ournydesk.domain.attachments import BlobId, DocumentCard
    from ournydesk.domain.documents import Printout
    from ournydesk.domain.ids import IntakeId


class AttachedDesk(Protocol):
    """Photographs and PDFs that belong to a record."""

    def documents(self, intake: IntakeId) -> tuple[DocumentCard, ...]:
        """Its documents, the first added first."""
        ...

    def read(self, source: Path) -> bytes:
        """A photograph or PDF as a PDF, checked; the file stays where it is. For the paper lane.

        Raises BadInput for what is too large, or neither.
        """
        ...

    def add(self, intake: IntakeId, name: str, pdf: bytes) -> DocumentCard:
        """Seal it into the record. Raises Refused("refused.consent") before the client agreed, BadInput."""
        ...

    def open(self, intake: IntakeId, blob: BlobId) -> Printout:
        """One of them, in memory only. Raises Refused("refused.on_its_way")."""
        ...
