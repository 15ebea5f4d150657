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

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ournydesk.errors import BadInput, DeskError
from ui.i18n import tr
from ui.messages import message
from ui.theme.theme import Theme
from ui.theme.type import Type
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.files import file_to_write
from ui.widgets.text import Text

Write = Callable[[Path, bytes], None]
FILE: Final = "ournydesk-support.txt"


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


class SupportDialog(QDialog):
    """Shows ``text``, and writes exactly that where somebody says."""

    def __init__(self, theme: Theme, parent: QWidget, *, text: str, write: Write) -> None:
        super().__init__(parent)
        self._text, self._write = text, write
        self.setObjectName("support_dialog")
        self.setWindowTitle(tr("For support"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Text(theme, tr("What you can give to support"), Type.TITLE))
        lead = tr(
            "This is all of it. It says what the program did and where it failed; no client, no answer and "
            "no name is in it. Nothing is sent: save it, look at it, and give it to whoever helps you."
        )
        column.addWidget(Text(theme, lead, tone="second"))
        self._banner = Banner(theme, "notice", name="support_notice")
        column.addWidget(self._banner)
        shown = QPlainTextEdit(text)
        shown.setObjectName("support_text")
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(tr("What would be saved"))
        column.addWidget(shown, 1)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        close = Button(theme, tr("Close"), kind="quiet", key="Esc", name="support_close")
        close.clicked.connect(lambda _checked=False: self.reject())
        keep = Button(theme, tr("Save…"), kind="primary", name="support_save")
        keep.clicked.connect(lambda _checked=False: self._save())
        acts.addStretch(1)
        acts.addWidget(close)
        acts.addWidget(keep)
        column.addLayout(acts)
        room = parent.size()
        self.resize(min(theme.px(720), room.width() - 40), min(theme.px(520), room.height() - 40))
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
            self._banner.say(tr("Saved as {name}.", name=path.name), tone="notice")

    def _refused(self, error: DeskError) -> None:
        words = message(error)
        self._banner.say(words.what, words.then, tone="attention")

    def _save(self) -> None:
        title = tr("Save what you can give to support")
        target = file_to_write(self, title, FILE, tr("Text files (*.txt)"))
        if target is not None:
            self.save_as(target)
