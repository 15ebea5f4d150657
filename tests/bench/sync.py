"""First push and first pull of real desks, beside what the ciphers alone would take and beside peers.

The server is the program on SQLite in a process of its own; the desks are real vaults on this disk. The
ceiling is the same cryptography and nothing else, on both cores at once. ``RECORDS=1000 make bench`` makes
it shorter.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import insert, select, update

from ournydesk.bootstrap import LaptopDesk
from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.operations import (
    RecordKey,
    grant_record,
    grants_hash,
    open_operation,
    open_record_grant,
    seal_operation,
)
from ournydesk.crypto.signing import SigningKey
from ournydesk.crypto.verification import check_operation
from ournydesk.domain.answers import Answer, AnswerSet
from ournydesk.domain.grants import decode_grants, encode_grants
from ournydesk.domain.ids import Path as Ref
from ournydesk.domain.intake import Progress
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import Envelope, Header, OpId, RecordId, decode_envelope, decode_header
from sync.protocol import chain
from sync.server.storage import Storage, operations, sqlite_url, teams
from tests.bench import Measure
from tests.bench.peers import anki, pouchdb
from tests.bench.server import peak
from tests.fakes.desks import TickingClock, enrol, here, open_desk
from tests.integration.server.program import command, listening

RECORDS: Final = int(os.environ.get("RECORDS", "10000"))
TEXT: Final = 2048
"""Bytes of answers in a record."""
ANSWERS: Final = 16
MANY: Final = 100_000
CORES: Final = 2
SAMPLE: Final = 1000
"""Operations of which the ceiling is made, on each core."""
SHARE: Final = 0.6
"""Of the ceiling is promised."""


def measure() -> list[Measure]:
    """Records a second beside the ceiling and the peers; the seconds of a round with nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        ours, envelope = _desks(Path(folder))
    told = [*ours]
    for name, work, ours_s in (("push", _push_work, ours[0].value), ("pull", _pull_work, ours[1].value)):
        ceiling = _ceiling(work, envelope)
        told.append(Measure(f"first {name}, our share of the ciphers alone", ours_s, "/s", ceiling, name))
        told.append(Measure(f"first {name}, beside what is promised of that", ours_s, "/s", SHARE * ceiling))
    for peer in (anki, pouchdb):
        rates = peer.measure(RECORDS, TEXT)
        for name, ours_s in (("push", ours[0].value), ("pull", ours[1].value)):
            if rates is None:
                told.append(Measure(f"first {name}, {peer.NAME} could not be installed here", ours_s, "/s"))
            else:
                told.append(Measure(f"first {name}", ours_s, "/s", rates[name], peer.NAME))
    return told


def _desks(folder: Path) -> tuple[list[Measure], bytes]:
    clock = TickingClock()
    data = folder / "server"
    token = command("token", "--data", data).stdout.strip()
    with listening("--data", data) as (server, process):
        lead = open_desk(folder / "a", "C. Coordinator", clock)
        lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
        lead.team.publish_form("naturalization")
        lead.team.register_team(f"http://127.0.0.1:{server.port}", None, token, here)
        helper = open_desk(folder / "b", "Jo Volunteer", clock)
        enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, folder)
        for desk in (lead, helper):
            desk.wire.sync(here)
        _type(helper)
        push = _timed(lambda: helper.wire.sync(here))
        pull = _timed(lambda: lead.wire.sync(here))
        rows = lead.team.replica().vault.intakes.rows()
        nothing = _timed(lambda: lead.wire.sync(here))
        mine = peak(os.getpid())  # before this program makes a hundred thousand names
        _grow(lead, data)
        many = _timed(lambda: lead.wire.sync(here))
        envelope = helper.team.replica().vault.operations.of_record(RecordId(rows[0].head.id))[0].envelope
        memory = peak(process.pid)
        lead.lock()
        helper.lock()
    if len(rows) != RECORDS:
        raise RuntimeError(f"{len(rows)} records arrived")
    return [
        Measure(f"first push of {RECORDS} records of 2 KB", RECORDS / push, "/s"),
        Measure(f"first pull of {RECORDS} records of 2 KB", RECORDS / pull, "/s"),
        Measure(f"a round with nothing new at {2 * RECORDS} operations", nothing, "s", 0.5),
        Measure(f"a round with nothing new at {MANY + 2 * RECORDS} operations", many, "s", 0.5),
        Measure("memory of the server", memory, "MB", 300),
        Measure("memory of two desks and this program", mine, "MB", 300),
    ], envelope


def _type(desk: LaptopDesk) -> None:
    """Clients who agreed, each with two thousand bytes of answers."""
    each = TEXT // ANSWERS
    for _ in range(RECORDS):
        intake = desk.start_intake("naturalization", "Bengali (bn)")
        text = secrets.token_hex(each // 2)
        told = [AnswerSet(Ref(f"/data/invented/a{at}"), Answer(text)) for at in range(ANSWERS)]
        desk.record(intake, told, Progress(agreed=True))


def _grow(desk: LaptopDesk, data: Path) -> None:
    """A hundred thousand operations more, written straight into both databases: only their number counts."""
    vault = desk.team.replica().vault
    head = vault.operations.cursor()
    names = [(head.at + at, OpId(secrets.token_hex(32))) for at in range(1, MANY + 1)]
    after = chain.follow(head, names)
    vault.operations.follow(names, after)
    store = vault.operations._database  # type: ignore[attr-defined]  # of the vault on the disk
    with store.transaction():
        store.write(
            "INSERT INTO operations (op_id, record, kind, dev, dseq, dprev, standing, why, n, arrived_at, "
            "header, payload, envelope) SELECT lower(hex(log.op_id)), record, kind, ?, log.n, dprev, "
            "standing, why, log.n, arrived_at, header, payload, envelope FROM log, "
            "(SELECT * FROM operations WHERE kind = 'rec.create' LIMIT 1) WHERE log.n > ?",
            "0d" * 16,
            head.at,
        )
    database = Storage(sqlite_url(data / "server.db"))
    with database.writing() as connection:
        team = connection.execute(select(teams.c.team)).scalar_one()
        told = {"team": team, "rec": "0e" * 16, "dev": "0d" * 16, "kind": "rec.edit", "recipients": "[]"}
        rows = [{**told, "n": n, "dseq": n, "op_id": name, "envelope": b""} for n, name in names]
        connection.execute(insert(operations), rows)
        connection.execute(update(teams).values(head_n=after.at, head_hash=after.hash))
    database.close()


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _ceiling(work: Callable[[bytes], float], envelope: bytes) -> float:
    """Records a second if nothing but ciphers ran, on all cores."""
    with ProcessPoolExecutor(CORES) as pool:
        return sum(SAMPLE / seconds for seconds in pool.map(work, [envelope] * CORES))


def _push_work(content: bytes) -> float:
    """Seconds of sealing, granting, signing, and the server's check, again and again."""
    envelope = decode_envelope(content)
    header, grants = decode_header(envelope.header), decode_grants(envelope.grants)
    signer, key, public = SigningKey.fresh(), RecordKey.fresh(), SealingKey.fresh().public()
    payload = bytes(len(envelope.ct) - 600)

    def one() -> None:
        made = encode_grants(
            tuple(
                grant_record(
                    key,
                    team=header.team,
                    record=header.rec,
                    version=header.rdk,
                    to=grant.to,
                    epoch=grant.epoch,
                    public=public,
                )
                for grant in grants
            )
        )
        check_operation(_sealed(header, key, payload, made, signer), signer.public())

    return _timed(lambda: _again(one))


def _pull_work(content: bytes) -> float:
    """Seconds of checking, opening the grant, unsealing, and signing for it, again and again."""
    envelope = decode_envelope(content)
    header, grants = decode_header(envelope.header), decode_grants(envelope.grants)
    signer, key, mine = SigningKey.fresh(), RecordKey.fresh(), SealingKey.fresh()
    first = grants[0]
    made = grant_record(
        key,
        team=header.team,
        record=header.rec,
        version=header.rdk,
        to=first.to,
        epoch=first.epoch,
        public=mine.public(),
    )
    sealed = _sealed(header, key, bytes(len(envelope.ct) - 600), encode_grants((made,)), signer)

    def one() -> None:
        check_operation(sealed, signer.public())
        opened = open_record_grant(made, team=header.team, record=header.rec, version=header.rdk, key=mine)
        open_operation(sealed, opened)
        _sealed(header, key, b"received", b"", signer)

    return _timed(lambda: _again(one))


def _again(work: Callable[[], None]) -> None:
    for _ in range(SAMPLE):
        work()


def _sealed(header: Header, key: RecordKey, payload: bytes, grants: bytes, signer: SigningKey) -> Envelope:
    return seal_operation(replace(header, grants=grants_hash(grants)), key, payload, grants, signer)
