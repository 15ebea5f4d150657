from __future__ import annotations

from itertools import product

import pytest

from ui.theme.sheet import style_sheet
from ui.theme.tokens import PALETTES, Appearance

TEXT_ON = [
    ("ink", ("paper", "sheet", "sunk", "acc_tint", "amb_tint", "brk_tint")),
    ("ink2", ("paper", "sheet", "sunk", "amb_tint", "acc_tint")),
    ("ink3", ("paper", "sheet", "sunk", "acc_tint")),
    ("acc", ("paper", "sheet", "acc_tint")),
    ("on_acc", ("acc", "acc_hover", "acc_down")),
    ("amb", ("paper", "amb_tint")),
    ("brk", ("paper", "brk_tint")),
]
MARKS_ON = [
    ("edge", ("sheet", "sunk")),
    ("amb_line", ("sheet", "amb_tint", "sunk")),
    ("brk_line", ("sheet",)),
    ("focus", ("paper", "acc_tint")),
]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("appearance", "pair"), list(product(Appearance, TEXT_ON)), ids=str)
def test_text_can_be_read(appearance: Appearance, pair: tuple[str, tuple[str, ...]]) -> None:
    palette = PALETTES[appearance]
    ratios = {ground: contrast(getattr(palette, pair[0]), getattr(palette, ground)) for ground in pair[1]}
    assert {ground: ratio for ground, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize(("appearance", "pair"), list(product(Appearance, MARKS_ON)), ids=str)
def test_marks_and_borders_can_be_seen(appearance: Appearance, pair: tuple[str, tuple[str, ...]]) -> None:
    palette = PALETTES[appearance]
    ratios = {ground: contrast(getattr(palette, pair[0]), getattr(palette, ground)) for ground in pair[1]}
    assert {ground: ratio for ground, ratio in ratios.items() if ratio < 3.0} == {}


@pytest.mark.parametrize("appearance", list(Appearance))
def test_the_style_sheet_has_a_value_for_every_name(appearance: Appearance) -> None:
    assert "$" not in style_sheet(PALETTES[appearance])
