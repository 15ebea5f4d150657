"""What the server promises of a team's log: in memory, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ournydesk.crypto.signing import Label
from ournydesk.domain.ids import new_id
from ournydesk.domain.membership import Role, Statement, user_body
from ournydesk.domain.operations import NO_OP, Head, Kind, OpId, RecordId, TeamId
from sync.protocol import chain
from sync.protocol.limits import MOST_PAGE, MOST_PUSH_BYTES, MOST_PUSH_OPS
from sync.protocol.messages import OpResult, Outcome, Page
from sync.server.faults import NotServed
from sync.server.ledger import Ledger
from sync.server.storage import Storage, sqlite_url
from tests.fakes.databases import BOTH, database_of, emptied
from tests.fakes.ledger import FakeLedger, Memory
from tests.fakes.signed_team import STAFF, SignedDevice, SignedTeam, name_of

THREADS = 6


@pytest.fixture(params=("memory", *BOTH))
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage | Memory]:
    if request.param == "memory":
        yield Memory()
        return
    with database_of(request, tmp_path) as storage:
        yield storage


def a_ledger(database: Storage | Memory, team: SignedTeam, *, numbered: bool = True) -> Ledger | FakeLedger:
    if isinstance(database, Memory):
        fake = FakeLedger("f" * 32, numbered=numbered)
        fake.create_team(None, team.entries)
        return fake
    ledger = Ledger(database, "f" * 32, numbered=numbered)
    with database.writing() as connection:
        ledger.create_team(connection, team.entries)
    return ledger


def push(ledger: Ledger | FakeLedger, team: SignedTeam, *ops: bytes) -> tuple[OpResult, ...]:
    return ledger.push(team.id, ops).results


def refusal(ledger: Ledger | FakeLedger, team: SignedTeam, op: bytes) -> str:
    (result,) = push(ledger, team, op)
    assert result.said is Outcome.NO
    assert ledger.state(team.id, team.first.id).head.at == 0
    return result.code


def whole_log(ledger: Ledger | FakeLedger, team: SignedTeam, reader: SignedDevice) -> Page:
    page = ledger.page(team.id, reader.id, 0)
    head = chain.follow(chain.start(team.fingerprint), ((one.n, one.op_id) for one in page.entries))
    assert (head, page.more) == (page.head, False)
    return page


def test_operations_are_numbered_as_they_come_and_read_back_in_the_chain(database: Storage | Memory) -> None:
    team = SignedTeam()
    volunteer = team.join()
    ledger = a_ledger(database, team)
    ops = [*volunteer.operations(2), *team.first.operations(2), *volunteer.operations(1)]
    results = push(ledger, team, *ops)
    assert [(result.said, result.n) for result in results] == [(Outcome.OK, n) for n in range(1, 6)]
    assert [entry.op for entry in whole_log(ledger, team, volunteer).entries] == ops
    assert ledger.state(team.id, volunteer.id).device_high == Head(3, name_of(ops[-1]))


def test_the_same_bytes_have_one_position_however_often_they_come(database: Storage | Memory) -> None:
    team = SignedTeam()
    ledger = a_ledger(database, team)
    ops = team.first.operations(3)
    first = push(ledger, team, *ops, ops[0])
    again = push(ledger, team, *ops)
    assert [result.said for result in first] == [Outcome.OK, Outcome.OK, Outcome.OK, Outcome.DUP]
    assert [(result.said, result.n) for result in again] == [(Outcome.DUP, n) for n in (1, 2, 3)]
    assert whole_log(ledger, team, team.first).head.at == 3


def test_after_a_gap_nothing_of_that_device_is_taken_and_others_go_on(database: Storage | Memory) -> None:
    team = SignedTeam()
    volunteer = team.join()
    ledger = a_ledger(database, team)
    first, second, third = volunteer.operations(3)
    other = team.first.operation()
    results = push(ledger, team, second, third, other)
    assert [(one.said, one.expect) for one in results[:2]] == [(Outcome.GAP, 1)] * 2
    assert (results[2].said, results[2].n) == (Outcome.OK, 1)
    assert [one.n for one in push(ledger, team, first, second, third)] == [2, 3, 4]


def test_a_second_operation_at_one_place_of_a_devices_chain_is_a_fork(database: Storage | Memory) -> None:
    team = SignedTeam()
    ledger = a_ledger(database, team)
    first, second = team.first.operations(2)
    push(ledger, team, first)
    fork = team.first.operation(dseq=1, dprev=NO_OP)
    stray = team.first.operation(dseq=2, dprev=OpId("e" * 64))
    results = push(ledger, team, fork, stray, second)
    assert [(one.said, one.code) for one in results] == [
        (Outcome.NO, "fork"),
        (Outcome.NO, "fork"),
        (Outcome.OK, ""),
    ]


def test_only_what_a_device_of_the_team_signed_is_taken(database: Storage | Memory) -> None:
    team, stranger = SignedTeam(), SignedTeam()
    ledger = a_ledger(database, team)
    whole = team.first.operation(dseq=1, dprev=NO_OP)
    assert refusal(ledger, team, stranger.first.operation()) == "device"
    assert refusal(ledger, team, team.first.operation(dseq=1, dprev=NO_OP, team=stranger.id)) == "device"
    impostor = SignedDevice(team=team, user=team.first.user, id=team.first.id)
    assert refusal(ledger, team, impostor.operation()) == "signature"
    member = team.first.operation(dseq=1, dprev=NO_OP, label=Label.MEMBERSHIP)
    assert refusal(ledger, team, member) == "signature"
    assert refusal(ledger, team, whole[:-1] + bytes((whole[-1] ^ 1,))) == "signature"
    assert refusal(ledger, team, whole.replace(b"[]", b"{}", 1)) == "signature"
    assert refusal(ledger, team, b"ourny-op\x01" + bytes(40)) == "envelope"
    assert refusal(ledger, team, b"") == "envelope"


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_decides_which_kinds_are_taken(
    role: Role, kind: Kind, tmp_path_factory: pytest.TempPathFactory
) -> None:
    team = SignedTeam()
    member = team.join(role)
    with emptied(sqlite_url(tmp_path_factory.mktemp("roles") / "server.db")) as database:
        (result,) = push(a_ledger(database, team), team, member.operation(kind))
    assert (result.said is Outcome.OK) == team.now.accepts(member.id, 1, kind)
    assert result.code in ("", "role")


def test_what_its_role_forbids_takes_up_its_place_and_what_came_later_is_taken(
    database: Storage | Memory,
) -> None:
    team = SignedTeam()
    other = team.join()
    ledger = a_ledger(database, team)
    first, forbidden = other.operation(), other.operation(Kind.PUBLISH)
    later = other.operations(2)
    told = push(ledger, team, first, forbidden, later[0])
    assert [(one.said, one.code, one.n) for one in told] == [
        (Outcome.OK, "", 1), (Outcome.NO, "role", 0), (Outcome.OK, "", 2),
    ]  # fmt: skip  # one line each would be longer
    assert ledger.state(team.id, other.id).device_high == Head(3, name_of(later[0]))
    assert [one.said for one in push(ledger, team, later[1])] == [Outcome.OK]
    assert [entry.op for entry in whole_log(ledger, team, other).entries] == [first, *later]
    # Refused once is refused for ever, whatever its author may do by then; it is no fork of a chain.
    told = push(ledger, team, forbidden)
    assert [(one.said, one.code) for one in told] == [(Outcome.NO, "role")]
    team.say(Statement.USER_ROLE, user_body(user=other.user, role=Role.COORDINATOR))
    ledger.append_members(team.id, team.entries[-1:])
    told = push(ledger, team, forbidden, other.operation(Kind.PUBLISH))
    assert [(one.said, one.code) for one in told] == [(Outcome.NO, "role"), (Outcome.OK, "")]


def test_the_end_of_a_chain_is_a_refused_place_as_well(database: Storage | Memory) -> None:
    team = SignedTeam()
    other = team.join()
    ledger = a_ledger(database, team)
    forbidden = other.operation(Kind.PUBLISH)
    push(ledger, team, forbidden)
    assert ledger.state(team.id, other.id).device_high == Head(1, name_of(forbidden))
    assert ledger.state(team.id, other.id).head.at == 0
    rival = other.operation(dseq=1, dprev=NO_OP)
    assert [(one.said, one.code) for one in push(ledger, team, rival)] == [(Outcome.NO, "fork")]


def test_who_acted_under_entries_that_have_not_come_here_yet_is_only_early(
    database: Storage | Memory,
) -> None:
    team = SignedTeam()
    other = team.join()
    ledger = a_ledger(database, team)
    grown = team.say(Statement.USER_ROLE, user_body(user=other.user, role=Role.COORDINATOR))
    early = other.operation(Kind.PUBLISH)
    assert [(one.said, one.code) for one in push(ledger, team, early)] == [(Outcome.NO, "role")]
    assert ledger.state(team.id, other.id).device_high == Head(0, NO_OP)
    ledger.append_members(team.id, [grown])
    assert [one.said for one in push(ledger, team, early)] == [Outcome.OK]


def test_what_a_revoked_device_signed_counts_up_to_its_last_number(database: Storage | Memory) -> None:
    team = SignedTeam()
    gone = team.join()
    ledger = a_ledger(database, team)
    first, second, third = gone.operations(3)
    push(ledger, team, first)
    ledger.append_members(team.id, [team.revoke(gone, 2)])
    carried = push(ledger, team, second, third)
    assert [(one.said, one.code) for one in carried] == [(Outcome.OK, ""), (Outcome.NO, "role")]
    assert [entry.op for entry in ledger.page(team.id, gone.id, 0).entries if entry.op] == [first, second]


def test_only_those_an_operation_is_for_get_its_bytes(database: Storage | Memory) -> None:
    team = SignedTeam()
    author, other = team.join(), team.join()
    attorney = team.join(Role.ATTORNEY, reads=True)
    team.group(STAFF, attorney)
    ledger = a_ledger(database, team)
    for to in ((STAFF,), ("team",), (other.id,), ("nobody",), ()):
        push(ledger, team, author.operation(to=to))
    handed = [
        [entry.n for entry in whole_log(ledger, team, who).entries if entry.op is not None]
        for who in (author, other, attorney, team.first)
    ]
    assert handed == [[1, 2, 3, 4, 5], [2, 3], [1, 2], [2]]


def test_a_log_is_read_in_pages_and_a_position_that_is_not_there_is_refused(
    database: Storage | Memory,
) -> None:
    team = SignedTeam()
    ledger = a_ledger(database, team)
    push(ledger, team, *team.first.operations(5))
    first, second = ledger.page(team.id, team.first.id, 0, 3), ledger.page(team.id, team.first.id, 3, 3)
    assert [entry.n for entry in (*first.entries, *second.entries)] == [1, 2, 3, 4, 5]
    assert (first.more, second.more, ledger.page(team.id, team.first.id, 5).entries) == (True, False, ())
    with pytest.raises(NotServed, match="cursor"):
        ledger.page(team.id, team.first.id, 6)


def test_a_page_ends_before_it_grows_too_long(database: Storage | Memory) -> None:
    team = SignedTeam()
    ledger = a_ledger(database, team)
    for _ in range(4):
        push(ledger, team, team.first.operation(ciphertext=bytes(1_500_000)))
    sizes, after = [], 0
    while after < 4:
        page = ledger.page(team.id, team.first.id, after, MOST_PAGE)
        sizes.append(len(page.entries))
        after = page.entries[-1].n
    assert sizes == [2, 2]


def test_too_much_at_once_is_refused_whole(database: Storage | Memory) -> None:
    team = SignedTeam()
    ledger = a_ledger(database, team)
    many = team.first.operations(1) * (MOST_PUSH_OPS + 1)
    long = [team.first.operation(ciphertext=bytes(MOST_PUSH_BYTES // 2)) for _ in range(2)]
    for ops in (many, long):
        with pytest.raises(NotServed, match="too_many"):
            ledger.push(team.id, ops)
    assert ledger.state(team.id, team.first.id).head.at == 0


def test_a_team_nobody_brought_is_unknown(database: Storage | Memory) -> None:
    with pytest.raises(NotServed, match="unknown"):
        a_ledger(database, SignedTeam()).push(TeamId(new_id()), [])


def test_many_desks_at_once_leave_no_gap_and_no_double(database: Storage | Memory) -> None:
    team = SignedTeam()
    desks = [team.join() for _ in range(THREADS)]
    ledger = a_ledger(database, team)
    chains = [desk.operations(12) for desk in desks]
    together = threading.Barrier(THREADS)

    def at_once(ops: list[bytes]) -> None:
        together.wait()
        for start in range(0, len(ops), 4):
            results = push(ledger, team, *ops[start : start + 4], ops[0])
            assert [one.said for one in results][-1] is Outcome.DUP
            assert Outcome.NO not in [one.said for one in results]

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(at_once, chains))
    page = whole_log(ledger, team, team.first)
    assert [entry.n for entry in page.entries] == list(range(1, 12 * THREADS + 1))
    assert {entry.op_id for entry in page.entries} == {name_of(op) for ops in chains for op in ops}


def test_who_reads_while_others_write_never_skips_a_position(database: Storage | Memory) -> None:
    team = SignedTeam()
    writers = [team.join() for _ in range(2)]
    ledger = a_ledger(database, team)
    chains = [desk.operations(15) for desk in writers]
    done = threading.Event()

    def write(ops: list[bytes]) -> None:
        for op in ops:
            push(ledger, team, op)

    def read() -> list[int]:
        seen: list[int] = []
        head = chain.start(team.fingerprint)
        last = False
        while not last:
            last = done.is_set()  # once more after the writers stopped
            page = ledger.page(team.id, team.first.id, head.at)
            head = chain.follow(head, ((one.n, one.op_id) for one in page.entries))
            assert head.at <= page.head.at
            assert head == page.head or page.more
            seen += [one.n for one in page.entries]
        return seen

    with ThreadPoolExecutor(3) as pool:
        reading = pool.submit(read)
        try:
            list(pool.map(write, chains))
        finally:
            done.set()  # a writer that fails leaves no reader behind
        assert reading.result() == list(range(1, 31))


def test_a_relay_carries_in_any_order_and_numbers_by_arrival(database: Storage | Memory) -> None:
    team = SignedTeam()
    volunteer = team.join()
    relay = a_ledger(database, team, numbered=False)
    first, second, third = volunteer.operations(3)
    assert [one.said for one in push(relay, team, third, first, third)] == [
        Outcome.OK,
        Outcome.OK,
        Outcome.DUP,
    ]
    assert [one.op for one in relay.page(team.id, team.first.id, 0).entries] == [third, first]
    impostor = SignedDevice(team=team, user=volunteer.user, id=volunteer.id)
    assert push(relay, team, impostor.operation())[0].code == "signature"
    assert not relay.state(team.id, volunteer.id).numbered
    assert push(relay, team, second)[0].n == 3


def sealed_bytes(ledger: Ledger | FakeLedger, team: SignedTeam) -> list[bool]:
    """Of each position, whether the founder is still handed its bytes."""
    page = ledger.page(team.id, team.first.id, 0)
    head = chain.follow(chain.start(team.fingerprint), ((one.n, one.op_id) for one in page.entries))
    assert head == page.head
    return [entry.op is not None for entry in page.entries]


def test_an_order_to_erase_takes_the_bytes_of_a_record_and_leaves_its_names(
    database: Storage | Memory,
) -> None:
    team = SignedTeam()
    other = team.join()
    ledger = a_ledger(database, team)
    gone = RecordId(new_id())
    push(ledger, team, *other.operations(2, rec=gone), *other.operations(1))
    order = team.first.operation(Kind.ERASE, rec=gone)
    assert [one.said for one in push(ledger, team, order)] == [Outcome.OK]
    assert sealed_bytes(ledger, team) == [False, False, True, True]
    # Whoever had not heard of it brings more: it is numbered, and nothing of it is kept.
    told = push(ledger, team, other.operation(rec=gone), other.operation())
    assert [one.said for one in told] == [Outcome.OK, Outcome.OK]
    assert sealed_bytes(ledger, team) == [False, False, True, True, False, True]


def test_the_same_order_twice_and_an_order_of_nobody_who_may_change_nothing(
    database: Storage | Memory,
) -> None:
    team = SignedTeam()
    other = team.join()
    ledger = a_ledger(database, team)
    kept, gone = RecordId(new_id()), RecordId(new_id())
    push(ledger, team, other.operation(rec=kept), other.operation(rec=gone))
    push(ledger, team, other.operation(Kind.ERASE, rec=kept))
    assert sealed_bytes(ledger, team) == [True, True]
    orders = [team.first.operation(Kind.ERASE, rec=gone) for _ in range(2)]
    assert [one.said for one in push(ledger, team, *orders)] == [Outcome.OK, Outcome.OK]
    assert sealed_bytes(ledger, team) == [True, False, True, True]
