"""The agency's blank PDFs, so that printing needs no network. Layer: store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ournydesk.domain.documents import BlankCard
from ournydesk.store.database import Database


class StoredBlanks:
    """``ports.Blanks`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, card: BlankCard, pdf: bytes, at: datetime) -> BlankCard:
        """Keep a blank in place of the one before."""
        with self._database.writing():
            self._database.write(
                "INSERT OR REPLACE INTO blanks (form, edition, expires, pages, imported_at, pdf) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                card.form, card.edition, card.expires, card.pages, at.isoformat(), pdf,
            )  # fmt: skip  # one line of values under one line of names
        return replace(card, imported_at=at)

    def cards(self) -> tuple[BlankCard, ...]:
        """All of them, by form."""
        return tuple(
            BlankCard(
                form=form,
                edition=edition,
                expires=expires,
                pages=pages,
                imported_at=datetime.fromisoformat(imported_at),
            )
            for form, edition, expires, pages, imported_at in self._database.read(
                "SELECT form, edition, expires, pages, imported_at FROM blanks ORDER BY form"
            )
        )

    def pdf(self, form: str) -> bytes | None:
        """The bytes of a form's blank, None when it was not imported."""
        found = self._database.read("SELECT pdf FROM blanks WHERE form = ?", form)
        return bytes(found[0][0]) if found else None
