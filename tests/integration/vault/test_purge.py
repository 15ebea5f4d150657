"""A purged record: nothing the client said, and no key that could open it, is left in the vault."""

from __future__ import annotations

import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from ournydesk.crypto.keys import KEY_BYTES, SALT_BYTES
from ournydesk.crypto.operations import RecordKey
from ournydesk.domain.intake import Progress
from ournydesk.domain.operations import Kind, RecordId
from ournydesk.store.folder import VaultFolder
from ournydesk.store.opened import StoredVault
from tests.fakes import cheap
from tests.fakes.signed import operation
from tests.integration.vault.conftest import Seat
from tests.integration.vault.test_canaries import CANARIES, found

PAGE = 4096
RESERVED = 80
LONG = 40
"""Long enough for pages of their own."""


def filled(vault: StoredVault, seat: Seat, key: RecordKey) -> RecordId:
    record = RecordId(seat.intake)
    for number, word in enumerate(CANARIES):
        events = [cheap.said(f"/data/c{number}", f"{word} " * LONG * number), *cheap.trip(word)]
        vault.intakes.append(seat.intake, events, Progress(agreed=True), cheap.later(number))
        plain = f"{word} " * LONG * (number + 1)
        one = operation(number + 1, record=record, kind=Kind.EDIT, payload=plain.encode())
        vault.operations.add(one)
        vault.outgoing.mirror(one.op_id, one.envelope)
    vault.keys.keep_record(record, 1, key)
    return record


def purge(vault: StoredVault, seat: Seat, record: RecordId) -> None:
    mirrored = [one.op_id for one in vault.operations.of_record(record)]
    with vault.together():
        vault.keys.forget_record(record)
        vault.operations.forget_payloads(record)
        vault.intakes.purge(seat.intake, cheap.later(9))
        vault.outgoing.remove(mirrored)


def pages(seat: Seat) -> bytes:
    """Every page of the vault's database as it is inside the cipher, free ones too.

    SQLCipher 4: AES-256-CBC under the raw key, the salt in front of page 1, at the end of each page 16
    bytes of IV and 64 of HMAC.
    """
    key = VaultFolder.at(seat.folder).sealed().open(cheap.WORDS, cheap.POLICY).database_key()
    cipher_key, content = bytes(key.reveal()[:KEY_BYTES]), seat.database.read_bytes()
    plain = b""
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        body, iv = page[SALT_BYTES if start == 0 else 0 : -RESERVED], page[-RESERVED : -RESERVED + 16]
        opened = Cipher(algorithms.AES(cipher_key), modes.CBC(iv)).decryptor()
        plain += opened.update(body) + opened.finalize()
    return plain


def test_nothing_a_client_said_is_left_after_a_purge(seat: Seat, tmp_path: Path) -> None:
    vault, key = seat.open(), RecordKey.fresh()
    record = filled(vault, seat, key)
    purge(vault, seat, record)
    assert (seat.folder / "data.db-wal").stat().st_size == 0
    # Copied by another process: closing a handle of ours would drop the vault's lock.
    subprocess.run(["cp", "-r", str(seat.folder), str(tmp_path / "open")], check=True)
    assert found(tmp_path / "open") == set()
    assert vault.keys.newest(record) is None
    assert vault.outgoing.names() == frozenset()
    assert vault.check().sound
    vault.rebuild()
    assert vault.intakes.row(seat.intake).purged
    said = [*vault._database.read("SELECT * FROM events"), *vault._database.read("SELECT * FROM answers")]
    assert not any(word in str(value) for word in CANARIES for row in said for value in row)
    vault.close()


def test_the_pages_inside_the_cipher_are_overwritten(seat: Seat) -> None:
    vault, key = seat.open(), RecordKey.fresh()
    secret = bytes(key.reveal())
    record = filled(vault, seat, key)
    vault.close()
    before = pages(seat)
    assert secret in before
    assert all(word.encode() in before for word in CANARIES)
    vault = seat.open()
    purge(vault, seat, record)
    vault.close()
    after = pages(seat)
    assert secret not in after
    assert not any(word.encode() in after for word in CANARIES)
