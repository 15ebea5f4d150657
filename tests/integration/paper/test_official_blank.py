"""A blank is believed only where it agrees with the agency's own; every other ends in one sentence."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from forms.paper import blank as blanks
from forms.paper import official, official_proof
from forms.paper.blank import Blank
from forms.paper.paper_map import for_form
from ournydesk.errors import BadInput
from tests.integration.paper.official_blank import official_blank
from tests.integration.paper.reading import Printed

N400 = for_form("n-400")


def changed(change: Callable[[Pdf], object], **saving: Any) -> bytes:
    """The agency's blank after somebody had it."""
    with pikepdf.open(BytesIO(official_blank())) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, **saving)
    return out.getvalue()


def refused(untrusted: bytes) -> str:
    """The one sentence this blank ends in."""
    with pytest.raises(BadInput) as caught:
        blanks.inspect(untrusted)
    assert "\n" not in caught.value.message
    with pytest.raises(BadInput):
        official.fill(untrusted, N400, {})
    return caught.value.message


def test_the_agencys_blank_says_what_it_is() -> None:
    assert blanks.inspect(official_blank()) == Blank(
        form="N-400", edition="01/20/25", expires="02/28/2027", pages=14
    )
    card = blanks.card(official_blank())
    assert (card.form, card.edition, card.expires, card.pages) == ("n-400", "01/20/25", "02/28/2027", 14)


@pytest.mark.parametrize(
    ("form", "edition", "expires", "pages"),
    [
        ("I-90", "01/20/25", "02/28/2027", 7),
        ("I-765", "08/21/25", "08/31/2027", 7),
        ("I-912", "04/01/24", "03/31/2027", 8),
    ],
)
def test_each_form_we_have_a_map_of_says_what_it_is(
    form: str, edition: str, expires: str, pages: int
) -> None:
    found = blanks.inspect(official_blank(f"{form.lower()}.pdf"))
    assert found == Blank(form=form, edition=edition, expires=expires, pages=pages)


@pytest.mark.parametrize("form", ["I-90", "I-765", "I-912"])
def test_another_form_is_not_filled_for_the_one_asked_for(form: str) -> None:
    with pytest.raises(BadInput) as caught:
        official.fill(official_blank(f"{form.lower()}.pdf"), N400, {})
    assert caught.value.message.startswith(f"This is {form} edition ")
    assert "this desk fills N-400 (01/20/25)" in caught.value.message


def test_what_is_not_a_pdf_is_refused() -> None:
    assert refused(b"PK\x03\x04 a spreadsheet").startswith("The blank is not a PDF.")
    assert refused(b"").startswith("The blank is not a PDF.")
    assert refused(b"%PDF-1.7\nnothing else").startswith("The blank is a damaged PDF.")


def test_half_a_blank_is_refused() -> None:
    whole = official_blank()
    assert refused(whole[: len(whole) // 2]).startswith("The blank is a damaged PDF.")


def test_a_locked_blank_is_refused_and_one_locked_against_changes_only_is_filled() -> None:
    locked = changed(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refused(locked).startswith("The blank is locked with a password")
    as_published = changed(lambda _: None, encryption=pikepdf.Encryption(owner="o", user=""))
    filled = official.fill(as_published, N400, {"P2.8": "Bangladesh"})
    with pikepdf.open(BytesIO(filled.pdf)) as pdf:
        assert not pdf.is_encrypted


def test_ten_thousand_pages_are_refused_before_they_are_read() -> None:
    count = 10_000
    kids = " ".join(f"{at} 0 R" for at in range(3, count + 3))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"] * count,
    ]
    body, places = "%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{each}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    many = f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}"
    assert refused(many.encode("ascii")).startswith("The blank has 10000 pages")


def test_a_blank_without_a_footer_is_refused() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    out = BytesIO()
    pdf.save(out)
    assert refused(out.getvalue()).startswith("This PDF does not say which form and edition it is.")


def test_a_page_that_unpacks_to_far_too_much_is_refused() -> None:
    def bomb(pdf: Pdf) -> None:
        stream = pdf.make_stream(b"")
        stream.write(zlib.compress(b" " * (blanks.MOST_CONTENT + 100)), filter=Name.FlateDecode)
        pdf.pages[2].obj.Contents = stream

    assert refused(changed(bomb)).startswith("Page 3 of the blank is far larger")


def widget_of(pdf: Pdf, name: str) -> Any:
    return next(
        each for page in pdf.pages for each in page.obj.get("/Annots", ()) if str(each.get("/T", "")) == name
    )


def rename(pdf: Pdf) -> None:
    widget_of(pdf, "P2_Line8_DateOfBirth[0]").T = String("P2_Line8_DOB[0]")


def move(pdf: Pdf) -> None:
    widget_of(pdf, "P2_Line8_DateOfBirth[0]").Rect = Array([60, 500, 192, 518])


def swap_states(pdf: Pdf) -> None:
    pictures = widget_of(pdf, "P9_Line1[1]").AP.N
    pictures.N = pictures.Y
    del pictures["/Y"]


def swap_places(pdf: Pdf) -> None:
    yes, no = widget_of(pdf, "P9_Line1[1]"), widget_of(pdf, "P9_Line1[0]")
    yes.Rect, no.Rect = no.Rect, yes.Rect


def add_a_field(pdf: Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("extra"), Rect=Array([0, 0, 10, 10])
    )
    extra = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots.append(extra)
    pdf.Root.AcroForm.Fields.append(extra)


def drop_a_page(pdf: Pdf) -> None:
    del pdf.pages[13]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (rename, "the box for P2.6 on page 2 is missing or renamed"),
        (move, "the box for P2.6 on page 2 stands elsewhere"),
        (swap_states, "the box for P9.1 on page 6 answers to another state"),
        (swap_places, "the box for P9.1 on page 6 stands elsewhere"),
        (add_a_field, "page 1 has a field that the agency's has not"),
        (drop_a_page, "has 13 pages"),
    ],
)
def test_a_changed_blank_is_refused_and_the_item_named(change: Callable[[Pdf], None], names: str) -> None:
    message = refused(changed(change))
    assert names in message
    assert "Download the form again" in message


def script(pdf: Pdf) -> Any:
    return pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')")))


def opens_a_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = script(pdf)


def scripts_a_field(pdf: Pdf) -> None:
    widget_of(pdf, "P2_Line8_DateOfBirth[0]").AA = Dictionary(K=script(pdf))


def names_a_script(pdf: Pdf) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("mine"), script(pdf)]))


def launches(pdf: Pdf) -> None:
    annotations = (each for page in pdf.pages for each in page.obj.get("/Annots", ()))
    link = next(each for each in annotations if each.Subtype == "/Link")
    link.A = Dictionary(S=Name.Launch, F=String("calc.exe"))


def carries_a_file(pdf: Pdf) -> None:
    pdf.attachments["more.txt"] = b"more"


@pytest.mark.parametrize(
    "change", [opens_a_script, scripts_a_field, names_a_script, launches, carries_a_file]
)
def test_a_blank_that_wants_to_act_is_refused(change: Callable[[Pdf], None]) -> None:
    assert refused(changed(change)).startswith("The blank carries scripts or attachments")


def test_a_later_edition_is_refused_with_what_to_do() -> None:
    def later(pdf: Pdf) -> None:
        for page in pdf.pages:
            for stream in page.obj.Contents if isinstance(page.obj.Contents, Array) else [page.obj.Contents]:
                text = stream.read_bytes()
                stream.write(text.replace(b"01/20/25", b"02/27/27"))

    try:
        untrusted = changed(later)
        found = blanks.look(untrusted)
    except BadInput:
        pytest.skip("this blank's footer is not written in one piece")
    if found.edition == "01/20/25":
        pytest.skip("this blank's footer is not written in one piece")
    message = refused(untrusted)
    assert "edition 02/27/27" in message
    assert "this desk fills edition 01/20/25" in message


def test_a_proof_sheet_prints_each_items_id_in_its_box() -> None:
    printed = Printed(official_proof.proof(official_blank(), N400))
    for question in N400.questions:
        for box in question.boxes:
            assert printed.box(box) == question.id
        for mark in question.marks:
            assert printed.box(mark.box).replace(".", "") == f"{question.id}{mark.answer}".replace(".", "")
    for listing in N400.listings:
        for column in listing.columns:
            for line, cell in enumerate(column.boxes, 1):
                if cell is not None:
                    assert printed.box(cell) == f"{listing.id}[{line}]{column.key}"
