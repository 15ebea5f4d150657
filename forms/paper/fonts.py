"""The faces of printed pages. Layer: forms.paper; owns finding font files and what they cover.

A face is found by the script of a character: ``BENGALI LETTER KA`` wants Noto Sans Bengali. So
every script that Noto draws and this machine has is printed, not only those we thought of. The
language decides where one script has several faces: Urdu wants Nastaliq, Chinese, Japanese and
Korean share their ideographs.
"""

from __future__ import annotations

import struct
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz

from ournydesk.errors import BadInput

LATIN = "LATIN"
_SHARED = frozenset({"GREEK", "CYRILLIC", "COMBINING", "MODIFIER", LATIN})  # drawn by Noto Sans itself
_IDEOGRAPHIC = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"})
_COLLECTION = {"ja": 0, "ko": 1, "zh": 2, "zh-hant": 3, "zh-tw": 3, "zh-hk": 4, "yue": 4}
"""Where a region's shapes stand in Noto's one CJK collection file."""
_NASTALIQ = frozenset({"ur", "ks", "pnb", "skr"})
_SYMBOLS = ("NotoSansSymbols", "NotoSansSymbols2", "NotoSansMath")
_SUFFIXES = (".ttf", ".otf", ".ttc")
_EACH_LANGUAGE = {
    "ar": "ARABIC", "fa": "ARABIC", "ps": "ARABIC", "ur": "ARABIC", "ug": "ARABIC",
    "he": "HEBREW", "yi": "HEBREW", "bn": "BENGALI", "as": "BENGALI", "hi": "DEVANAGARI",
    "ne": "DEVANAGARI", "mr": "DEVANAGARI", "pa": "GURMUKHI", "gu": "GUJARATI", "ta": "TAMIL",
    "te": "TELUGU", "ml": "MALAYALAM", "kn": "KANNADA", "si": "SINHALA", "th": "THAI", "lo": "LAO",
    "km": "KHMER", "my": "MYANMAR", "ka": "GEORGIAN", "hy": "ARMENIAN", "am": "ETHIOPIC",
    "ti": "ETHIOPIC", "bo": "TIBETAN", "zh": "CJK", "ja": "CJK", "ko": "CJK", "yue": "CJK",
}  # fmt: skip


class Weight(StrEnum):
    """The two weights we print."""

    REGULAR = "Regular"
    BOLD = "Bold"


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One opened font: measures are in font units, ``units`` to the em."""

    name: str
    units: int
    ascent: int
    descent: int
    """Below the baseline, as a negative number."""
    box: tuple[int, int, int, int]
    glyphs: int
    outlines: str
    """``glyf`` or ``CFF ``: how the outlines are stored."""
    covered: Any
    shaper: Any
    source: Any
    advances: dict[int, int] = field(default_factory=dict)

    def covers(self, character: str) -> bool:
        """True when the font has a glyph of its own for this character."""
        return ord(character) in self.covered

    def advance(self, gid: int) -> int:
        """How far a glyph moves the pen when nothing around it changes that, in font units."""
        known = self.advances.get(gid)
        if known is None:
            known = self.advances[gid] = int(self.shaper.get_glyph_h_advance(gid))
        return known

    def extents(self, gid: int) -> tuple[int, int, int, int]:
        """A glyph's left edge, top edge, width and height (downwards, so negative), in font units."""
        box = self.shaper.get_glyph_extents(gid)
        return (box.x_bearing, box.y_bearing, box.width, box.height)

    def outline(self, gid: int) -> str:
        """A glyph as PDF path operators, filled, in font units."""
        pen = _Path()
        self.shaper.draw_glyph_with_pen(gid, pen)
        return " ".join([*pen.operators, "f"])


class _Path:
    """Turns an outline into PDF path operators; the names are those a font library calls."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self._at = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._add("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._add("l", point)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("c", *points)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        """PDF has cubic curves only."""
        (x0, y0), (x1, y1), (x2, y2) = self._at, control, end
        first = (x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3)
        second = (x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3)
        self._add("c", first, second, end)

    def closePath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def endPath(self) -> None:  # noqa: N802
        """An open outline is filled like a closed one."""

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self._at = points[-1]
        self.operators += [f"{x:g} {y:g}" for x, y in points] + [operator]


class Fonts:
    """All faces of one or more font folders, opened when first needed and kept.

    Not for several threads at once. Raises BadInput where a face that every page needs is missing.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders) or font_folders()
        self._found: dict[tuple[str, int], Face | None] = {}

    def latin(self, weight: Weight) -> Face:
        """Noto Sans: Latin, Greek, Cyrillic, digits and marks."""
        face = self._face(f"NotoSans-{weight}")
        if face is None:
            raise BadInput(self._advice("Noto Sans", "fonts-noto-core"), font="Noto Sans")
        return face

    def require(self, language: str) -> None:
        """Raise BadInput with one sentence when ``language`` (BCP 47) has no face on this machine."""
        self.latin(Weight.REGULAR)
        script = _EACH_LANGUAGE.get(language.lower().split("-")[0])
        if script and self.for_script(script, language, Weight.REGULAR) is None:
            package = "fonts-noto-cjk" if script in _IDEOGRAPHIC else "fonts-noto-core"
            raise BadInput(self._advice(family_of(script, language), package), language=language)

    def for_script(self, script: str, language: str, weight: Weight) -> Face | None:
        """The face for a script, in the shapes of a language; None when it is not installed.

        Where the bold face of a script is missing its regular one stands in.
        """
        if script in _SHARED:
            return self.latin(weight)
        stem = family_of(script, language).replace(" ", "")
        index = _collection_index(language) if script in _IDEOGRAPHIC else 0
        regular = Weight.REGULAR
        return self._face(f"{stem}-{weight}", index) or self._face(f"{stem}-{regular}", index)

    def symbols(self) -> Iterable[Face]:
        """Faces that hold only signs and pictures, tried last."""
        for stem in _SYMBOLS:
            if face := self._face(f"{stem}-Regular"):
                yield face

    def _face(self, stem: str, index: int = 0) -> Face | None:
        key = (stem, index)
        if key not in self._found:
            path = self._path(stem)
            self._found[key] = open_face(path, index) if path else None
        return self._found[key]

    def _path(self, stem: str) -> Path | None:
        candidates = (folder / f"{stem}{suffix}" for folder in self._folders for suffix in _SUFFIXES)
        return next((path for path in candidates if path.is_file()), None)

    def _advice(self, family: str, package: str) -> str:
        looked = ", ".join(str(folder) for folder in self._folders) or "no folder"
        return (
            f"The font {family} was not found (looked in {looked}): "
            f"install the package {package} or name the folder that holds it."
        )


@cache
def system_fonts() -> Fonts:
    """The faces of this machine, opened once a process."""
    return Fonts()


def font_folders() -> tuple[Path, ...]:
    """Where fonts are kept here: beside a frozen desk, then the system's own folders; those that exist."""
    frozen = Path(getattr(sys, "_MEIPASS", "")) / "fonts" if hasattr(sys, "_MEIPASS") else None
    home = Path.home()
    usual = [
        Path("/usr/share/fonts/truetype/noto"),
        Path("/usr/share/fonts/opentype/noto"),
        Path("/usr/share/fonts/noto"),
        Path("/usr/share/fonts/noto-cjk"),
        Path("/usr/share/fonts/google-noto"),
        Path("/Library/Fonts"),
        Path("C:/Windows/Fonts"),
        home / ".local/share/fonts",
        home / "Library/Fonts",
        home / "AppData/Local/Microsoft/Windows/Fonts",
    ]
    return tuple(folder for folder in ([frozen, *usual] if frozen else usual) if folder.is_dir())


def family_of(script: str, language: str) -> str:
    """The family that draws a script: ``("ARABIC", "ur")`` gives Noto Nastaliq Urdu."""
    if script in _IDEOGRAPHIC:
        return "Noto Sans CJK"
    if script == "ARABIC" and language.lower().split("-")[0] in _NASTALIQ:
        return "Noto Nastaliq Urdu"
    return "Noto Sans" if script in _SHARED else f"Noto Sans {script.title()}"


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """The script a character belongs to, by its Unicode name, or "" where any face will do.

    Spaces, punctuation, signs and what joins letters belong to no script; digits of 0 to 9 are
    Latin, so that an A-number looks the same in every line.
    """
    if character.isascii():
        return LATIN if character.isalnum() else ""
    category = unicodedata.category(character)
    name = unicodedata.name(character, "")
    first = name.split(" ", 1)[0].split("-", 1)[0]
    if first == "FULLWIDTH" or (category[0] == "P" and first in _IDEOGRAPHIC):
        return "CJK"
    if category[0] not in "LMN" or category == "No":
        return ""
    return "" if first in {"COMBINING", "VARIATION"} else _plain(first)


def _plain(first: str) -> str:
    return (
        LATIN if first in _SHARED or first in {"SUPERSCRIPT", "SUBSCRIPT", "FEMININE", "MASCULINE"} else first
    )


def _collection_index(language: str) -> int:
    known = language.lower()
    return _COLLECTION.get(known, _COLLECTION.get(known.split("-")[0], _COLLECTION["zh"]))


@cache
def open_face(path: Path, index: int = 0) -> Face:
    """A font file, or one member of a collection, ready to shape and to embed.

    Raises BadInput where the file is not a usable font.
    """
    try:
        source = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
        tables = set(source.table_tags)
        outlines = next((tag for tag in ("glyf", "CFF ") if tag in tables), "")
        head = source.reference_table("head").data
        box = struct.unpack(">4h", head[36:44])
    except (uharfbuzz.HarfBuzzError, OSError, struct.error) as error:
        raise BadInput(f"{path} is not a font this desk can print with.", path=str(path)) from error
    if not outlines or source.glyph_count == 0:
        raise BadInput(f"{path} holds no outlines this desk can print with.", path=str(path))
    shaper = uharfbuzz.Font(source)
    extents = shaper.get_font_extents("ltr")
    return Face(
        name=path.stem if index == 0 and path.suffix != ".ttc" else f"{path.stem}-{index}",
        units=source.upem,
        ascent=extents.ascender,
        descent=extents.descender,
        box=box,
        glyphs=source.glyph_count,
        outlines=outlines,
        covered=source.unicodes,
        shaper=shaper,
        source=source,
    )
