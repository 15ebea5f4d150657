"""What a person set in this vault. Layer: store."""

from __future__ import annotations

from ournydesk.store.database import Database


class StoredPreferences:
    """``ports.Preferences`` on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: str = "") -> str:
        """What was set, or the default."""
        found = self._database.read("SELECT value FROM settings WHERE name = ?", name)
        return str(found[0][0]) if found else default

    def set(self, name: str, value: str) -> None:
        """Set it."""
        with self._database.writing():
            self._database.write("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, value)
