"""A whole packet, read back by readers that did not write it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination

from forms.paper.fonts import Fonts
from forms.paper.packet import packet
from forms.paper.words import words_for
from ournydesk.domain.answers import Said
from ournydesk.domain.documents import Bilingual, PacketRow, PacketSection, PacketTable
from ournydesk.errors import BadInput
from tests.integration.packet.builders import (
    NOON,
    a_packet,
    a_row,
    a_sheet,
    both,
    day,
    plain,
    poppler_text,
    trips,
)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def page_texts(pdf: bytes, folder: Path) -> list[str]:
    """Each page's text as pdftotext copies it."""
    texts = []
    for page in reader(pdf).pages:
        writer, file = PdfWriter(), BytesIO()
        writer.add_page(page)
        writer.write(file)
        texts.append(poppler_text(file.getvalue(), folder))
    return texts


def test_both_languages_stand_on_paper_with_the_answer_in_each(tmp_path: Path) -> None:
    text = poppler_text(packet(a_packet()), tmp_path)
    for words in (
        "আপনার বর্তমান আইনি নাম কী?",
        "What is your current legal name?",
        "আপনাকে কি কখনো গ্রেপ্তার বা আটক করা হয়েছে?",
        "হ্যাঁ",
        "২৯ ফেব, ১৯৮৪",
        "29 Feb 1984",
        "জানা নেই",
        "Does not know",
        "যাওয়ার তারিখ",
    ):
        assert words in text
    assert text.count("Nusrat Specimen") >= 2


def test_the_cover_names_the_client_and_lists_what_is_inside_by_page(tmp_path: Path) -> None:
    cover = page_texts(packet(a_packet(attorney=a_sheet())), tmp_path)[0]
    for words in ("Nusrat Specimen-Example", "A-061-234-507", "47", "28 Nov 2026, 12:00 UTC", "2026.1"):
        assert words in cover
    assert "About you 2" in cover
    assert "Form N-400, edition 01/20/25, 14 pages" in cover


def test_metadata_bookmarks_and_language_are_set_and_name_no_client() -> None:
    read = reader(packet(a_packet(attorney=a_sheet())))
    assert read.metadata is not None
    assert read.metadata.title == "Case packet, ticket 47"
    assert "Nusrat" not in str(read.metadata)
    assert "061234507" not in str(read.metadata)
    assert str(read.root_object["/Lang"]) == "en"
    assert "/DisplayDocTitle': True" in str(read.root_object["/ViewerPreferences"])
    titles = [entry.title for entry in read.outline if isinstance(entry, Destination)]
    assert titles == ["About you", "Trips", "Attorney’s sheet"]
    nested = [entries for entries in read.outline if isinstance(entries, list)]
    inner = [entry.title for entries in nested for entry in entries if isinstance(entry, Destination)]
    assert inner == ["Trips outside the United States"]


def test_every_page_says_where_it_belongs(tmp_path: Path) -> None:
    sections = (PacketSection(title=both("Trips", "ভ্রমণ"), tables=(trips(60),)),)
    texts = page_texts(packet(a_packet(sections=sections)), tmp_path)
    assert len(texts) > 3
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "(naturalization), version 2026.1 · printed 28 Nov 2026, 12:00 UTC" in text


def test_a_table_over_several_pages_repeats_its_heads_and_keeps_every_row(tmp_path: Path) -> None:
    sections = (PacketSection(title=both("Trips", "ভ্রমণ"), tables=(trips(60),)),)
    texts = page_texts(packet(a_packet(sections=sections)), tmp_path)
    assert all("Date returned" in text for text in texts[1:])
    assert all("Trips outside the United States, continued" in text for text in texts[2:])
    whole = " ".join(texts)
    assert [f"Placeland {at}" for at in range(60) if f"Placeland {at}" not in whole] == []


def test_only_the_attorneys_pages_carry_findings_and_the_banner(tmp_path: Path) -> None:
    texts = page_texts(packet(a_packet(attorney=a_sheet())), tmp_path)
    assert "Attorney’s copy" in texts[-1]
    assert "6 Jul 2026" in texts[-1]
    assert "8 CFR 316.10" in texts[-1]
    assert "Confirm with an attorney" in texts[-1]
    assert "1 flagged answer" in texts[-1]
    assert "Height in feet" in texts[-1]
    for text in texts[:-1]:
        assert "Attorney’s copy" not in text
        assert "6 Jul 2026" not in text
        assert "flagged" not in text


def test_without_a_sheet_nothing_of_it_is_printed(tmp_path: Path) -> None:
    assert "Attorney" not in poppler_text(packet(a_packet()), tmp_path)


def test_missing_answers_make_every_page_a_draft(tmp_path: Path) -> None:
    texts = page_texts(packet(a_packet(missing=(both("Height in feet", "উচ্চতা কত?"),))), tmp_path)
    assert all("Draft: answers are missing" in text for text in texts)
    assert "উচ্চতা কত?" in texts[0]
    assert "Draft" not in poppler_text(packet(a_packet()), tmp_path)


def test_a_question_without_a_translation_says_so(tmp_path: Path) -> None:
    section = PacketSection(title=both("About you", "আপনার সম্পর্কে"), rows=(a_row("Eye colour", ""),))
    text = poppler_text(packet(a_packet(sections=(section,))), tmp_path)
    assert "শুধু ইংরেজিতে" in text
    assert "Eye colour" in text


def test_a_client_who_reads_english_gets_every_question_once(tmp_path: Path) -> None:
    section = PacketSection(title=both("About you"), rows=(a_row("Eye colour", "", both("Brown")),))
    text = poppler_text(packet(a_packet(sections=(section,), language="en")), tmp_path)
    assert text.count("Eye colour") == text.count("Brown") == 1
    assert "English only" not in text


def test_a_table_too_wide_for_the_page_becomes_one_answer_a_line(tmp_path: Path) -> None:
    wide = PacketTable(
        title=both("Employment", "চাকরি"),
        heads=tuple(both(f"Column number {at}", f"কলাম {at}") for at in range(16)),
        rows=tuple(tuple(both(f"Specimen-value-{row}-{at}") for at in range(16)) for row in range(3)),
    )
    text = poppler_text(
        packet(a_packet(sections=(PacketSection(title=both("Work"), tables=(wide,)),))), tmp_path
    )
    assert "Employment 3" in text
    lost = [f"{row}-{at}" for row in range(3) for at in range(16) if f"Specimen-value-{row}-{at}" not in text]
    assert lost == []


def test_the_same_packet_is_the_same_file() -> None:
    assert packet(a_packet(attorney=a_sheet())) == packet(a_packet(attorney=a_sheet()))


def test_the_files_own_time_is_the_time_of_printing() -> None:
    read = reader(packet(a_packet()))
    assert read.metadata is not None
    assert read.metadata.creation_date == NOON


def test_without_the_clients_face_the_packet_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Noto Sans"):
        packet(a_packet(), Fonts((tmp_path,)))


def test_nothing_about_the_client_is_left_in_the_file_beside_its_pages() -> None:
    """Names stand in page streams only: compressed, and gone with the pages."""
    pdf = packet(a_packet(attorney=a_sheet()))
    for words in (b"Nusrat", b"061234507", b"061-234", b"Specimen-Example"):
        assert words not in pdf


ANSWERS = st.one_of(
    st.text(alphabet="abcdefghij klmnop,.-'’é", min_size=1, max_size=400),
    st.lists(st.sampled_from(["হ্যাঁ", "গ্রেপ্তার", "স্ত্রী", "2024"]), min_size=1, max_size=60).map(" ".join),
).map(plain).filter(bool)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWERS, min_size=1, max_size=25), st.sampled_from(["bn", "en", "es"]))
def test_no_word_of_any_answer_is_lost(tmp_path: Path, answers: list[str], language: str) -> None:
    rows = tuple(
        PacketRow(question=both(f"Question {at}"), answer=both(said)) for at, said in enumerate(answers)
    )
    table = PacketTable(
        title=both("Table"),
        heads=(both("One"), both("Two")),
        rows=tuple((both(said), both("x")) for said in answers),
    )
    sections = (PacketSection(title=both("All"), rows=rows, tables=(table,)),)
    copied = poppler_text(packet(a_packet(sections=sections, language=language)), tmp_path).replace(" ", "")
    for said in answers:
        for word in said.split():
            assert word in copied


@pytest.mark.parametrize("language", ["ar", "ur", "es", "he", "zh", "ko", "ru", "xx"])
def test_a_packet_can_be_printed_in_any_language(language: str, tmp_path: Path) -> None:
    client = {
        "ar": "هل تم القبض عليك؟",
        "ur": "کیا آپ گرفتار ہوئے؟",
        "he": "האם נעצרת?",
        "zh": "您是否曾被逮捕？",
    }
    said = client.get(language, "¿Pregunta?")
    rows = (a_row("Have you been arrested?", said, both("Yes", said)), a_row("Born", said, day(1984, 2, 29)))
    document = replace(
        a_packet(sections=(PacketSection(title=both("About you", said), rows=rows),)),
        client_language=language,
    )
    try:
        pdf = packet(document)
    except BadInput as missing:
        pytest.skip(str(missing))
    text = poppler_text(pdf, tmp_path)
    # On a page that is mostly Latin poppler puts a question mark of neutral direction at the line's left.
    assert said.strip("?").replace(" ", "") in text.replace(" ", "")
    draft = "draft" if words_for(language).translated else "not translated"
    assert draft in text


def test_an_answer_longer_than_a_page_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    story = " ".join(f"word{at}" for at in range(2500))
    section = PacketSection(
        title=both("Story", "কাহিনি"), rows=(a_row("What happened?", "কী হয়েছিল?", Bilingual(english=story)),)
    )
    copied = poppler_text(packet(a_packet(sections=(section,))), tmp_path)
    assert [at for at in range(2500) if f"word{at}" not in copied] == []


def test_a_sheet_on_which_no_rule_spoke_says_so(tmp_path: Path) -> None:
    sheet = replace(a_sheet(), findings=(), missing=(), outcome="")
    document = replace(a_packet(attorney=sheet), flagged=())
    text = page_texts(packet(document), tmp_path)[-1]
    assert "No rule spoke on these answers." in text
    assert "Law as of 1 Nov 2026" in text
    assert "flagged" not in text
    assert "Still missing" not in text


def test_a_finding_says_what_the_rule_says(tmp_path: Path) -> None:
    spoken = replace(a_sheet().findings[0], text="Filing opens ninety days early.", citation="", inputs="")
    text = poppler_text(packet(a_packet(attorney=replace(a_sheet(), findings=(spoken,)))), tmp_path)
    assert "Filing opens ninety days early." in text


def test_a_character_without_a_face_is_boxed_and_named_on_the_cover(tmp_path: Path) -> None:
    section = PacketSection(title=both("About you"), rows=(a_row(answer=both("Nusrat \U0001f9ff")),))
    texts = page_texts(packet(a_packet(sections=(section,))), tmp_path)
    assert "a box stands for each: U+1F9FF" in texts[0]
    assert "\U0001f9ff" in texts[1]


def test_an_empty_table_and_an_empty_section_say_that_nothing_is_written(tmp_path: Path) -> None:
    sections = (
        PacketSection(title=both("Trips", "ভ্রমণ"), tables=(trips(0),)),
        PacketSection(title=both("Nothing here", "কিছু নেই")),
    )
    assert poppler_text(packet(a_packet(sections=sections)), tmp_path).count("Nothing is written here.") == 2


def test_a_blank_cell_is_a_dash_and_a_declined_one_says_so(tmp_path: Path) -> None:
    table = PacketTable(
        title=both("Trips"),
        heads=(both("One"), both("Two"), both("Three")),
        rows=((both("x"), both(""), Bilingual(english="Prefers not to say", said=Said.DECLINED)),),
    )
    sections = (PacketSection(title=both("All"), tables=(table,)),)
    text = poppler_text(packet(a_packet(sections=sections)), tmp_path)
    assert "—" in text
    assert "বলতে চান না" in text
