"""A blank of any form that somebody changed ends in one sentence, and is not filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from forms.paper import blank as blanks
from forms.paper import official
from forms.paper.paper_map import for_form
from ournydesk.errors import BadInput
from tests.integration.paper.official_blank import official_blank

FORMS = ("n-400", "i-912", "i-765", "i-90")


def refused(form: str, change: Callable[[Pdf], object], **saving: Any) -> str:
    """The one sentence a changed blank ends in, whether it is imported or filled."""
    with pikepdf.open(BytesIO(official_blank(f"{form}.pdf"))) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, **saving)
    with pytest.raises(BadInput) as caught:
        blanks.inspect(out.getvalue())
    with pytest.raises(BadInput):
        official.fill(out.getvalue(), for_form(form), {})
    assert "\n" not in caught.value.message
    return caught.value.message


def widgets(pdf: Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from (each for each in page.obj.get("/Annots", ()) if each.get("/Subtype") == "/Widget")


def last_text(pdf: Pdf) -> Any:
    return [each for each in widgets(pdf) if "/T" in each and "BarCode" not in str(each.T)][-1]


def script(pdf: Pdf) -> Any:
    return pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')")))


def renames(pdf: Pdf) -> None:
    last_text(pdf).T = String("another_name")


def moves(pdf: Pdf) -> None:
    last_text(pdf).Rect = Array([60, 500, 192, 518])


def adds(pdf: Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("extra"), Rect=Array([0, 0, 10, 10])
    )
    extra = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots.append(extra)
    pdf.Root.AcroForm.Fields.append(extra)


def doubles(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots.append(pdf.pages[0].obj.Annots[0])


def drops_a_page(pdf: Pdf) -> None:
    del pdf.pages[-1]


def opens_a_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = script(pdf)


def scripts_a_field(pdf: Pdf) -> None:
    last_text(pdf).AA = Dictionary(K=script(pdf))


def carries_a_file(pdf: Pdf) -> None:
    pdf.attachments["more.txt"] = b"more"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (renames, "is missing or renamed"),
        (moves, "stands elsewhere"),
        (adds, "has a field that the agency's has not"),
        (doubles, "has a field that the agency's has not"),
        (drops_a_page, "pages"),
        (opens_a_script, "carries scripts or attachments"),
        (scripts_a_field, "carries scripts or attachments"),
        (carries_a_file, "carries scripts or attachments"),
    ],
)
def test_a_changed_blank_is_refused(form: str, change: Callable[[Pdf], None], says: str) -> None:
    message = refused(form, change)
    assert says in message
    assert "Download the form again" in message


@pytest.mark.parametrize("form", FORMS)
def test_a_locked_blank_is_refused(form: str) -> None:
    locked = refused(form, lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert locked.startswith("The blank is locked with a password")


@pytest.mark.parametrize("form", FORMS)
def test_half_a_blank_and_ten_thousand_pages_are_refused(form: str) -> None:
    whole = official_blank(f"{form}.pdf")
    for untrusted in (whole[: len(whole) // 2], b"PK\x03\x04 a spreadsheet", b""):
        with pytest.raises(BadInput):
            official.fill(untrusted, for_form(form), {})

    def grows(pdf: Pdf) -> None:
        for _ in range(blanks.MOST_PAGES):
            pdf.add_blank_page()

    assert "pages, so it is not the agency's form" in refused(form, grows)
