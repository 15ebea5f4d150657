"""An invented packet in Bengali and English, and what reads it back."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ournydesk.domain.answers import Said
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import (
    AttorneySheet,
    Bilingual,
    Finding,
    Packet,
    PacketRow,
    PacketSection,
    PacketTable,
)

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x0c"))


def both(english: str, client: str = "") -> Bilingual:
    return Bilingual(english=english, client=client)


def day(year: int, month: int, number: int) -> Bilingual:
    when = date(year, month, number)
    return Bilingual(english=english_day(when), day=when)


def a_row(
    english: str = "What is your current legal name?",
    client: str = "আপনার বর্তমান আইনি নাম কী?",
    answer: Bilingual | None = None,
    *,
    attention: bool = False,
) -> PacketRow:
    return PacketRow(
        question=both(english, client), answer=answer or both("Nusrat Specimen"), attention=attention
    )


def trips(count: int) -> PacketTable:
    return PacketTable(
        title=both("Trips outside the United States", "যুক্তরাষ্ট্রের বাইরে ভ্রমণ"),
        heads=(both("Date left", "যাওয়ার তারিখ"), both("Date returned", "ফেরার তারিখ"), both("Countries", "দেশ")),
        rows=tuple(
            (day(2025 - at % 9, 6, 1 + at % 28), day(2025 - at % 9, 8, 1 + at % 28), both(f"Placeland {at}"))
            for at in range(count)
        ),
    )


def a_sheet() -> AttorneySheet:
    return AttorneySheet(
        law_as_of=date(2026, 11, 1),
        filing_date=date(2026, 11, 28),
        outcome="The rules say: an attorney decides.",
        findings=(
            Finding(
                title="Earliest filing date",
                result="6 Jul 2026",
                inputs="Resident since 4 Oct 2021",
                citation="8 USC 1427(a)",
                worked_out=True,
            ),
            Finding(
                title="Cited, arrested or detained",
                result="Attorney review",
                inputs="15b Yes",
                citation="8 CFR 316.10",
                mark="Confirm with an attorney: from a dated secondary source.",
                needs_attorney=True,
            ),
        ),
        missing=("Height in feet",),
    )


def a_packet(
    *,
    sections: tuple[PacketSection, ...] | None = None,
    language: str = "bn",
    attorney: AttorneySheet | None = None,
    missing: tuple[Bilingual, ...] = (),
) -> Packet:
    about = PacketSection(
        title=both("About you", "আপনার সম্পর্কে"),
        rows=(
            a_row(),
            a_row("Date of birth", "জন্ম তারিখ", day(1984, 2, 29)),
            a_row("Height", "উচ্চতা", Bilingual(english="Does not know", said=Said.UNKNOWN)),
            a_row(
                "Have you ever been arrested, cited, or detained?",
                "আপনাকে কি কখনো গ্রেপ্তার বা আটক করা হয়েছে?",
                both("Yes", "হ্যাঁ"),
                attention=True,
            ),
        ),
    )
    return Packet(
        title="Application for Naturalization",
        ticket=47,
        client_name="Nusrat Specimen-Example",
        a_number="061234507",
        form_id="naturalization",
        form_version="2026.1",
        client_language=language,
        client_language_name="Bengali",
        printed_at=NOON,
        sections=sections
        if sections is not None
        else (about, PacketSection(title=both("Trips", "ভ্রমণ"), tables=(trips(2),))),
        attorney=attorney,
        inventory=("Form N-400, edition 01/20/25, 14 pages",),
        flagged=tuple(row for row in about.rows if row.attention),
        missing=missing,
    )


def needs(program: str) -> None:
    """Skip where a reader is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def poppler_text(pdf: bytes, folder: Path) -> str:
    """The text as pdftotext copies it, without marks that only set a direction."""
    needs("pdftotext")
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True)
    return plain(done.stdout.decode("utf-8"))


def plain(text: str) -> str:
    """Words one space apart, without marks that only set a direction."""
    return " ".join(text.translate(_MARKS).split())
