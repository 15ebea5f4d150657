"""What was copied here does not stay on the clipboard. Layer: ui.

It is asked not to be kept by the system's clipboard history, and it is cleared after twenty seconds and when
the seat locks. A program that listens copies it all the same: the menus offer copying, nothing else does.

Sources: KDE's ``x-kde-passwordManagerHint``; for the three names below “Clipboard formats” of Windows.
macOS knows a hint that Qt cannot give.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_MS: Final = 20_000
KDE_HINT: Final = "x-kde-passwordManagerHint"
WINDOWS_HINTS: Final = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)


class ClipboardGuard(QObject):
    """Watches one clipboard while a seat is open; what other programs put there is left alone.

    ``ours`` tells whether this program put there what is on it.
    """

    def __init__(
        self, clipboard: QClipboard, *, kept_ms: int = KEPT_MS, ours: Callable[[], bool] | None = None
    ) -> None:
        super().__init__()
        self._clipboard = clipboard
        self._ours = ours or clipboard.ownsClipboard
        self._watching = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(kept_ms)
        self._rest.timeout.connect(self.forget)

    def start(self) -> None:
        """A seat is open: look at what is copied."""
        if not self._watching:
            self._watching = True
            self._clipboard.dataChanged.connect(self._changed)

    def stop(self) -> None:
        """The seat locks: what was copied in it goes."""
        if self._watching:
            self._watching = False
            self._clipboard.dataChanged.disconnect(self._changed)
        self.forget()

    def forget(self) -> None:
        """Clear what is ours: the clipboard, and where marking copies, the selection."""
        self._rest.stop()
        if self._ours():
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _changed(self) -> None:
        if not self._ours():
            self._rest.stop()
            return
        words = self._clipboard.text()
        if not words:
            return
        if not self._clipboard.mimeData().hasFormat(KDE_HINT):
            # Put there anew, as plain text with the hints; this is called again and finds them.
            self._clipboard.setMimeData(hinted(words))
            return
        self._rest.start()


def hinted(text: str) -> QMimeData:
    """Text that asks not to be remembered."""
    data = QMimeData()
    data.setText(text)
    data.setData(KDE_HINT, b"secret")
    for name in WINDOWS_HINTS:
        data.setData(f'application/x-qt-windows-mime;value="{name}"', bytes(4))
    return data
