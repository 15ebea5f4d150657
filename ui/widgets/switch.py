"""Yes or no, in the words of what is meant: a tick and a frame, never colour alone."""

from __future__ import annotations

from ui.theme.theme import Theme
from ui.widgets.button import Button


class Switch(Button):
    """A choice that is on or off; a tick stands before the words when it is on."""

    def __init__(self, theme: Theme, words: str, *, name: str) -> None:
        super().__init__(theme, words, name=name)
        self.setProperty("kind", "choice")
        self.setProperty("leading", "yes")
        self.setCheckable(True)
        self.toggled.connect(self._tick)

    def _tick(self, on: bool) -> None:
        self.wear("check" if on else "")
