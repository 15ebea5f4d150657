"""Everything is lost but the kit: real desks, real files, the command line, and the stock age."""

from __future__ import annotations

import errno
import json
import os
import pty
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.bootstrap.recovery import LaptopRecovery
from ournydesk.cli import main
from ournydesk.crypto.recovery import open_kit, plain_kit, seal_kit
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from ournydesk.errors import BadInput
from tests.fakes.age_words import cheap_kit
from tests.fakes.desks import TickingClock, a_server, change, enrol, example_intake, here, open_desk
from tests.fakes.kits import SHOWN, TYPED, WORDS
from tests.fakes.teams import BOOK

NAME = "/data/name/family"


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def lead(tmp_path: Path, clock: TickingClock) -> Iterator[LaptopDesk]:
    desk = open_desk(tmp_path / "lead", "C. Coordinator", clock)
    desk.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    desk.team.publish_form("naturalization")
    yield desk
    desk.lock()


@pytest.fixture
def helper(tmp_path: Path, lead: LaptopDesk, clock: TickingClock) -> Iterator[LaptopDesk]:
    desk = open_desk(tmp_path / "helper", "Jo Volunteer", clock)
    enrol(desk, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    yield desk
    desk.lock()


def kit_of(desk: LaptopDesk, clock: TickingClock, target: Path) -> LaptopRecovery:
    """The desk's recovery, with a kit on the stick that takes no time to open."""
    room = LaptopRecovery(lambda: desk._vault, BOOK, clock, cheap_kit)
    room.make(SHOWN, TYPED, target)
    return room


def words_file(folder: Path, words: str = WORDS) -> str:
    path = folder / "words.txt"
    path.write_text(words + "\n", encoding="utf-8")
    return str(path)


def outgoing(folder: Path) -> Path:
    [found] = folder.glob("vaults/*/outgoing")
    return found


def recovered(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_kit_alone_reads_what_lay_beside_a_volunteer_s_locked_vault(
    tmp_path: Path,
    lead: LaptopDesk,
    helper: LaptopDesk,
    clock: TickingClock,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kit = tmp_path / "recovery.age"
    kit_of(lead, clock, kit)
    assert stat.S_IMODE(kit.stat().st_mode) == 0o600
    lead.wire.write_courier(tmp_path / "log.courier")
    helper.wire.read_courier(tmp_path / "log.courier")
    intake = example_intake(helper)
    helper.wire.hand_over(intake, "15b is Yes")
    helper.lock()
    lead.lock()
    told = main(
        [
            "recovery", "open", str(kit), "--passphrase-file", words_file(tmp_path),
            "--from", str(outgoing(tmp_path / "helper")), str(tmp_path / "log.courier"),
            "--out", str(tmp_path / "cases"),
        ]
    )  # fmt: skip
    shown = capsys.readouterr().out
    assert told == 0, shown
    assert "NOT ENCRYPTED" in shown
    assert "made on 28 November 2026" in shown
    [record] = recovered(tmp_path / "cases")
    assert record["record"] == intake
    assert "TALUKDER" in json.dumps(record["answers"]).upper()
    assert record["handed_over"] == [
        {"by": "Jo Volunteer", "at": "2026-11-28T14:00:00+00:00", "words": "15b is Yes"}
    ]
    assert stat.S_IMODE((tmp_path / "cases").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "cases" / "records.jsonl").stat().st_mode) == 0o600


def test_the_kit_reads_a_server_s_backup_with_cases_from_before_and_after_it_was_made(
    tmp_path: Path, lead: LaptopDesk, clock: TickingClock, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_server(tmp_path / "server") as central:
        token = central.house.access.new_creation_token()
        lead.team.register_team(central.address, None, token, here)
        before = example_intake(lead)
        lead.wire.hand_over(before, "")
        kit_of(lead, clock, tmp_path / "recovery.age")
        after = example_intake(lead)
        lead.wire.hand_over(after, "")
        lead.cases.note(RecordId(after), "Bring the receipt.")
        lead.wire.sync(here)
    assert list(outgoing(tmp_path / "lead").glob("*.op")) == []
    lead.lock()
    told = main(
        [
            "recovery", "open", str(tmp_path / "recovery.age"), "--passphrase-file", words_file(tmp_path),
            "--from", str(tmp_path / "server" / "server.db"), "--out", str(tmp_path / "cases"),
        ]
    )  # fmt: skip
    assert told == 0, capsys.readouterr().out
    records = {record["record"]: record for record in recovered(tmp_path / "cases")}
    assert set(records) == {before, after}
    assert "Bring the receipt." in json.dumps(records[after]["notes"])


def test_wrong_words_a_torn_file_and_no_kit_are_one_sentence_each(
    tmp_path: Path, lead: LaptopDesk, clock: TickingClock, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = tmp_path / "recovery.age"
    kit_of(lead, clock, kit)
    (tmp_path / "torn.age").write_bytes(kit.read_bytes()[:-1])
    (tmp_path / "letter.txt").write_text("Dear team", encoding="utf-8")
    right = words_file(tmp_path)
    (tmp_path / "other").mkdir()
    wrong = words_file(tmp_path / "other", WORDS.replace("otter", "badger"))
    for file, words, sentence in (
        (kit, wrong, "do not open"),
        (tmp_path / "torn.age", right, "torn"),
        (tmp_path / "letter.txt", right, "no recovery kit"),
        (tmp_path / "nowhere.age", right, "not a file"),
    ):
        assert main(["recovery", "open", str(file), "--passphrase-file", words]) == 2
        said = capsys.readouterr()
        assert sentence in said.err
        assert (said.out, said.err.count("\n")) == ("", 1)
    assert main(["recovery", "open", str(kit), "--passphrase-file", right]) == 0
    assert "The words are right" in capsys.readouterr().out


def test_nothing_is_written_where_nothing_was_to_be_read(
    tmp_path: Path, lead: LaptopDesk, clock: TickingClock, capsys: pytest.CaptureFixture[str]
) -> None:
    kit, out = tmp_path / "recovery.age", tmp_path / "cases"
    kit_of(lead, clock, kit)
    given = ["recovery", "open", str(kit), "--passphrase-file", words_file(tmp_path)]
    (tmp_path / "empty").mkdir()
    assert main([*given, "--from", str(tmp_path / "empty"), "--out", str(out)]) == 2
    assert "holds the team's log" in capsys.readouterr().err
    assert main([*given, "--from", str(tmp_path / "nowhere"), "--out", str(out)]) == 2
    assert main([*given, "--from", str(tmp_path)]) == 2
    assert main([*given, "--from", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert not out.exists()


def test_what_was_changed_on_the_way_is_counted_and_left_out(
    tmp_path: Path,
    lead: LaptopDesk,
    helper: LaptopDesk,
    clock: TickingClock,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kit_of(lead, clock, tmp_path / "recovery.age")
    lead.wire.write_courier(tmp_path / "log.courier")
    helper.wire.read_courier(tmp_path / "log.courier")
    intake = example_intake(helper)
    helper.wire.hand_over(intake, "")
    change(helper, intake, "/data/consent/agrees", "Y")
    helper.lock()
    [*files] = sorted(outgoing(tmp_path / "helper").glob("*.op"))
    bent = bytearray(files[0].read_bytes())
    bent[-100] ^= 1
    files[0].write_bytes(bytes(bent))
    (files[0].parent / "torn.op").write_bytes(b"ourny-op\x01half")
    (tmp_path / "torn.courier").write_bytes((tmp_path / "log.courier").read_bytes()[:-1])
    told = main(
        [
            "recovery", "open", str(tmp_path / "recovery.age"), "--passphrase-file", words_file(tmp_path),
            "--from", str(files[0].parent), str(tmp_path / "log.courier"), str(tmp_path / "torn.courier"),
            "--out", str(tmp_path / "cases"),
        ]
    )  # fmt: skip
    assert told == 1
    shown = capsys.readouterr().out
    assert "Left out: 1, damaged." in shown
    assert "Left out: 1, not signed by a desk of the team." in shown
    assert "Left out: 1, a file that is torn or was changed." in shown


def test_a_volunteer_who_forgot_the_words_loses_nothing(
    tmp_path: Path, lead: LaptopDesk, helper: LaptopDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    intake = example_intake(helper)
    helper.wire.hand_over(intake, "")
    helper.lock()
    # Nobody opens that vault again: a stick takes its folder to a desk that reads.
    carried = tmp_path / "stick" / "outgoing"
    shutil.copytree(outgoing(tmp_path / "helper"), carried)
    [piece, *_] = carried.glob("*.op")
    assert lead.wire.read_courier(piece) > 0
    assert lead.wire.read_courier(carried) == 0
    [row] = lead.cases.cases()
    assert row.id == RecordId(intake)
    assert "061-234-507" in str(lead.cases.case(row.id))


def test_a_kit_that_fails_leaves_no_file_and_none_is_written_over(
    tmp_path: Path, lead: LaptopDesk, helper: LaptopDesk, clock: TickingClock
) -> None:
    room = LaptopRecovery(lambda: lead._vault, BOOK, clock, lambda _kit, _words: b"torn")
    target = tmp_path / "recovery.age"
    with pytest.raises(BadInput, match="no recovery kit"):
        room.make(SHOWN, TYPED, target)
    assert not target.exists()
    whole = kit_of(lead, clock, target)
    kept = target.read_bytes()
    with pytest.raises(BadInput, match="there already"):
        whole.make(SHOWN, TYPED, target)
    with pytest.raises(BadInput, match="there already"):
        whole.copy(target, target)
    whole.copy(target, tmp_path / "second.age")
    assert (tmp_path / "second.age").read_bytes() == kept == target.read_bytes()


def test_the_stock_age_opens_a_kit_with_the_words(
    tmp_path: Path, lead: LaptopDesk, clock: TickingClock
) -> None:
    age = shutil.which("age")
    if age is None:
        pytest.skip("the age command is not installed")
    kit = tmp_path / "recovery.age"
    room = LaptopRecovery(lambda: lead._vault, BOOK, clock, seal_kit)
    room.make(SHOWN, TYPED, kit)
    said, code = typed_into([age, "-d", str(kit)], WORDS)
    assert code == 0
    assert '"kind": "ourny-recovery"' in said
    assert bytes(open_kit(kit.read_bytes(), WORDS).key.reveal()).hex() in said
    said, code = typed_into([age, "-d", str(kit)], WORDS.replace("otter", "badger"))
    assert code != 0
    assert "ourny-recovery" not in said


def test_a_kit_that_the_stock_age_sealed_opens(tmp_path: Path, lead: LaptopDesk, clock: TickingClock) -> None:
    age = shutil.which("age")
    if age is None:
        pytest.skip("the age command is not installed")
    kit_of(lead, clock, tmp_path / "recovery.age")
    kit = open_kit((tmp_path / "recovery.age").read_bytes(), WORDS)
    (tmp_path / "plain").write_bytes(plain_kit(kit))
    other = "twelve other invented words that a new holder chose with the stock program today"
    target = tmp_path / "again.age"
    said, code = typed_into([age, "-p", "-o", str(target), str(tmp_path / "plain")], f"{other}\n{other}")
    assert code == 0, said
    assert open_kit(target.read_bytes(), other) == kit


def typed_into(command: list[str], line: str) -> tuple[str, int]:
    """What a program prints on a terminal of its own where a person types."""
    ours, theirs = pty.openpty()
    setsid = ["setsid", "--ctty", *command]
    process = subprocess.Popen(setsid, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, line.encode() + b"\n")
    said = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError as error:
            # How Linux says that the other end of a terminal was closed.
            if error.errno != errno.EIO:
                raise
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    return said.decode(), process.wait()


def test_words_that_cannot_be_read_are_one_sentence(
    tmp_path: Path, lead: LaptopDesk, clock: TickingClock, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = tmp_path / "recovery.age"
    kit_of(lead, clock, kit)
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    assert main(["recovery", "open", str(kit), "--passphrase-file", str(tmp_path / "bad.txt")]) == 2
    assert "not UTF-8" in capsys.readouterr().err
    assert main(["recovery", "open", str(kit), "--passphrase-file", str(tmp_path / "none.txt")]) == 2
    assert "not a file" in capsys.readouterr().err
    assert main(["recovery", "open", str(kit)]) == 2
    assert "no terminal" in capsys.readouterr().err


def test_what_is_nothing_of_ours_is_left_alone(
    tmp_path: Path, lead: LaptopDesk, clock: TickingClock, capsys: pytest.CaptureFixture[str]
) -> None:
    kit_of(lead, clock, tmp_path / "recovery.age")
    stick = tmp_path / "stick"
    (stick / "deep").mkdir(parents=True)
    lead.wire.write_courier(stick / "deep" / "log.courier")
    with sqlite3.connect(stick / "photos.db") as other:
        other.execute("CREATE TABLE photos (name TEXT)")
    other.close()
    (stick / "damaged.db").write_bytes(b"SQLite format 3\0and nothing more")
    (stick / "letter.txt").write_text("Dear team", encoding="utf-8")
    (stick / "loop").symlink_to(stick, target_is_directory=True)
    told = main(
        [
            "recovery", "open", str(tmp_path / "recovery.age"), "--passphrase-file", words_file(tmp_path),
            "--from", str(stick), "--out", str(tmp_path / "cases"),
        ]
    )  # fmt: skip
    assert told == 0
    assert "0 records from 1 files" in capsys.readouterr().out
