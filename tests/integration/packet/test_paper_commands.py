"""A packet and a blank by the command line, on a real vault."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from ournydesk import cli
from tests.fakes.cheap import WORDS
from tests.fakes.desks import example_intake
from tests.integration.paper.official_blank import official_blank
from tests.integration.team.test_commands import seat


def test_a_packet_is_written_and_says_that_it_is_outside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, vault = seat(tmp_path / "seat", "Seat 1")
    intake = example_intake(desk)
    desk.lock()
    out = tmp_path / "packet.pdf"
    asked = ["paper", "packet", *vault, "-o", str(out)]
    assert cli.main([*asked, "--intake", "zzz"]) == 2
    assert "No intake begins with 'zzz'" in capsys.readouterr().err
    assert cli.main([*asked, "--intake", str(intake)[:9]]) == 0
    document = pypdfium2.PdfDocument(out)
    assert f"{len(document)} pages. It is outside the vault now" in capsys.readouterr().out
    assert document.get_metadata_dict()["Title"] == "Case packet, ticket 1"
    document.close()


def test_a_blank_is_kept_or_sent_with_its_last_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "n-400.pdf"
    blank.write_bytes(official_blank())
    desk, vault = seat(tmp_path / "seat", "C. Coordinator")
    desk.lock()
    asked = ["paper", "import", str(blank)]
    assert cli.main([*asked, "--until", "2027-03-31"]) == 2
    assert "name it with --vault" in capsys.readouterr().err
    assert cli.main([*asked, *vault, "--until", "soon"]) == 2
    assert "a day is written year-month-day" in capsys.readouterr().err
    assert cli.main([*asked, *vault]) == 0
    assert "It is kept in this vault." in capsys.readouterr().out
    [card] = desk.vaults()
    desk.unlock(card.id, WORDS)
    desk.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    desk.lock()
    assert cli.main([*asked, *vault, "--until", "2027-03-31"]) == 0
    assert "sent to every desk at the next sync. After 2027-03-31 nobody prints it" in capsys.readouterr().out
    desk.unlock(card.id, WORDS)
    known = desk.papers.edition("naturalization")
    assert known is not None
    assert str(known.until) == "2027-03-31"
    desk.lock()


def test_sheets_are_written_and_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, vault = seat(tmp_path / "seat", "Seat 1")
    intake = str(example_intake(desk))
    report = str(desk.start_intake("incident", "English (en)"))
    desk.lock()
    out = tmp_path / "sheet.pdf"
    asked = ["paper", "sheet", *vault, "-o", str(out), "--kind"]
    for more, says in (
        (["terms"], "is about one intake"),
        (["mailing", "--intake", intake], "blank is not in this vault yet"),
        (["incident", "--intake", report], "say who reads the report"),
        (["incident", "--intake", report, "--for", "press"], "did not agree"),
    ):
        assert cli.main([*asked, *more]) == 2
        assert says in capsys.readouterr().err
    assert not out.exists()
    for kind in ("terms", "evidence"):
        assert cli.main([*asked, kind, "--intake", intake]) == 0
        assert "It is outside the vault now" in capsys.readouterr().out
    assert cli.main([*asked, "docket"]) == 2
    assert "holds no cases for a docket" in capsys.readouterr().err
