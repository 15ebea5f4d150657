"""One face as the objects of a PDF file: what was used of it, and what its glyphs mean.

Layer: forms.paper. Glyphs keep their numbers (a Type 0 font with identity encoding), so the pages
can be written before it is known which glyphs the document needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from forms.paper.fonts import Face

_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_BLOCK = 100  # a CMap takes at most so many lines in one block
_SYMBOLIC = 4  # the font's own encoding counts, not the standard Latin one
_STEM = 80  # thousandths of an em; only used by viewers that must replace the font
_UNNEEDED = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "JSTF",
    "DSIG",
    "STAT",
    "kern",
    "name",
    "post",
    "OS/2",
    "cmap",
    "vhea",
)


class Codes:
    """The codes by which one document writes the glyphs of one face, and what each means.

    A code is a glyph in one meaning: the same shape used for two letters has two codes, so that
    each reads back as itself. Faces with CFF outlines cannot give one glyph two codes; there the
    first meaning stays and :meth:`code` says so.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._codes: dict[tuple[int, str], int] = {(0, ""): 0}
        self._glyphs = {0: 0}
        self._meanings: dict[int, str] = {}

    def code(self, gid: int, meaning: str) -> tuple[int, bool]:
        """The code of a glyph that stands for ``meaning``, and whether it will read back as just that."""
        known = self._codes.get((gid, meaning))
        if known is not None:
            return known, True
        if self.face.outlines == "glyf":
            code, said = len(self._codes), True
        else:
            code, said = gid, self._meanings.get(gid, meaning) == meaning
        if said:
            self._codes[gid, meaning] = code
            self._meanings[code] = meaning
        self._glyphs[code] = gid
        return code, said

    def carrier(self, character: str) -> tuple[int, int]:
        """The code by which ``character`` is written unseen, and its width in font units."""
        face = self.face
        gid = int(face.shaper.get_nominal_glyph(ord("-")) or 0)  # must have ink: readers skip empty glyphs
        return self.code(gid, character)[0], face.advance(gid) or face.units

    def embedded(self, document: Any) -> Any:
        """A reference to the font as ``document`` (reportlab's) now holds it."""
        face = self.face
        used = frozenset(self._glyphs.values())
        name = f"{_tag(used)}+{face.name}"
        true_type = face.outlines == "glyf"
        descendant = _dictionary(
            Type="/Font",
            Subtype="/CIDFontType2" if true_type else "/CIDFontType0",
            BaseFont=f"/{name}",
            CIDSystemInfo=_dictionary(
                Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0
            ),
            FontDescriptor=document.Reference(_descriptor(document, face, used, name)),
            DW=1000,
            W=_widths(face, self._glyphs),
        )
        if true_type:
            row = b"".join(self._glyphs[code].to_bytes(2, "big") for code in range(len(self._glyphs)))
            descendant.dict["CIDToGIDMap"] = _stream(document, row, {})
        font = _dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=f"/{name}",
            Encoding="/Identity-H",
            DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant)]),
            ToUnicode=_stream(document, _to_unicode(self._meanings).encode("ascii"), {}),
        )
        return document.Reference(font)


def _descriptor(document: Any, face: Face, used: AbstractSet[int], name: str) -> Any:
    thousandths = 1000 / face.units
    program = _program(face, used)
    true_type = face.outlines == "glyf"
    kind: dict[str, object] = (
        {"Length1": len(program)} if true_type else {"Subtype": pdfdoc.PDFName("CIDFontType0C")}
    )
    descriptor = _dictionary(
        Type="/FontDescriptor",
        FontName=f"/{name}",
        Flags=_SYMBOLIC,
        FontBBox=pdfdoc.PDFArray([round(edge * thousandths) for edge in face.box]),
        ItalicAngle=0,
        Ascent=round(face.ascent * thousandths),
        Descent=round(face.descent * thousandths),
        CapHeight=round(face.ascent * thousandths * 0.7),
        StemV=_STEM,
    )
    descriptor.dict["FontFile2" if true_type else "FontFile3"] = _stream(document, program, kind)
    return descriptor


def _program(face: Face, used: AbstractSet[int]) -> bytes:
    """The font file with the outlines of ``used`` only, every glyph still under its number."""
    wanted = uharfbuzz.SubsetInput()
    flags = uharfbuzz.SubsetFlags
    wanted.flags = (
        flags.RETAIN_GIDS
        | flags.NO_HINTING
        | flags.NO_LAYOUT_CLOSURE
        | flags.NOTDEF_OUTLINE
        | flags.CFF_IDENTITY_CHARSET
    )
    wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).update(used)
    dropped = (int.from_bytes(tag.ljust(4).encode("ascii"), "big") for tag in _UNNEEDED)
    wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(dropped)
    small = uharfbuzz.subset(face.source, wanted)
    return bytes(small.blob.data if face.outlines == "glyf" else small.reference_table("CFF ").data)


def _widths(face: Face, glyphs: Mapping[int, int]) -> Any:
    """Advance widths in thousandths of an em, as the /W array writes them: first code, [widths]."""
    rows: list[tuple[int, list[float]]] = []
    for code in sorted(glyphs):
        if not rows or code != rows[-1][0] + len(rows[-1][1]):
            rows.append((code, []))
        rows[-1][1].append(round(face.advance(glyphs[code]) * 1000 / face.units, 2))
    return pdfdoc.PDFArray([part for first, row in rows for part in (first, pdfdoc.PDFArray(row))])


def _to_unicode(meanings: Mapping[int, str]) -> str:
    said = ((code, text) for code, text in sorted(meanings.items()) if text)
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in said]
    return _TO_UNICODE.format(blocks="\n".join(_blocks(lines)))


def _blocks(lines: list[str]) -> Iterator[str]:
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        yield "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])


def _tag(used: AbstractSet[int]) -> str:
    """Six capital letters that name a subset."""
    digest = hashlib.sha256(",".join(str(gid) for gid in sorted(used)).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _dictionary(**entries: Any) -> Any:
    named = {
        key: pdfdoc.PDFName(value[1:]) if isinstance(value, str) and value.startswith("/") else value
        for key, value in entries.items()
    }
    return pdfdoc.PDFDictionary(named)


def _stream(document: Any, content: bytes, entries: Mapping[str, object]) -> Any:
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), content, [pdfdoc.PDFZCompress])
    return document.Reference(stream)
