"""Whatever was typed or pasted, a page is drawn, opens everywhere and says it again."""

from __future__ import annotations

import re
import unicodedata

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.paper.typesetting import clean
from tests.integration.packet.builders import plain
from tests.integration.packet.test_copied_text import pdfium_text, printed

STRANGE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "অআকখিীুেো্ৎংمرحبالا،؟ְֱשלוםक्षिँ\u200c\u200d\u200e\u202e\u202d\u2067\u2069\u0301\u0338()[]{}\\\n\t\0"
        ),
    ),
    max_size=60,
)


@settings(max_examples=80, deadline=None)
@given(STRANGE, st.sampled_from(["en", "bn", "ar", "ur", "he", "zh"]))
def test_any_text_becomes_a_page_that_opens(text: str, language: str) -> None:
    document = pypdfium2.PdfDocument(printed(text, language, width=200))
    try:
        assert len(document) == 1
        document[0].render(scale=0.3).close()
    finally:
        document.close()


@settings(max_examples=80, deadline=None)
@given(
    st.text(
        alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc", "Cf"]),
        max_size=60,
    )
)
def test_every_latin_letter_comes_back_as_itself(text: str) -> None:
    copied = pdfium_text(printed(text, "en"))
    wanted = plain(re.sub("\u00a0", " ", clean(text)))
    letters = [char for char in wanted if not char.isspace() and char != "\u00ad"]
    back = [char for char in copied if not char.isspace()]
    # PDFium gives some typographic marks in their compatible form.
    assert unicodedata.normalize("NFKC", "".join(back)) == unicodedata.normalize("NFKC", "".join(letters))
