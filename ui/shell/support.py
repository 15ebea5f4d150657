"""The support bundle: what this program wrote down about itself, shown whole before it is saved. Layer: ui.

Only what :mod:`ournydesk.logs` lets through: event codes, counts, codes of errors. No name, no answer, no
word of a client, and nothing that names this laptop or its account.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ournydesk.errors import BadInput, DeskError
from ui.i18n import tr
from ui.messages import message
from ui.theme.theme import Theme
from ui.widgets.dialog import Dialog
from ui.widgets.files import file_to_write

Write = Callable[[Path, bytes], None]
FILE: Final = "ournydesk-support.txt"
TEXT_HEIGHT: Final = 300


def bundle(log: str, *, scale: float, size: tuple[int, int]) -> str:
    """Everything that would be saved. ``size`` is the window's, in logical pixels."""
    try:
        own = version("ournydesk")
    except PackageNotFoundError:
        own = "unknown"
    facts = (
        ("OurNY Desk", own),
        ("System", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        ("Text size", f"{round(scale * 100)} %"),
        ("Window", f"{size[0]} x {size[1]}"),
    )
    head = "\n".join(f"{name}: {told}" for name, told in facts)
    return f"{head}\n\n{log or 'Nothing was written down since this program was opened.'}\n"


class SupportDialog(Dialog):
    """Shows ``text``, and writes exactly that where somebody says."""

    def __init__(self, theme: Theme, parent: QWidget, *, text: str, write: Write) -> None:
        lead = tr(
            "This is all of it. It says what the program did and where it failed; no client, no answer and "
            "no name is in it. Nothing is sent: save it, look at it, and give it to whoever helps you."
        )
        title = tr("What you can give to support")
        super().__init__(theme, parent, name="support_dialog", title=title, lead=lead, width=720)
        self._text, self._write = text, write
        shown = QPlainTextEdit(text)
        shown.setObjectName("support_text")
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(tr("What would be saved"))
        shown.setMinimumHeight(theme.px(TEXT_HEIGHT))
        self.column.addWidget(shown, 1)
        close = self.button(tr("Close"), self.reject, kind="quiet", key="Esc", name="support_close")
        self.button(tr("Save…"), self._save, kind="primary", name="support_save")
        close.setFocus()

    def save_as(self, path: Path) -> None:
        """Write it by its path."""
        try:
            self._write(path, self._text.encode("utf-8"))
        except OSError as error:
            self._refused(BadInput(f"{path.name} cannot be written: {error.strerror}."))
        except DeskError as error:
            self._refused(error)
        else:
            self.say(tr("Saved as {name}.", name=path.name), tone="notice")

    def _refused(self, error: DeskError) -> None:
        self.show_trouble(message(error))

    def _save(self) -> None:
        title = tr("Save what you can give to support")
        target = file_to_write(self, title, FILE, tr("Text files (*.txt)"))
        if target is not None:
            self.save_as(target)
