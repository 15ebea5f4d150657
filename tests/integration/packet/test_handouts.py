"""A coordinator's own handouts go to every desk and are printed in their language."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from forms.paper.sheet import printout
from ournydesk import cli
from ournydesk.domain.handouts import MOST_BYTES, parts, read
from ournydesk.domain.membership import Role
from ournydesk.domain.sheets import Saying, Tick
from ournydesk.errors import BadInput
from ournydesk.services import handouts
from tests.fakes.cheap import WORDS
from tests.fakes.desks import TickingClock, enrol, open_desk
from tests.integration.team.test_commands import seat

TEXT = """Conozca sus derechos
Esta hoja es
para todos.

## En la puerta
- Pida ver el papel
! No firme nada.
Llame al 1-800-566-7636.
"""
AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def test_a_text_is_read_into_headings_lines_and_warnings() -> None:
    first, second = parts(read(TEXT.encode(), "rights", "es"))
    assert [piece.text.english for piece in first.pieces if isinstance(piece, Saying)] == [
        "Esta hoja es para todos."
    ]
    assert second.title.english == "En la puerta"
    tick, care, last = second.pieces
    assert isinstance(tick, Tick)
    assert isinstance(care, Saying)
    assert care.care
    assert isinstance(last, Saying)
    assert last.text.english == "Llame al \u20661-800-566-7636\u2069."


@pytest.mark.parametrize(
    ("untrusted", "says"),
    [
        (b"x" * (MOST_BYTES + 1), "longer than"),
        (b"\xff\xfe", "not UTF-8"),
        (b"\n\n", "first line"),
        (b"Only a title\n", "nothing below"),
        (b"t" * 300 + b"\nx", "first line"),
    ],
)
def test_what_is_no_handout_ends_in_a_sentence(untrusted: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read(untrusted, "rights", "es")


@pytest.mark.parametrize("language", ["ar", "ur", "bn", "zh", "es"])
def test_it_is_set_in_its_language_and_says_so(language: str) -> None:
    made = printout(handouts.sheet(read(TEXT.encode(), "rights", language), AT))
    pdf = PdfReader(BytesIO(made.pdf))
    assert str(pdf.root_object["/Lang"]) == language
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Conozca sus derechos"
    text = pypdfium2.PdfDocument(made.pdf)[0].get_textpage().get_text_range()
    assert "English" not in text
    assert "Page 1 of 1" in text


def test_it_travels_to_every_desk_and_the_last_one_counts(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    lead.team.publish_form("naturalization")
    vault = lead._vault
    handouts.send(b"Old title\nOld words.\n", "rights", "es", vault=vault, clock=clock)
    handouts.send(TEXT.encode(), "rights", "es", vault=vault, clock=clock)
    handouts.send(b"Know your rights\nFor all.\n", "rights", "en", vault=vault, clock=clock)
    helper = open_desk(tmp_path / "helper", "V. Volunteer", clock)
    enrol(helper, "V. Volunteer", Role.VOLUNTEER, lead, tmp_path)
    found = helper.papers.handouts()
    assert [(one.name, one.language, one.title) for one in found] == [
        ("rights", "en", "Know your rights"),
        ("rights", "es", "Conozca sus derechos"),
    ]
    assert helper.papers.handout(found[1])().pages == 1
    lead.lock()
    helper.lock()


def test_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk, vault = seat(tmp_path / "seat", "C. Coordinator")
    desk.lock()
    text, out = tmp_path / "rights.txt", tmp_path / "rights.pdf"
    text.write_text(TEXT, encoding="utf-8")
    asked = ["paper", "handout", *vault, "--name", "rights", "--lang", "es"]
    assert cli.main([*asked, "--send", str(text)]) == 2
    assert "nobody to send a handout to" in capsys.readouterr().err
    [card] = desk.vaults()
    desk.unlock(card.id, WORDS)
    desk.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    desk.lock()
    assert cli.main([*asked, "--send", str(text)]) == 0
    assert cli.main(["paper", "handout", *vault]) == 0
    assert "Conozca sus derechos" in capsys.readouterr().out
    assert cli.main([*asked[:-1], "bn", "-o", str(out)]) == 2
    assert "There is no handout 'rights' in 'bn' here." in capsys.readouterr().err
    assert cli.main([*asked, "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert cli.main([*asked[:-3], "Bad Name", "--send", str(text)]) == 2
    assert "is no name for a handout" in capsys.readouterr().err
