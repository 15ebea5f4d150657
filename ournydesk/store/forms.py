"""Every form version an intake was started with. Layer: store."""

from __future__ import annotations

from ournydesk.domain.form_version import FormVersion
from ournydesk.errors import Refused
from ournydesk.store.database import Database


class StoredForms:
    """``ports.FormShelf`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, form: FormVersion) -> None:
        """Put a version on the shelf; the same one again changes nothing."""
        if self._database.read("SELECT 1 FROM form_versions WHERE hash = ?", form.hash):
            if self._files(form.hash) != dict(form.files):
                raise Refused("refused.form_changed", form=form.id, version=form.version)
            return
        with self._database.writing():
            self._database.write(
                "INSERT INTO form_versions (hash, id, version, title, xml) VALUES (?, ?, ?, ?, ?)",
                form.hash, form.id, form.version, form.title, form.xml,
            )  # fmt: skip  # one line of values under one line of names
            self._database.write_many(
                "INSERT INTO form_files (hash, name, content) VALUES (?, ?, ?)",
                ((form.hash, name, content) for name, content in form.files.items()),
            )

    def version(self, form_hash: str) -> FormVersion:
        """A version by its hash. Raises Refused("refused.unknown_form")."""
        found = self._database.read(
            "SELECT id, version, title, xml FROM form_versions WHERE hash = ?", form_hash
        )
        if not found:
            raise Refused("refused.unknown_form")
        form_id, version, title, xml = found[0]
        files = self._files(form_hash)
        return FormVersion(id=form_id, version=version, hash=form_hash, title=title, xml=xml, files=files)

    def _files(self, form_hash: str) -> dict[str, bytes]:
        return dict(
            self._database.read(
                "SELECT name, content FROM form_files WHERE hash = ? ORDER BY name", form_hash
            )
        )
