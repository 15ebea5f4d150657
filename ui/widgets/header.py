"""The bar at the head of a page: the way back, what the page is, what can be done. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable

from ui.theme.theme import Theme, surface
from ui.theme.tokens import GAP_L, HEADER_HEIGHT, MARGIN
from ui.widgets.button import Button
from ui.widgets.tight import TightRow


class Header(TightRow):
    """What stands in it is put into ``row``, in reading order."""

    def __init__(self) -> None:
        super().__init__()
        surface(self, "paper", edge="bottom")
        self.setMinimumHeight(HEADER_HEIGHT)
        self.row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.row.setSpacing(GAP_L)

    def lead_back(self, theme: Theme, words: str, leave: Callable[[], None], name: str = "back") -> None:
        """The way back, as the next thing in the row."""
        back = Button(theme, words, kind="quiet", size="small", icon="arrow_left", name=name)
        back.clicked.connect(lambda _checked=False: leave())
        self.row.addWidget(back)
