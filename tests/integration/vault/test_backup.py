"""A vault as one file, and the vault it becomes on another laptop."""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.config import Settings
from ournydesk.domain.membership import Role
from ournydesk.errors import BadInput, DeskError, Refused, WrongPassphrase
from ournydesk.store.opened import StoredVault
from ournydesk.store.vaults import LaptopVaults
from tests.fakes import cheap
from tests.fakes.desks import TickingClock, a_server, enrol, example_intake, here, open_desk

TARGET = "seat.ourny-backup"


def at(folder: Path) -> LaptopVaults:
    return LaptopVaults(folder / "vaults", policy=cheap.POLICY, cost=cheap.COST)


def backed_up(folder: Path, desk: LaptopDesk) -> Path:
    target = folder / TARGET
    desk.back_up(target)
    return target


def opened(folder: Path) -> StoredVault:
    [card] = at(folder).cards()
    return at(folder).open(card.id, cheap.WORDS)


def sit_down(folder: Path, words: str = cheap.WORDS) -> LaptopDesk:
    desk = LaptopDesk(Settings(data=folder), TickingClock(), at(folder))
    [card] = desk.vaults()
    desk.unlock(card.id, words)
    return desk


def test_a_backup_is_one_private_file_without_the_keys_of_its_desk(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "one", "Jo Volunteer", TickingClock())
    desk.team.found_team("Example Coalition", "Jo Volunteer", "Jackson Heights")
    example_intake(desk)
    target = backed_up(tmp_path, desk)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", TARGET]
    assert target.stat().st_mode & 0o077 == 0
    assert b"Talukder" not in target.read_bytes()
    at(tmp_path / "two").restore(target, cheap.WORDS)
    restored = sit_down(tmp_path / "two")
    assert restored.team.identity() is None
    restored.lock()
    desk.lock()
    with closing(opened(tmp_path / "two")) as vault, pytest.raises(Refused):
        vault.keys.signing()
    with closing(opened(tmp_path / "one")) as vault:
        vault.keys.signing()


def test_a_restored_seat_is_let_in_anew_and_nothing_that_only_it_held_is_lost(tmp_path: Path) -> None:
    lead = open_desk(tmp_path / "lead", "C. Coordinator", TickingClock())
    helper = open_desk(tmp_path / "helper", "Jo Volunteer", TickingClock())
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    with a_server(tmp_path / "server") as central:
        lead.team.register_team(central.address, None, central.house.access.new_creation_token(), here)
        enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
        given = example_intake(helper)
        helper.wire.hand_over(given, "15b is Yes")
        kept = example_intake(helper)
        answers = helper.open_intake(kept).answers
        target = backed_up(tmp_path, helper)
        helper.lock()
        at(tmp_path / "again").restore(target, cheap.WORDS)
        again = sit_down(tmp_path / "again")
        [mine] = [row for row in again.intakes() if not row.handed_over]
        assert mine.head.id not in (given, kept)
        assert again.open_intake(mine.head.id).answers == answers
        enrol(again, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
        again.lock()
        with closing(opened(tmp_path / "again")) as vault:
            assert vault.check().sound
        again.unlock(again.vaults()[0].id, cheap.WORDS)
        again.wire.hand_over(mine.head.id, "")
        for desk in (again, lead, again, lead):
            desk.wire.sync(here)
        assert {row.id for row in lead.cases.cases()} >= {given, mine.head.id}
        assert not lead.wire.wire().troubles
        assert not again.wire.wire().troubles


def test_a_backup_opens_with_its_own_words_only(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "one", "Jo Volunteer", TickingClock())
    target = backed_up(tmp_path, desk)
    with pytest.raises(Refused) as caught:
        at(tmp_path / "one").restore(target, cheap.WORDS)
    assert caught.value.code == "refused.vault_here"
    with pytest.raises(WrongPassphrase):
        at(tmp_path / "two").restore(target, cheap.OTHER_WORDS)
    assert list((tmp_path / "two" / "vaults").iterdir()) == []


def test_a_torn_or_foreign_backup_leaves_nothing_behind(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "one", "Jo Volunteer", TickingClock())
    whole = backed_up(tmp_path, desk).read_bytes()
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as bundle:
        for name in ("vault.json", "data.db", "../outside"):
            bundle.writestr(name, b"x")
    hostile = [b"", b"PK", whole[:-1], whole[: len(whole) // 2], (tmp_path / "more.zip").read_bytes()]
    # A bit in the key file, one in the database, one in a name.
    hostile += [whole[:place] + bytes((whole[place] ^ 1,)) + whole[place + 1 :] for place in (60, 9000, 32)]
    for number, content in enumerate(hostile):
        target = tmp_path / f"{number}.ourny-backup"
        target.write_bytes(content)
        with pytest.raises(DeskError) as caught:
            at(tmp_path / "two").restore(target, cheap.WORDS)
        assert not isinstance(caught.value, BadInput) or target.name in str(caught.value)
        assert list((tmp_path / "two").glob("vaults/*")) == []


def test_a_backup_on_a_full_disk_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(tmp_path / "one", "Jo Volunteer", TickingClock())
    target = tmp_path / TARGET

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(DeskError) as caught:
        desk.back_up(target)
    assert caught.value.code == "store.full"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one"]
