"""A seat from a backup: the file, its six words, and it stands among the seats. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ournydesk.domain.vault import VaultCard
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme
from ui.widgets.dialog import Dialog
from ui.widgets.files import file_to_open, file_to_write
from ui.widgets.text import Label, Text
from ui.widgets.words import WordsField

FILES = "*.ourny-backup"


def choose_backup(parent: QWidget) -> Path | None:
    """The backup somebody chose."""
    kinds = f"{tr('Backups of seats')} ({FILES});;{tr('All files')} (*)"
    return file_to_open(parent, tr("The backup of a seat"), kinds)


def choose_target(parent: QWidget, seat: str) -> Path | None:
    """Where somebody wants a backup."""
    plain = "-".join("".join(letter if letter.isalnum() else " " for letter in seat.casefold()).split())
    return file_to_write(parent, tr("Back up this seat"), f"{plain or 'seat'}.ourny-backup", FILES)


class RestoreDialog(Dialog):
    """Asks for the words of a backup. ``restored`` is called when the seat is there."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        parent: QWidget,
        *,
        source: Path,
        restored: Callable[[VaultCard], None],
    ) -> None:
        lead = tr(
            "Type the six words the seat had when the backup was made. Afterwards the coordinator lets it in "
            "as a new desk, and shuts the old one out."
        )
        super().__init__(theme, parent, name="restore_dialog", title=tr("Restore a backup"), lead=lead)
        self._desk, self._source, self._restored = desk, source, restored
        self._tasks = Attached(tasks, self)
        self.column.addWidget(Text(theme, source.name, bold=True))
        self._words = WordsField(theme, desk.word_known, "restore_words")
        self._words.entered.connect(self._submit)
        self.column.addWidget(Label(theme, tr("&Six words"), self._words.line))
        self.column.addWidget(self._words)
        self.button(tr("Not now"), self.reject, kind="quiet", key="Esc", name="no_restore")
        self._go = self.button(
            tr("Restore"), self._submit, kind="primary", key=tr("Enter"), name="restore_now"
        )
        self._words.line.setFocus()

    def _submit(self) -> None:
        if not self._go.isEnabled() or not self._words.text.strip():
            return
        words = self._words.text
        self._go.setEnabled(False)
        self._go.setText(tr("Restoring…"))
        self._tasks.run(
            Lane.VAULT, lambda: self._desk.restore(self._source, words), done=self._done, failed=self._failed
        )

    def _done(self, card: VaultCard) -> None:
        self._restored(card)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        self._go.setText(tr("Restore"))
        self.show_trouble(message(error))
        self._words.clear()
        self._words.line.setFocus()
