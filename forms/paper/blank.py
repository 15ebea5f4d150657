"""An agency's blank, opened with suspicion. Layer: forms.paper; owns what is believed of a blank.

A blank comes from outside, on a stick or a download. It is opened, counted and compared with the map
of its edition before a single answer is put on it. Its scripts are never run and never copied.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as entry
from typing import Any, Final

import pikepdf
import pypdfium2

from forms.paper.paper_map import Box, PaperMap, Rect, known
from ournydesk.domain.documents import BlankCard
from ournydesk.errors import BadInput

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_PAGES: Final = 60
MOST_CONTENT: Final = 8 * 1024 * 1024
"""Bytes one page's drawing may unpack to. The N-400's largest page takes 60 kB."""
SLACK: Final = 2.0
"""Points a box may lie off before it counts as moved."""
AGAIN: Final = "Download the form again from the agency's website (uscis.gov, page of the form)."

_EDITION: Final = re.compile(r"Form\s+([A-Z]{1,3}-\d{1,4}[A-Z]?)\s+Edition\s+(\d\d/\d\d/\d\d)")
_EXPIRES: Final = re.compile(r"Expires:?\s+(\d\d/\d\d/\d{4})")
_MULTILINE, _COMB = 1 << 12, 1 << 24
_TWO_LINES: Final = 24.0
"""Points of height from which a box without a field holds several lines."""
_ACTIVE: Final = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What a blank says of itself: form ``N-400``, edition ``01/20/25``, expiry ``02/28/2027``."""

    form: str
    edition: str
    expires: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """One field as it stands on the blank. ``drawn``: it carries a picture of itself, as barcodes do.

    A box that was printed without a field is one too, with no ``handle``.
    """

    field: str
    page: int
    rect: Rect
    kind: str
    states: frozenset[str]
    options: tuple[str, ...]
    longest: int
    centred: bool
    multiline: bool
    comb: bool
    drawn: bool
    handle: Any = entry(repr=False)
    """The annotation in the open file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A blank that agrees with its map, ready to be filled."""

    pdf: pikepdf.Pdf = entry(repr=False)
    blank: Blank
    widgets: Mapping[str, Widget] = entry(repr=False)


def inspect(untrusted: bytes) -> Blank:
    """What the blank is; raises BadInput when it is not a form we have a map for, or not sound."""
    blank, maps = look(untrusted), known()
    editions = [each for each in maps if each.form == blank.form]
    match = next((each for each in editions if each.edition == blank.edition), None)
    if match is None:
        raise BadInput(_unknown(blank, editions, maps))
    opened(untrusted, match)
    return blank


def card(untrusted: bytes) -> BlankCard:
    """The blank as the desk lists it, once inspected; ``form`` is the map's id, ``n-400``."""
    blank = inspect(untrusted)
    return BlankCard(form=blank.form.lower(), edition=blank.edition, expires=blank.expires, pages=blank.pages)


def opened(untrusted: bytes, paper_map: PaperMap) -> Opened:
    """The blank, checked box by box against its map.

    Raises BadInput for another form or edition, and naming the first item whose box was renamed,
    moved, or answers to another export state.
    """
    pdf = _open(untrusted)
    blank = look(untrusted)
    if (blank.form, blank.edition) != (paper_map.form, paper_map.edition):
        raise BadInput(_unknown(blank, [paper_map], [paper_map]))
    if blank.pages != paper_map.pages:
        raise BadInput(
            f"This {blank.form} has {blank.pages} pages; its edition {blank.edition} has "
            f"{paper_map.pages}. {AGAIN}"
        )
    _refuse_actions(pdf)
    standing = tuple(_widgets(pdf))
    widgets = {each.field: each for each in standing}
    mapped = set()
    for item, box, state in paper_map.boxes():
        if not box.printed:
            _agree(widgets.get(box.field), item, box, state, blank)
        mapped.add(box.field)
    extra = next((each for each in standing if each.field not in mapped), None)
    if extra or len(standing) != len(widgets):
        page = extra.page if extra else "one"
        raise BadInput(f"{_changed(blank)}page {page} has a field that the agency's has not. {AGAIN}")
    printed = {box.field: _printed(box) for _, box, _ in paper_map.boxes() if box.printed}
    return Opened(pdf=pdf, blank=blank, widgets={**widgets, **printed})


def look(untrusted: bytes) -> Blank:
    """Form, edition, expiry and pages as printed on the blank itself; every page has to agree."""
    pdf = _open(untrusted)
    for number, page in enumerate(pdf.pages, 1):
        _refuse_bomb(page, number)
    seen = list(_footers(untrusted))
    first = next((found for found, _ in seen if found), None)
    if first is None:
        raise BadInput(f"This PDF does not say which form and edition it is. {AGAIN}")
    for number, (found, _) in enumerate(seen, 1):
        if found != first:
            other = f"{found[0]} {found[1]}" if found else "nothing"
            raise BadInput(
                f"Page 1 is {first[0]} edition {first[1]}, but page {number} says {other}. {AGAIN}"
            )
    expires = next((expiry for _, expiry in seen if expiry), "")
    return Blank(form=first[0], edition=first[1], expires=expires, pages=len(seen))


def _open(untrusted: bytes) -> pikepdf.Pdf:
    if len(untrusted) > MOST_BYTES:
        raise BadInput(
            f"The blank is larger than {MOST_BYTES // 2**20} MB, so it is not the agency's. {AGAIN}"
        )
    if b"%PDF-" not in untrusted[:1024]:
        raise BadInput(f"The blank is not a PDF. {AGAIN}")
    try:
        pdf = pikepdf.open(io.BytesIO(untrusted), attempt_recovery=False, suppress_warnings=True)
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise BadInput(f"The blank is locked with a password; the agency's is not. {AGAIN}") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise BadInput(f"The blank is a damaged PDF. {AGAIN}") from error
    if not 1 <= pages <= MOST_PAGES:
        raise BadInput(f"The blank has {pages} pages, so it is not the agency's form. {AGAIN}")
    return pdf


def _refuse_bomb(page: pikepdf.Page, number: int) -> None:
    """Content that unpacks to far more than a form's page is not handed to a renderer."""
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    total = 0
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            raw = stream.read_raw_bytes()
            unpacker = zlib.decompressobj()
            try:
                total += len(unpacker.decompress(raw, MOST_CONTENT + 1))
            except zlib.error:
                total += len(raw)
    if total > MOST_CONTENT:
        raise BadInput(f"Page {number} of the blank is far larger than a form's page. {AGAIN}")


def _footers(untrusted: bytes) -> Iterator[tuple[tuple[str, str] | None, str]]:
    """For each page what its footer says of form and edition, and the expiry if it is there."""
    try:
        document = pypdfium2.PdfDocument(untrusted)
        for page in document:
            text = page.get_textpage().get_text_range()
            found, expiry = _EDITION.search(text), _EXPIRES.search(text)
            yield (found.group(1), found.group(2)) if found else None, expiry.group(1) if expiry else ""
    except pypdfium2.PdfiumError as error:
        raise BadInput(f"The blank is a damaged PDF. {AGAIN}") from error


def _refuse_actions(pdf: pikepdf.Pdf) -> None:
    """A blank that wants to do something when opened or clicked was not made by the agency.

    Acrobat's own check of its version, which every such form carries under ``!ADBE``, is let pass:
    it is dropped with all other scripts before anything is printed.
    """
    root = pdf.Root
    names = root.get("/Names", pikepdf.Dictionary())
    found = "/AA" in root or "/EmbeddedFiles" in names or _acts(root.get("/OpenAction"))
    found = found or any(not name.startswith("!ADBE") for name in _name_tree(names.get("/JavaScript"), 0))
    for page in pdf.pages:
        found = found or "/AA" in page.obj
        for annotation in page.obj.get("/Annots", ()):
            found = found or "/AA" in annotation or _acts(annotation.get("/A"))
    if found:
        raise BadInput(f"The blank carries scripts or attachments that the agency's does not. {AGAIN}")


def _acts(action: Any) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _ACTIVE


def _name_tree(node: Any, depth: int) -> Iterator[str]:
    if not isinstance(node, pikepdf.Dictionary) or depth > 8:
        return
    yield from (str(name) for name in list(node.get("/Names", ()))[::2])
    for kid in node.get("/Kids", ()):
        yield from _name_tree(kid, depth + 1)


def _widgets(pdf: pikepdf.Pdf) -> Iterator[Widget]:
    """Every widget; where several share a field the second is ``name#2``."""
    seen: dict[str, int] = {}
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", ()):
            if annotation.get("/Subtype") == "/Widget":
                name = _full_name(annotation)
                seen[name] = seen.get(name, 0) + 1
                yield _widget(annotation, number, f"{name}#{seen[name]}" if seen[name] > 1 else name)


def _printed(box: Box) -> Widget:
    return Widget(
        field=box.field,
        page=box.page,
        rect=box.rect,
        kind="/Tx",
        states=frozenset(),
        options=(),
        longest=box.cells,
        centred=False,
        multiline=box.rect.height > _TWO_LINES,
        comb=box.cells > 0,
        drawn=False,
        handle=None,
    )


def _widget(annotation: Any, page: int, name: str) -> Widget:
    left, bottom, right, top = (float(edge) for edge in annotation.Rect)
    flags = int(_inherited(annotation, "/Ff") or 0)
    pictures = annotation.get("/AP", pikepdf.Dictionary()).get("/N")
    by_state = isinstance(pictures, pikepdf.Dictionary) and not isinstance(pictures, pikepdf.Stream)
    options = (_option(each) for each in _inherited(annotation, "/Opt") or ())
    return Widget(
        field=name,
        page=page,
        rect=Rect(min(left, right), min(bottom, top), max(left, right), max(bottom, top)),
        kind=str(_inherited(annotation, "/FT") or ""),
        states=frozenset(name[1:] for name in _keys(pictures) if name != "/Off") if by_state else frozenset(),
        options=tuple(options),
        longest=int(_inherited(annotation, "/MaxLen") or 0),
        centred=int(_inherited(annotation, "/Q") or 0) == 1,
        multiline=bool(flags & _MULTILINE),
        comb=bool(flags & _COMB),
        drawn=isinstance(pictures, pikepdf.Stream),
        handle=annotation,
    )


def _keys(dictionary: pikepdf.Object) -> list[str]:
    return list(dictionary.keys())


def _option(raw: Any) -> str:
    return str(raw[0]) if isinstance(raw, pikepdf.Array) else str(raw)


def _inherited(annotation: Any, key: str) -> Any:
    for node in _ancestry(annotation):
        if key in node:
            return node[key]
    return None


def _full_name(annotation: Any) -> str:
    return ".".join(reversed([str(node.T) for node in _ancestry(annotation) if "/T" in node]))


def _ancestry(annotation: Any) -> Iterator[Any]:
    node, steps = annotation, 0
    while isinstance(node, pikepdf.Dictionary) and steps < 32:
        yield node
        node, steps = node.get("/Parent"), steps + 1


def _agree(widget: Widget | None, item: str, box: Box, state: str, blank: Blank) -> None:
    so = _changed(blank)
    if widget is None:
        raise BadInput(f"{so}the box for {item} on page {box.page} is missing or renamed. {AGAIN}")
    if widget.page != box.page or not widget.rect.near(box.rect, SLACK):
        raise BadInput(f"{so}the box for {item} on page {box.page} stands elsewhere. {AGAIN}")
    if state and state not in widget.states:
        raise BadInput(f"{so}the box for {item} on page {box.page} answers to another state. {AGAIN}")


def _changed(blank: Blank) -> str:
    return f"This copy of the {blank.form} was changed: "


def _unknown(blank: Blank, editions: list[PaperMap], maps: tuple[PaperMap, ...] | list[PaperMap]) -> str:
    if any(each.form == blank.form for each in editions):
        ours = ", ".join(each.edition for each in editions)
        return (
            f"This is {blank.form} edition {blank.edition}; this desk fills edition {ours}. Use that edition "
            "while the agency accepts it (uscis.gov says so on the form's page), or update the desk."
        )
    forms = ", ".join(f"{each.form} ({each.edition})" for each in maps)
    return f"This is {blank.form} edition {blank.edition}; this desk fills {forms}."
