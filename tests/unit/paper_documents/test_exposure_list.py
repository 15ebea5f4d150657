from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from forms.paper import exposure_list
from ournydesk.domain.exposure import ExposedRecord, Exposure, Held
from ournydesk.domain.operations import DeviceId, RecordId

PRINTED = datetime(2026, 12, 5, 22, 0, tzinfo=UTC)


def test_the_list_names_everybody_who_has_to_be_told() -> None:
    records = tuple(
        ExposedRecord(id=RecordId(f"{at:032x}"), held=Held.WRITTEN, ticket=at, client=f"Client-{at:03d}")
        for at in range(60)
    )
    gone = ExposedRecord(id=RecordId("f" * 32), held=Held.LET_GO, client="Ana-Example")
    blind = ExposedRecord(id=RecordId("e" * 32), held=Held.LENT)
    exposure = Exposure(
        device=DeviceId("d" * 32),
        name="Seat 3",
        role="volunteer",
        seat=True,
        revoked=True,
        heard_at=None,
        records=(*records, gone, blind),
        groups=(),
        of_groups=(),
        reads_here=True,
    )
    made = exposure_list.printout(exposure, ("A sentence about the laptop.",), PRINTED)
    reader = PdfReader(BytesIO(made.pdf))
    assert made.pages == len(reader.pages) > 1
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert all(text.count(record.client) == 1 for record in records)
    for part in ("A sentence about", "Records it could open: 61", "not readable here", "Ana-Example"):
        assert part in text
    assert "Client" not in str(reader.metadata)
    assert reader.pages[1].extract_text().count("Told") == 1, "the heads come again"


def test_a_laptop_with_nothing_on_it_says_so() -> None:
    exposure = Exposure(
        device=DeviceId("d" * 32),
        name="",
        role="volunteer",
        seat=False,
        revoked=False,
        heard_at=None,
        records=(),
        groups=(),
        of_groups=(),
        reads_here=True,
    )
    [page] = PdfReader(BytesIO(exposure_list.printout(exposure, (), PRINTED).pdf)).pages
    assert "None that this desk knows of." in page.extract_text()
