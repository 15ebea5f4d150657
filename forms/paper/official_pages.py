"""The agency's pages and our ink become one file. Layer: forms.paper; pikepdf only.

Flat: the ink is page content, the fields are gone, and what drew itself on the blank (barcodes) is
page content too. Fillable: the fields stay, with values and appearances, and open for correction.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from forms.paper.blank import Opened, Widget
from forms.paper.official_fit import Inked
from forms.paper.official_ink import Scribe, drawing
from forms.paper.official_sheets import HEIGHT, WIDTH, Sheet

_READ_ONLY = 1
_LOCKED = 64
_INK = "/OurInk"
_SHARED = re.compile(r"#\d+$")
"""What a name ends in from the second widget of a field on; the agency writes # elsewhere in names."""
_OF_VIEWERS = (
    "/Perms",
    "/Names",
    "/OpenAction",
    "/AA",
    "/Metadata",
    "/Extensions",
    "/Collection",
    "/PieceInfo",
)


def finish(
    opened: Opened, inked: Mapping[str, Inked], more: Sequence[Sheet], *, fillable: bool, title: str
) -> bytes:
    """The file's bytes: the same for the same input."""
    pdf, scribe = opened.pdf, Scribe()
    fonts = pdf.make_indirect(Dictionary())
    if fillable:
        _set_fields(opened, inked, scribe, fonts)
    else:
        _flatten(opened, inked, scribe, fonts)
    for sheet in more:
        _append(pdf, sheet, scribe, fonts)
    _clean(pdf, title)
    for name, font in scribe.faces(pdf).items():
        fonts[name] = font
    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        encryption=False,
    )
    return out.getvalue()


def _flatten(opened: Opened, inked: Mapping[str, Inked], scribe: Scribe, fonts: pikepdf.Object) -> None:
    pdf = opened.pdf
    by_page: dict[int, list[Widget]] = {}
    for widget in opened.widgets.values():
        by_page.setdefault(widget.page, []).append(widget)
    for number, page in enumerate(pdf.pages, 1):
        code, pictures = [], Dictionary(Font=fonts, XObject=Dictionary())
        for at, widget in enumerate(by_page.get(number, ())):
            ink = inked.get(widget.field)
            if ink is not None:
                code.append(scribe.code(ink.placed, widget.rect.left, widget.rect.bottom))
            elif widget.drawn:
                pictures.XObject[f"/Kept{at}"] = widget.handle.AP.N
                code.append(_stand(widget, f"/Kept{at}"))
        _, _, width, height = (float(edge) for edge in page.mediabox)
        layer = drawing(pdf, "\n".join(code), width, height, fonts)
        layer.Resources = pictures
        _lay_over(pdf, page, layer, f"{_INK}{number}")
        kept = [each for each in page.obj.get("/Annots", ()) if each.get("/Subtype") != "/Widget"]
        page.obj.Annots = Array(kept)
        for key in ("/StructParents", "/Tabs", "/AA"):
            if key in page.obj:
                del page.obj[key]
    for key in ("/AcroForm", "/StructTreeRoot", "/MarkInfo"):
        if key in pdf.Root:
            del pdf.Root[key]


def _stand(widget: Widget, name: str) -> str:
    """Operators that draw a field's own picture where the field stood, scaled as a viewer would."""
    left, bottom, right, top = (float(edge) for edge in widget.handle.AP.N.BBox)
    across = widget.rect.width / (right - left)
    up = widget.rect.height / (top - bottom)
    x, y = widget.rect.left - left * across, widget.rect.bottom - bottom * up
    return f"q {across:.4f} 0 0 {up:.4f} {x:.3f} {y:.3f} cm {name} Do Q"


def _lay_over(pdf: pikepdf.Pdf, page: pikepdf.Page, layer: pikepdf.Stream, name: str) -> None:
    page.obj.Resources = _copy(page.resources)
    page.obj.Resources.XObject = _copy(page.obj.Resources.get("/XObject"))
    page.obj.Resources.XObject[name] = layer
    page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    page.contents_add(pdf.make_stream(f"\nQ\nq {name} Do Q\n".encode("ascii")))


def _copy(shared: object) -> pikepdf.Dictionary:
    """A dictionary of its own with the same entries: pages may share theirs."""
    own = Dictionary()
    if isinstance(shared, Dictionary):
        for key, value in shared.items():
            own[key] = value
    return own


def _set_fields(opened: Opened, inked: Mapping[str, Inked], scribe: Scribe, fonts: pikepdf.Object) -> None:
    pdf = opened.pdf
    _part_twins(opened, inked, fonts)
    on_pages: dict[int, list[str]] = {}
    for name, ink in inked.items():
        widget = opened.widgets[name]
        if widget.handle is None:
            code = scribe.code(ink.placed, widget.rect.left, widget.rect.bottom)
            on_pages.setdefault(widget.page, []).append(code)
            continue
        field = _field_of(widget.handle)
        _unlock(field, widget.handle)
        if ink.state:
            field.V = widget.handle.AS = Name(f"/{ink.state}")
            continue
        if 0 < widget.longest < len(ink.value) and "/MaxLen" in field:
            del field["/MaxLen"]
        field.V = String(ink.value)
        code = scribe.code(ink.placed)
        appearance = f"/Tx BMC\nq\n{code}\nQ\nEMC"
        widget.handle.AP = Dictionary(
            N=drawing(pdf, appearance, widget.rect.width, widget.rect.height, fonts)
        )
    for number, codes in on_pages.items():
        page = pdf.pages[number - 1]
        _, _, width, height = (float(edge) for edge in page.mediabox)
        _lay_over(pdf, page, drawing(pdf, "\n".join(codes), width, height, fonts), f"{_INK}{number}")
    form = pdf.Root.AcroForm
    for key in ("/XFA", "/SigFlags"):
        if key in form:
            del form[key]
    form.NeedAppearances = False


def _part_twins(opened: Opened, inked: Mapping[str, Inked], fonts: pikepdf.Object) -> None:
    """Text widgets of one field that are to say different things become fields of their own.

    Left together each would say what the last of them was given, in viewers that draw a field's value
    and to everything that reads it; one without ink would be drawn over another's in the same box.
    """
    shared: dict[str, list[str]] = {}
    for name, widget in opened.widgets.items():
        if widget.kind == "/Tx" and widget.handle is not None:
            shared.setdefault(_SHARED.sub("", name), []).append(name)
    for names in shared.values():
        values = {name: inked[name].value if name in inked else "" for name in names}
        if len(set(values.values())) == 1:
            continue
        for number, name in enumerate(names, 1):
            widget = opened.widgets[name]
            _part(opened.pdf, widget.handle, number)
            if not values[name]:
                empty = drawing(opened.pdf, "/Tx BMC\nEMC", widget.rect.width, widget.rect.height, fonts)
                widget.handle.AP = Dictionary(N=empty)


def _part(pdf: pikepdf.Pdf, annotation: pikepdf.Object, number: int) -> None:
    """A widget leaves the field it shares and becomes one, ``name (2)``."""
    field = _field_of(annotation)
    for key in field.keys():  # noqa: SIM118 - a PDF dictionary is no mapping
        if key not in {"/Kids", "/Parent", "/T", "/V"} and key not in annotation:
            annotation[key] = field[key]
    annotation.T = String(f"{field.T} ({number})")
    siblings = field.Parent.Kids if "/Parent" in field else pdf.Root.AcroForm.Fields
    siblings.append(annotation)
    field.Kids = Array([kid for kid in field.Kids if kid.objgen != annotation.objgen])
    if not len(field.Kids):
        _without(siblings, field)
    if "/Parent" in field:
        annotation.Parent = field.Parent
    else:
        del annotation["/Parent"]


def _without(fields: pikepdf.Object, gone: pikepdf.Object) -> None:
    """The list of fields in place, one of them gone."""
    for at, each in enumerate(list(fields)):
        if each.objgen == gone.objgen:
            del fields[at]
            return


def _field_of(annotation: pikepdf.Object) -> pikepdf.Object:
    """The field a widget belongs to: itself, or the one above it where several share a field."""
    node = annotation
    while "/T" not in node and "/Parent" in node:
        node = node.Parent
    return node


def _unlock(field: pikepdf.Object, annotation: pikepdf.Object) -> None:
    """Fields that only the form's own script would have opened are opened for the person."""
    field.Ff = int(field.get("/Ff", 0)) & ~_READ_ONLY
    annotation.F = int(annotation.get("/F", 0)) & ~_LOCKED


def _append(pdf: pikepdf.Pdf, sheet: Sheet, scribe: Scribe, fonts: pikepdf.Object) -> None:
    code = "\n".join([*(f"q {rule} Q" for rule in sheet.rules), scribe.code(sheet.placed)])
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, WIDTH, HEIGHT]),
        Contents=pdf.make_stream(code.encode("ascii")),
        Resources=Dictionary(Font=fonts),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _clean(pdf: pikepdf.Pdf, title: str) -> None:
    for key in _OF_VIEWERS:
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.docinfo["/Title"] = title
    pdf.Root.Lang = String("en-US")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
