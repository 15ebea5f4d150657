"""What the page of a record's documents asks of the desk behind it. Layer: ui; all on the vault's lane."""

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

    def add(self, intake: IntakeId, source: Path) -> DocumentCard:
        """Seal a file's content into the record; the file itself stays where it is.

        Raises Refused("refused.consent") before the client agreed, and BadInput.
        """
        ...

    def open(self, intake: IntakeId, blob: BlobId) -> Printout:
        """One of them, in memory only. Raises Refused("refused.on_its_way")."""
        ...
