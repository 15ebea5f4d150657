"""Reading with the kit alone: what counts, what is left out, and which log is believed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ournydesk.crypto.operations import RecordKey
from ournydesk.crypto.recovery import Kit, open_kit
from ournydesk.domain.answers import Answer, Said
from ournydesk.domain.ids import Path, new_id
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import Kind, RecordId
from ournydesk.domain.record import Answered, Began, Lent, Noted, Write
from ournydesk.domain.team import STAFF, TEAM
from ournydesk.errors import BadInput
from ournydesk.services import courier, enrolment, receiving, recovered
from ournydesk.services.authoring import Draft, write
from ournydesk.services.membership import identity_of, revoke, team_of, turn_group
from ournydesk.services.recovered import (
    DAMAGED,
    NO_KEY,
    NOT_ALLOWED,
    NOT_OPENED,
    NOT_SIGNED,
    Brought,
    recover,
)
from tests.fakes.cheap import NOON
from tests.fakes.desks import TickingClock
from tests.fakes.kits import WORDS, Stick, make
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import founded, joined, tell

BEGAN = Began(
    ticket=7,
    form_id="demo",
    form_version="1",
    form_hash="h",
    form_title="Demo form",
    language="Bengali (bn)",
    started_at=NOON,
)
NAME = Answered(path=Path("/data/name"), answer=Answer("Invented Client"))
AGE = Answered(path=Path("/data/age"), answer=Answer("", Said.DECLINED))


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def lead(clock: TickingClock) -> FakeOpenVault:
    return founded(clock)


@pytest.fixture
def kit(lead: FakeOpenVault, clock: TickingClock) -> Kit:
    stick = Stick()
    make(lead, stick, clock)
    return open_kit(stick.kit, WORDS)


@pytest.fixture
def helper(kit: Kit, lead: FakeOpenVault, clock: TickingClock) -> FakeOpenVault:
    return joined(lead, "Jo Volunteer", clock, Role.VOLUNTEER)


def said(
    vault: FakeOpenVault,
    record: RecordId,
    clock: TickingClock,
    *writes: Write,
    kind: Kind = Kind.EDIT,
    to: tuple[str, ...] = (STAFF,),
) -> bytes:
    grant_to = to if kind is Kind.CREATE else ()
    draft = Draft(record=record, kind=kind, writes=writes, to=to, grant_to=grant_to)
    return write(draft, vault=vault, clock=clock).envelope


def a_record(vault: FakeOpenVault, clock: TickingClock) -> tuple[RecordId, bytes]:
    record = RecordId(new_id())
    return record, said(vault, record, clock, BEGAN, NAME, AGE, kind=Kind.CREATE)


def log_of(vault: FakeOpenVault) -> Brought:
    return Brought(entries=vault.membership.entries())


def operations(*contents: bytes) -> Brought:
    return Brought(operations=contents)


def test_a_record_is_one_line_with_answers_and_what_was_not_answered(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record, began = a_record(helper, clock)
    found = recover(kit, [operations(began, began), log_of(lead)])
    assert found.left_out == {}
    [line] = found.records
    assert line["record"] == record
    assert line["ticket"] == 7
    assert line["answers"] == {"/data/name": "Invented Client"}
    assert line["not_answered"] == {"/data/age": "declined"}
    assert "conflicts" not in line


def test_people_are_called_by_their_published_names(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record, began = a_record(helper, clock)
    note = said(helper, record, clock, Noted(text="Bring the receipt."))
    without = recover(kit, [operations(began, note), log_of(lead)])
    user = identity_of(helper).user
    assert [one["by"] for one in without.records[0]["notes"]] == [f"person {user[:8]}"]  # type: ignore[attr-defined]  # a line is for people
    published = [one.envelope for one in lead.operations.of_record(RecordId(team_of(lead).id))]
    with_names = recover(kit, [operations(began, note, *published), log_of(lead)])
    assert [one["by"] for one in with_names.records[0]["notes"]] == ["Jo Volunteer"]  # type: ignore[attr-defined]  # as above


def test_two_answers_that_nobody_decided_between_are_both_there(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record, began = a_record(helper, clock)
    found = helper.keys.newest(record)
    assert found is not None
    lead.keys.keep_record(record, *found)
    other = said(lead, record, clock, Answered(path=NAME.path, answer=Answer("Another Name")))
    [line] = recover(kit, [operations(began, other), log_of(lead)]).records
    assert sorted(line["conflicts"]["/data/name"]) == ["Another Name", "Invented Client"]  # type: ignore[index]  # as above


def test_who_has_the_key_and_not_the_right_changes_nothing(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record, began = a_record(helper, clock)
    other = joined(lead, "Other Volunteer", clock, Role.VOLUNTEER)
    key = helper.keys.newest(record)
    assert key is not None
    other.keys.keep_record(record, *key)
    meddled = said(other, record, clock, Answered(path=NAME.path, answer=Answer("Somebody Else")))
    found = recover(kit, [operations(began, meddled), log_of(lead)])
    assert found.left_out == {NOT_ALLOWED: 1}
    assert found.records[0]["answers"] == {"/data/name": "Invented Client"}
    lent = said(helper, record, clock, Lent(device=identity_of(other).device, until=NOON))
    assert recover(kit, [operations(began, lent, meddled), log_of(lead)]).left_out == {}


def test_who_once_read_is_believed_for_what_was_said_then(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    attorney = joined(lead, "An Attorney", clock, Role.ATTORNEY, reads=True)
    record, began = a_record(helper, clock)
    key = helper.keys.newest(record)
    assert key is not None
    attorney.keys.keep_record(record, *key)
    note = said(attorney, record, clock, Noted(text="Seen."))
    receiving.take([began, note], carried=True, vault=lead, clock=clock)
    revoke(identity_of(attorney).device, vault=lead)
    found = recover(kit, [operations(began, note), log_of(lead)])
    assert (len(found.records[0]["notes"]), found.left_out) == (1, {})  # type: ignore[arg-type]  # as above


def test_what_a_desk_signed_after_it_was_shut_out_is_left_out(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    revoke(identity_of(helper).device, vault=lead)
    _, began = a_record(helper, clock)
    found = recover(kit, [operations(began), log_of(lead)])
    assert (found.records, found.left_out) == ((), {NOT_ALLOWED: 1})


def test_what_does_not_check_out_is_counted_by_its_reason(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record, began = a_record(helper, clock)
    unsigned = began[:-1] + bytes((began[-1] ^ 1,))
    hidden = said(
        helper, RecordId(new_id()), clock, BEGAN, kind=Kind.CREATE, to=(identity_of(helper).device,)
    )
    stranger = founded(clock)
    _, foreign = a_record(stranger, clock)
    reader = joined(lead, "An Attorney", clock, Role.ATTORNEY, reads=True)
    reader.keys.keep_record(record, 1, RecordKey.fresh())
    other_key = said(reader, record, clock, NAME)
    found = recover(
        kit, [operations(began, unsigned, hidden, foreign, other_key, b"ourny-op\x01half"), log_of(lead)]
    )
    assert found.left_out == {NOT_SIGNED: 2, NO_KEY: 1, NOT_OPENED: 1, DAMAGED: 1}
    assert [line["record"] for line in found.records] == [record]


def test_a_record_whose_beginning_is_missing_gives_what_there_is(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    record = RecordId(new_id())
    said(helper, record, clock, BEGAN, kind=Kind.CREATE)
    draft = Draft(record=record, kind=Kind.GRANT, writes=[NAME], to=(STAFF,), grant_to=(STAFF,))
    granted = write(draft, vault=helper, clock=clock).envelope
    found = recover(kit, [operations(granted), log_of(lead)])
    assert found.left_out == {NOT_ALLOWED: 1}
    key = helper.keys.newest(record)
    assert key is not None
    lead.keys.keep_record(record, *key)
    read = write(draft, vault=lead, clock=clock).envelope
    [line] = recover(kit, [operations(read), log_of(lead)]).records
    assert line == {"record": record, "answers": {"/data/name": "Invented Client"}}


def test_the_longest_log_that_holds_is_followed(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    _, began = a_record(helper, clock)
    short = Brought(entries=lead.membership.entries()[:-2])
    bent = Brought(entries=(*lead.membership.entries(), b"not an entry"))
    other = log_of(founded(clock))
    found = recover(kit, [short, bent, other, log_of(lead), operations(began)])
    assert (found.logs, len(found.records)) == (1, 1)


def test_logs_that_contradict_each_other_are_told(kit: Kit, lead: FakeOpenVault, clock: TickingClock) -> None:
    second = joined(lead, "Second Lead", clock, manages=True)
    tell(lead, second)
    for vault in (lead, second):
        turn_group(vault, TEAM, team_of(vault).groups[TEAM].members)
    assert recover(kit, [log_of(lead), log_of(second)]).logs == 2


def test_another_team_s_log_is_not_believed(kit: Kit, clock: TickingClock) -> None:
    with pytest.raises(BadInput, match="another team"):
        recover(kit, [log_of(founded(clock))])
    with pytest.raises(BadInput, match="holds the team's log"):
        recover(kit, [])


def test_files_are_told_apart_by_how_they_begin(
    kit: Kit, lead: FakeOpenVault, helper: FakeOpenVault, clock: TickingClock
) -> None:
    entries = lead.membership.entries()
    packed, _ = courier.pack(vault=lead, clock=clock)
    invite = enrolment.invite(identity_of(helper).device, vault=lead, clock=clock)
    clock.move(days=timedelta(days=9).days)
    for file in (packed, invite):
        found = recovered.sort(file)
        assert found is not None
        assert found.entries == entries
        assert found.operations
    joined(lead, "Second Lead", clock, manages=True)
    made = make(lead, Stick(), clock)
    assert made.proposal is not None
    found = recovered.sort(made.proposal)
    assert found == Brought(entries=lead.membership.entries())
    assert recovered.sort(b"%PDF-1.7") is None
    for torn in (packed[:-1], invite[:-9], made.proposal[:-9]):
        with pytest.raises(BadInput):
            recovered.sort(torn)
