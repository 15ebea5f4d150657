"""Choosing files and folders, in Qt's own dialog: the system's remembers what was opened. Layer: ui."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_OWN = QFileDialog.Option.DontUseNativeDialog


def file_to_open(parent: QWidget, title: str, kinds: str = "") -> Path | None:
    """A file that is there, of ``kinds`` as Qt spells them; None where nobody chose one."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds, options=_OWN)
    return Path(name) if name else None


def file_to_write(parent: QWidget, title: str, proposed: str, kinds: str = "") -> Path | None:
    """Where something is to be written; ``proposed`` is the name that stands there at first."""
    name, _ = QFileDialog.getSaveFileName(parent, title, proposed, kinds, options=_OWN)
    return Path(name) if name else None


def folder(parent: QWidget, title: str) -> Path | None:
    """A folder that is there."""
    name = QFileDialog.getExistingDirectory(parent, title, "", _OWN)
    return Path(name) if name else None
