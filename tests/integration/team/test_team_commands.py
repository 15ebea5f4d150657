"""Letting in, seats and shutting out from the command line, on real vaults."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from ournydesk.bootstrap import LaptopDesk
from ournydesk.cli import main
from ournydesk.domain.membership import Scope
from ournydesk.domain.seats import SeatState
from ournydesk.store.vaults import LaptopVaults
from tests.fakes.desks import example_intake
from tests.integration.team.test_commands import seat

Read = pytest.CaptureFixture[str]


def founded(folder: Path) -> tuple[LaptopDesk, list[str]]:
    lead, options = seat(folder, "C. Coordinator")
    lead.team.found_team("Example Coalition", "C. Coordinator", "Queens Library")
    lead.team.publish_form("naturalization")
    return lead, options


def test_a_desk_is_let_in_with_two_of_its_words(tmp_path: Path, capsys: Read) -> None:
    lead, of_lead = founded(tmp_path / "lead")
    helper, _ = seat(tmp_path / "helper", "Jo Volunteer")
    request, invite = tmp_path / "jo.request", tmp_path / "jo.invite"
    card = helper.team.ask_to_join("Jo Volunteer", request)
    lead.lock()
    asked = ["team", "invite", str(request), *of_lead, "-o", str(invite)]
    assert main([*asked, "--role", "volunteer"]) == 2
    told = capsys.readouterr()
    assert " ".join(card.words) in told.out
    assert "give them with --words" in told.err
    for words, sentence in (("one", "Give two words"), ("wrong words", "not the words of that desk")):
        assert main([*asked, "--role", "volunteer", "--words", words]) == 2
        assert sentence in capsys.readouterr().err
    assert main([*asked, "--role", "volunteer", "--reads", "--words", "a b"]) == 2
    assert "neither reads cases" in capsys.readouterr().err
    two = f"{card.words[2]} {card.words[4]}"
    assert main([*asked, "--role", "attorney", "--visits", "Nowhere", "--words", two]) == 2
    assert "There is no clinic called “Nowhere”" in capsys.readouterr().err
    assert main([*asked, "--role", "attorney", "--visits", "queens library", "--words", two]) == 0
    assert "Let in." in capsys.readouterr().out
    view = helper.team.join(invite)
    assert [(one.role.value, one.reads) for one in view.members if one.here] == [("attorney", True)]
    assert len(helper.team.replica().vault.membership.entries()) > 1
    helper.lock()


def test_a_representative_is_let_in_with_what_they_are_accredited_for(tmp_path: Path, capsys: Read) -> None:
    lead, of_lead = founded(tmp_path / "lead")
    helper, _ = seat(tmp_path / "helper", "R. Representative")
    request, invite = tmp_path / "r.request", tmp_path / "r.invite"
    card = helper.team.ask_to_join("R. Representative", request)
    lead.lock()
    two = f"{card.words[2]} {card.words[4]}"
    asked = ["team", "invite", str(request), *of_lead, "--words", two, "-o", str(invite)]
    assert main([*asked, "--role", "representative"]) == 2
    assert "--scope partial or --scope full" in capsys.readouterr().err
    assert main([*asked, "--role", "attorney", "--scope", "full"]) == 2
    assert "Only a representative has a --scope" in capsys.readouterr().err
    assert main([*asked, "--role", "representative", "--scope", "partial", "--reads"]) == 0
    assert main(["team", "list", *of_lead]) == 0
    assert "R. Representative: representative (partial), reads cases; desks: 1" in capsys.readouterr().out
    [scope] = [one.scope for one in helper.team.join(invite).members if one.here]
    assert scope is Scope.PARTIAL
    helper.lock()


def test_a_seat_from_the_first_card_to_the_next_clinic(
    tmp_path: Path, capsys: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, of_lead = founded(tmp_path / "lead")
    lead.lock()
    stick, cards = tmp_path / "stick", tmp_path / "cards.pdf"
    prepare = ["team", "seats", "prepare", *of_lead, "--count", "1", "--out", str(stick)]
    assert main([*prepare, "--clinic", "Nowhere"]) == 2
    assert "Its clinics: “Queens Library”" in capsys.readouterr().err
    assert main([*prepare, "--clinic", "Queens Library"]) == 0
    shown = capsys.readouterr().out
    [line] = [line for line in shown.splitlines() if line.startswith("Seat 1 - ")]
    words = line.partition(": ")[2]
    [folder] = stick.iterdir()
    monkeypatch.setenv("OURNY_DATA", str(tmp_path / "laptop"))
    assert main(["team", "seats", "install", str(folder)]) == 0
    assert "is on this laptop now" in capsys.readouterr().out
    assert main(["team", "seats", "install", str(folder)]) == 2
    assert "no vault in this folder" in capsys.readouterr().err
    laptop = tmp_path / "laptop" / "vaults"
    [card] = LaptopVaults(laptop).cards()
    LaptopVaults(laptop).open(card.id, words).close()
    assert main(["team", "seats", "assign", *of_lead, "Seat 1", "Ana Example"]) == 0
    assert "given to Ana Example" in capsys.readouterr().out
    assert main(["team", "seats", "assign", *of_lead, "7", "Ana Example"]) == 2
    assert "There is no seat “7”" in capsys.readouterr().err
    assert main(["team", "seats", "list", *of_lead]) == 0
    assert "Queens Library: assigned to Ana Example" in capsys.readouterr().out
    clinic = ["team", "clinic", *of_lead, "Flushing Hall", "--closes"]
    assert main([*clinic, "tomorrow"]) == 2
    assert "Write it like 2026-12-05 18:00" in capsys.readouterr().err
    assert main([*clinic, "2020-01-01 18:00"]) == 2
    assert "later than now" in capsys.readouterr().err
    assert main([*clinic, "2099-12-12 18:00"]) == 0
    assert main([*clinic, "2099-12-12 19:00"]) == 0
    assert "12 Dec 2099 19:00" in capsys.readouterr().out
    old = tmp_path / "old-words.txt"
    old.write_text(words, encoding="utf-8")
    renew = ["team", "seats", "renew", *of_lead, "--seat", str(laptop / card.id), "--clinic", "Flushing Hall"]
    renew += ["--seat-words-file", str(old), "--cards", str(cards)]
    assert main(renew) == 0
    assert words not in capsys.readouterr().out
    assert cards.stat().st_mode & 0o077 == 0
    text = " ".join(PdfReader(cards).pages[0].extract_text().split())
    assert "Flushing Hall" in text
    assert main(renew) == 2
    assert "do not open this vault" in capsys.readouterr().err
    assert LaptopVaults(laptop).cards()[0].name.startswith("Seat 1 - Flushing Hall")


def test_shutting_out_says_first_what_it_does(tmp_path: Path, capsys: Read) -> None:
    lead, of_lead = founded(tmp_path / "lead")
    [card] = lead.seats.prepare("Queens Library", 1, None)
    vaults = LaptopVaults(tmp_path / "lead" / "vaults")
    opened = vaults.open(card.vault, " ".join(card.words))
    desk = LaptopDesk.on(opened, lead._clock)
    desk.wire.hand_over(example_intake(desk), "")
    stick = tmp_path / "seat.courier"
    desk.wire.write_courier(stick)
    opened.close()
    lead.wire.read_courier(stick)
    [before] = lead.seats.seats()
    assert before.state(lead._clock.now()) is SeatState.PREPARED
    lead.lock()
    table, pages = tmp_path / "list.csv", tmp_path / "list.pdf"
    assert main(["team", "exposure", *of_lead, "seat 1", "--csv", str(table), "--pdf", str(pages)]) == 0
    assert "1 record was written on that laptop" in capsys.readouterr().out
    assert '"Client"' in table.read_text(encoding="utf-8-sig")
    assert "Talukder-Example" in table.read_text(encoding="utf-8-sig")
    assert "What was on a laptop" in PdfReader(pages).pages[0].extract_text()
    revoke = ["team", "revoke", *of_lead]
    assert main([*revoke, "Nobody", "--yes"]) == 2
    assert "Nobody in this team is called “Nobody”" in capsys.readouterr().err
    assert main([*revoke, "C. Coordinator", "--yes"]) == 2
    assert "desk of this vault itself" in capsys.readouterr().err
    assert main([*revoke, "Seat 1"]) == 2
    told = capsys.readouterr()
    assert "This cannot be undone" in told.out
    assert "give --yes" in told.err
    assert main([*revoke, "Seat 1", "--yes"]) == 0
    assert "Seat 1 is shut out." in capsys.readouterr().out
    assert main(["team", "seats", "list", *of_lead]) == 0
    assert "shut out, still holds 1" in capsys.readouterr().out
    assert main([*revoke, "Seat 1", "--yes"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["invite"],
        ["clinic"],
        ["seats"],
        ["seats", "prepare"],
        ["seats", "list"],
        ["seats", "assign"],
        ["seats", "renew"],
        ["seats", "install"],
        ["revoke"],
        ["exposure"],
    ],
)
def test_every_command_has_help_with_an_example(command: list[str], capsys: Read) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["team", *command, "--help"])
    assert ended.value.code == 0
    assert "Example: ournydesk team" in capsys.readouterr().out
