"""A seat from a backup: the file, its six words, and it stands among the seats. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ournydesk.domain.vault import VaultCard
from ui.desk import Desk
from ui.i18n import tr
from ui.messages import message
from ui.tasks import Attached, Lane, Tasks
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.files import file_to_open, file_to_write
from ui.widgets.focus import FocusRing
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


class RestoreDialog(QDialog):
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
        super().__init__(parent)
        self._desk, self._source, self._restored = desk, source, restored
        self._tasks = Attached(tasks, self)
        self.setObjectName("restore_dialog")
        self.setWindowTitle(tr("Restore a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addWidget(Text(theme, tr("Restore a backup"), Type.SECTION))
        lead = tr(
            "Type the six words the seat had when the backup was made. Afterwards the coordinator lets it in "
            "as a new desk, and shuts the old one out."
        )
        column.addWidget(Text(theme, lead, tone="second"))
        column.addWidget(Text(theme, source.name, bold=True))
        self._banner = Banner(theme, "attention", name="restore_trouble")
        self._banner.hide()
        column.addWidget(self._banner)
        self._words = WordsField(theme, desk.word_known, "restore_words")
        self._words.entered.connect(self._submit)
        column.addWidget(Label(theme, tr("&Six words"), self._words.line))
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._go = Button(
            theme, tr("Restore"), kind="primary", size="large", key=tr("Enter"), name="restore_now"
        )
        self._go.clicked.connect(lambda _checked=False: self._submit())
        later = Button(theme, tr("Not now"), kind="quiet", key="Esc", name="no_restore")
        later.clicked.connect(lambda _checked=False: self.reject())
        row.addWidget(self._go)
        row.addWidget(later)
        row.addStretch(1)
        column.addLayout(row)
        self._ring = FocusRing(theme, self)
        self.setMinimumWidth(theme.px(560))
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
        words = message(error)
        self._banner.say(words.what, words.then)
        self._words.clear()
        self._words.line.setFocus()
