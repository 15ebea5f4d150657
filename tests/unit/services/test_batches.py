"""A batch counts for its signature: nothing of it is shown before all of it is what was signed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from ournydesk.crypto.age_files import AgeIdentity, encrypt
from ournydesk.crypto.signing import Label
from ournydesk.errors import BadInput, DeskError, Refused, Tampered
from ournydesk.services.batches import MANIFEST, RECORDS, SIGNATURE, own_key, verify
from ournydesk.services.membership import identity_of, team_of
from tests.fakes.clinics import FakeClinic
from tests.fakes.open_vault import FakeOpenVault

LINES = b'{"record":"1"}\n{"record":"2"}\n'


@pytest.fixture
def clinic() -> FakeClinic:
    return FakeClinic()


def manifest_of(files: Mapping[str, bytes], vault: FakeOpenVault, **changes: object) -> bytes:
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    team, device = team_of(vault), identity_of(vault).device
    body = {"v": 1, "team": team.id, "device": device, "files": hashes, **changes}
    return json.dumps(body).encode("ascii")


def zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def signed(
    files: Mapping[str, bytes],
    by: FakeOpenVault,
    shown: Mapping[str, bytes] | None = None,
    **changes: str,
) -> bytes:
    """An archive whose signature is over ``files``, with ``shown`` in it instead."""
    manifest = manifest_of(files, by, **changes)
    signature = by.keys.signing().sign(Label.EXPORT, manifest)
    return zipped({**(shown or files), MANIFEST: manifest, SIGNATURE: signature})


def opened(content: bytes, vault: FakeOpenVault, folder: Path, key: str = "") -> tuple[str, int]:
    target = folder / "batch.age"
    with target.open("wb") as file:
        encrypt(io.BytesIO(content), file, [key or own_key(vault).public()])
    batch = verify(target, vault=vault)
    return batch.signed_by, batch.cases


def test_a_whole_batch_says_who_signed_it_and_how_many_cases_it_holds(
    clinic: FakeClinic, tmp_path: Path
) -> None:
    content = signed({RECORDS: LINES, "packets/a.pdf": b"%PDF"}, clinic.attorney)
    assert opened(content, clinic.lead, tmp_path) == (identity_of(clinic.attorney).user, 2)


@pytest.mark.parametrize(
    "shown",
    [{RECORDS: LINES[:-1]}, {RECORDS: LINES, "packets/more.pdf": b"%PDF"}, {"packets/a.pdf": LINES}],
    ids=["changed", "added to", "renamed"],
)
def test_a_batch_that_is_not_what_was_signed_shows_nothing(
    clinic: FakeClinic, tmp_path: Path, shown: Mapping[str, bytes]
) -> None:
    with pytest.raises(Tampered):
        opened(signed({RECORDS: LINES}, clinic.attorney, shown), clinic.lead, tmp_path)


def test_a_batch_under_another_desks_signature_shows_nothing(clinic: FakeClinic, tmp_path: Path) -> None:
    content = signed({RECORDS: LINES}, clinic.volunteer, device=identity_of(clinic.attorney).device)
    with pytest.raises(Tampered):
        opened(content, clinic.lead, tmp_path)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"team": "0" * 32}, BadInput),
        ({"v": "2"}, BadInput),
        ({"device": "0" * 32}, Tampered),
    ],
)
def test_a_batch_of_others_shows_nothing(
    clinic: FakeClinic, tmp_path: Path, changes: dict[str, str], why: type[DeskError]
) -> None:
    with pytest.raises(why):
        opened(signed({RECORDS: LINES}, clinic.attorney, None, **changes), clinic.lead, tmp_path)


def test_a_batch_to_others_is_not_opened(clinic: FakeClinic, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        opened(signed({RECORDS: LINES}, clinic.attorney), clinic.lead, tmp_path, AgeIdentity.fresh().public())
    assert caught.value.code == "refused.batch_key"
