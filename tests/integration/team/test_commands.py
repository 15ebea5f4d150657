"""The command line of a team: a second front end on real vaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.cli import main
from ournydesk.clock import SystemClock
from ournydesk.config import Settings
from ournydesk.crypto.age_files import AgeIdentity
from ournydesk.crypto.kdf import POLICY
from ournydesk.domain.membership import Role
from ournydesk.store.vaults import LaptopVaults
from tests.fakes.cheap import WORDS
from tests.fakes.desks import a_server, enrol, example_intake, here


def seat(folder: Path, name: str) -> tuple[LaptopDesk, list[str]]:
    """A desk whose vault the command line opens too, and the options that name it."""
    vaults = LaptopVaults(folder / "vaults", cost=POLICY.floor)
    desk = LaptopDesk(Settings(data=folder), SystemClock(), vaults)
    card = desk.create_vault(name, WORDS)
    desk.unlock(card.id, WORDS)
    words = folder / "words.txt"
    words.write_text(WORDS, encoding="utf-8")
    return desk, ["--vault", str(folder / "vaults" / card.id), "--passphrase-file", str(words)]


def test_a_record_goes_by_stick_and_server_and_leaves_as_a_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lead, of_lead = seat(tmp_path / "lead", "C. Coordinator")
    helper, of_helper = seat(tmp_path / "helper", "Jo Volunteer")
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        lead.team.register_team(central.address, None, token, here)
        enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
        intake = example_intake(helper)
        helper.wire.hand_over(intake, "")
        lead.lock()
        helper.lock()
        stick = tmp_path / "monday.courier"
        assert main(["courier", "export", *of_helper, "--to", str(stick)]) == 0
        assert main(["courier", "deliver", *of_lead, "--from", str(stick)]) == 0
        assert "were new here" in capsys.readouterr().out
        assert main(["sync", "--once", *of_lead]) == 0
        assert "reached" in capsys.readouterr().out
        assert main(["sync", "--once", *of_helper]) == 0
    assert main(["team", "list", *of_lead]) == 0
    assert "Jo Volunteer: volunteer" in capsys.readouterr().out
    assert main(["team", "verify", *of_lead]) == 0
    assert "Every signature and every link holds." in capsys.readouterr().out
    partner = AgeIdentity.fresh()
    assert main(["batch", "export", *of_lead, "--to", str(tmp_path), "--recipient", partner.public()]) == 0
    [batch] = tmp_path.glob("*.age")
    with batch.open("rb") as file:
        assert b"Talukder-Example" in partner.decrypt(file)
    assert main(["batch", "verify", *of_lead, str(batch)]) == 0
    assert "Whole: 1 cases" in capsys.readouterr().out
    torn = tmp_path / "torn.age"
    torn.write_bytes(batch.read_bytes()[:-20])
    assert main(["batch", "verify", *of_lead, str(torn)]) == 2
    assert main(["batch", "verify", *of_helper, str(batch)]) == 2
    assert "was not written for this vault" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["courier", "deliver", "--from"], "is not a courier file"),
        (["batch", "export", "--recipient", "nonsense", "--to"], "age public key"),
    ],
)
def test_bad_input_gets_one_sentence(
    command: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, options = seat(tmp_path / "desk", "C. Coordinator")
    desk.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    desk.team.publish_form("naturalization")
    desk.wire.hand_over(example_intake(desk), "")
    desk.lock()
    target = tmp_path / "junk"
    if command[0] == "courier":
        target.write_bytes(b"nothing of ours")
    else:
        target.mkdir()
    assert main([*command[:2], *options, *command[2:], str(target)]) == 2
    told = capsys.readouterr()
    assert sentence in told.err
    assert "Traceback" not in told.err


def test_before_a_team_the_commands_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk, options = seat(tmp_path / "desk", "C. Coordinator")
    desk.lock()
    for command in (["sync"], ["team", "list"], ["batch", "export", "--to", str(tmp_path)]):
        assert main([*command[:2], *options, *command[2:]]) == 2
        assert "in no team yet" in capsys.readouterr().err
