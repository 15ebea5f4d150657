"""The palette of three appearances. Text stands at 4.5:1 or better, marks and borders at 3:1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Appearance(StrEnum):
    """Which palette the desk wears."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by what they are for. ``#RRGGBB`` each."""

    paper: str
    sheet: str
    sunk: str
    line: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    acc: str
    acc_hover: str
    acc_down: str
    acc_tint: str
    acc_line: str
    on_acc: str
    amb: str
    amb_tint: str
    amb_line: str
    brk: str
    brk_tint: str
    brk_line: str
    focus: str
    hairline: int = 1
    """Width of a border at rest, px; high contrast draws two."""


LIGHT: Final = Palette(
    paper="#F7F3EB",
    sheet="#FFFDF8",
    sunk="#EEE8DC",
    line="#DDD5C5",
    edge="#857A67",
    ink="#221E18",
    ink2="#564E41",
    ink3="#6A6151",
    acc="#14495A",
    acc_hover="#0E3846",
    acc_down="#0A2A35",
    acc_tint="#DCE8EA",
    acc_line="#A9C4CA",
    on_acc="#FFFFFF",
    amb="#764600",
    amb_tint="#FBEBC9",
    amb_line="#AC7006",
    brk="#93301C",
    brk_tint="#FAE3DB",
    brk_line="#BE4B31",
    focus="#0A7BB8",
)
DARK: Final = Palette(
    paper="#1D1A16",
    sheet="#27231D",
    sunk="#15130F",
    line="#3D372D",
    edge="#8E8472",
    ink="#F2ECE0",
    ink2="#CDC4B3",
    ink3="#A99F8C",
    acc="#8FCBDA",
    acc_hover="#A9D8E4",
    acc_down="#C2E4ED",
    acc_tint="#1E3A43",
    acc_line="#3E6470",
    on_acc="#0B2630",
    amb="#F3C36C",
    amb_tint="#3A2C12",
    amb_line="#D79A32",
    brk="#F5A892",
    brk_tint="#45231B",
    brk_line="#E07A5F",
    focus="#62C4F2",
)
HIGH_CONTRAST: Final = Palette(
    paper="#000000",
    sheet="#000000",
    sunk="#000000",
    line="#FFFFFF",
    edge="#FFFFFF",
    ink="#FFFFFF",
    ink2="#FFFFFF",
    ink3="#FFFFFF",
    acc="#8FE3FF",
    acc_hover="#FFFFFF",
    acc_down="#8FE3FF",
    acc_tint="#000000",
    acc_line="#8FE3FF",
    on_acc="#000000",
    amb="#FFD84D",
    amb_tint="#000000",
    amb_line="#FFD84D",
    brk="#FF9F8A",
    brk_tint="#000000",
    brk_line="#FF9F8A",
    focus="#FFD84D",
    hairline=2,
)
PALETTES: Final = {
    Appearance.LIGHT: LIGHT,
    Appearance.DARK: DARK,
    Appearance.HIGH_CONTRAST: HIGH_CONTRAST,
}

LOOKS: Final = {
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
    Appearance.HIGH_CONTRAST: "High contrast",
}
"""What a person calls them."""

LARGE: Final = 1.5
"""Above this text size things stand below one another that stand beside one another otherwise."""

# Steps of 4 px at 96 dpi.
GAP_S, GAP_M, GAP_L, GAP_XL = 4, 8, 12, 16
MARGIN, FORM_MARGIN = 24, 32
RADIUS_FIELD, RADIUS_BUTTON, RADIUS_CARD = 4, 6, 8
MENU_HEIGHT, HEADER_HEIGHT, FOOTER_HEIGHT, STATUS_HEIGHT = 36, 64, 60, 34
BUTTON_HEIGHT, FIELD_HEIGHT, ROW_HEIGHT, TABLE_ROW_HEIGHT = 36, 36, 36, 40
SIDE_WIDTH, PANEL_WIDTH = 244, 290
