"""Thinks for the documents of one record. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from ournydesk.domain.attachments import BlobId, DocumentCard
from ournydesk.domain.documents import Printout
from ournydesk.domain.ids import IntakeId
from ui.attached_desk import AttachedDesk
from ui.i18n import tr
from ui.messages import Message, message
from ui.tasks import Lane, Tasks

T = TypeVar("T")
KILO, MEGA = 1024, 1024 * 1024


class AttachedFace(Protocol):
    """What the presenter shows."""

    def show_documents(self, cards: tuple[DocumentCard, ...]) -> None:
        """The list."""
        ...

    def show_document(self, card: DocumentCard, printout: Printout) -> None:
        """One of them, page by page."""
        ...

    def show_busy(self, words: str) -> None:
        """Something takes a moment; empty when it is over."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_done(self, what: str, then: str = "") -> None:
        """What was done."""
        ...


class AttachedPresenter:
    """``added`` is called when a document was sealed: it can be sent."""

    def __init__(
        self,
        face: AttachedFace,
        desk: AttachedDesk,
        tasks: Tasks,
        intake: IntakeId,
        *,
        added: Callable[[], None],
    ) -> None:
        self._face, self._desk, self._tasks, self._intake, self._added = face, desk, tasks, intake, added

    def begin(self) -> None:
        """Read the list."""
        self._do(lambda: self._desk.documents(self._intake), self._face.show_documents)

    def add(self, source: Path) -> None:
        """Check a file, seal what it holds."""
        self._face.show_busy(tr("Reading “{name}”…", name=source.name))

        def read(pdf: bytes) -> None:
            self._do(lambda: self._desk.add(self._intake, source.stem, pdf), done)

        def done(card: DocumentCard) -> None:
            self._face.show_done(
                tr("“{name}” is in this intake, sealed.", name=card.name),
                tr("The file it came from is still where it was: delete it there."),
            )
            self._added()
            self.begin()

        self._do(lambda: self._desk.read(source), read, lane=Lane.PAPER)

    def look(self, card: DocumentCard) -> None:
        """Show one."""
        blob = BlobId(card.blob)
        self._do(
            lambda: self._desk.open(self._intake, blob), lambda made: self._face.show_document(card, made)
        )

    def _do(self, work: Callable[[], T], done: Callable[[T], None], *, lane: Lane = Lane.VAULT) -> None:
        def settled(result: T) -> None:
            self._face.show_busy("")
            done(result)

        def failed(error: Exception) -> None:
            self._face.show_busy("")
            self._face.show_trouble(message(error))

        self._tasks.run(lane, work, done=settled, failed=failed)


def size_words(size: int) -> str:
    """Bytes as a person says them."""
    return tr("{n} MB", n=f"{size / MEGA:.1f}") if size >= MEGA else tr("{n} KB", n=max(1, size // KILO))


def where_words(card: DocumentCard) -> str:
    """How far its parts have come."""
    if card.have < card.parts:
        return tr("arriving: {have} of {parts} parts", have=card.have, parts=card.parts)
    if not card.sent:
        return tr("here, not on the server yet")
    if card.sent < card.parts:
        return tr("here; {sent} of {parts} parts on the server", sent=card.sent, parts=card.parts)
    return tr("on the server")
