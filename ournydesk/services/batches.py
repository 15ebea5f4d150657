"""Cases as one file that leaves the house encrypted. Layer: services.

::

    batch-<date>-<8 hex>.age = age( ZIP: manifest.json, records.jsonl, packets/<hash>.pdf, SIGNATURE )

``SIGNATURE`` is Ed25519 by the exporting desk over the manifest, which names every file with its hash, the
team's fingerprint and both heads. A batch counts only after it was opened again and compared.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.age_files import AgeIdentity, check_recipient, encrypt
from ournydesk.crypto.fingerprint import DEVICE_WORDS, fingerprint_words
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.signing import Label, VerifyKey
from ournydesk.domain.batch import BatchDone, BatchPlan, LeftOut, Recipient
from ournydesk.domain.case import CaseView
from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.operations import DeviceId, Kind, RecordId
from ournydesk.domain.record import Noted
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.domain.team import STAFF
from ournydesk.errors import BadInput, DeskError, Refused, StoreBroken, Tampered
from ournydesk.ports import OpenVault
from ournydesk.services.authoring import Draft, mirror, seen_head, write
from ournydesk.services.cases import Cases
from ournydesk.services.intakes import OpenedIntake
from ournydesk.services.membership import identity_of, team_of

AGE_KEY: Final = "batch.age"
MANIFEST: Final = "manifest.json"
RECORDS: Final = "records.jsonl"
SIGNATURE: Final = "SIGNATURE"
VERSION: Final = 1
MOST_MANIFEST: Final = 16 * 1024 * 1024
MOST_FILES: Final = 100_000

DrawPacket = Callable[[OpenedIntake], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchContent:
    """What a batch holds, its signature checked."""

    signed_by: str
    cases: int
    files: Mapping[str, bytes]


def plan(records: Sequence[RecordId] | None, *, cases: Cases, words: WordBook) -> BatchPlan:
    """What a batch would hold; without ``records`` every case this desk reads."""
    rows = [row for row in cases.rows() if records is None or row.id in records]
    taken: list[RecordId] = []
    left: list[LeftOut] = []
    for row in rows:
        why = _why_not(row.id, cases)
        if why:
            left.append(LeftOut(record=row.id, client=row.client, why=why))
        else:
            taken.append(row.id)
    forms = Counter(row.matter for row in rows if row.id in taken)
    own = own_key(cases.vault).public()
    here = Recipient(name=identity_of(cases.vault).name, key=own, words=_words(own, words), source="here")
    return BatchPlan(
        records=tuple(taken),
        forms=tuple(sorted(forms.items())),
        left_out=tuple(left),
        recipients=(here,),
        signed_by=identity_of(cases.vault).name,
    )


def export(
    chosen: BatchPlan,
    recipients: Iterable[str],
    folder: Path,
    *,
    cases: Cases,
    draw: DrawPacket,
    clock: Clock,
) -> BatchDone:
    """Write a batch, open it again, compare, and note it in the team's audit.

    Raises BadInput for a recipient that is no key or a folder that cannot be written,
    Refused("refused.batch_empty") for a batch without a case.
    """
    vault = cases.vault
    if not chosen.records:
        raise Refused("refused.batch_empty")
    keys = list(dict.fromkeys([own_key(vault).public(), *(check_recipient(one) for one in recipients)]))
    content = _zip(_files(chosen, cases, draw), cases, clock)
    name = f"batch-{clock.today().isoformat()}-{hashlib.sha256(content).hexdigest()[:8]}.age"
    target = folder / name
    draft = folder / f"{name}.part"
    try:
        with draft.open("wb") as file:
            encrypt(io.BytesIO(content), file, keys)
            file.flush()
            os.fsync(file.fileno())
        with draft.open("rb") as file:
            if own_key(vault).decrypt(file) != content:
                raise StoreBroken("store.write", why="batch")
        draft.replace(target)
    except OSError as error:
        raise BadInput(f"The batch cannot be written to {folder}: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
    written = target.read_bytes()
    done = BatchDone(
        path=target,
        cases=len(chosen.records),
        size=len(written),
        sha256=hashlib.sha256(written).hexdigest(),
    )
    _note(done, vault=vault, clock=clock)
    return done


def verify(path: Path, *, vault: OpenVault) -> BatchContent:
    """Open a batch this desk wrote or received, and check everything before anything is shown.

    Raises BadInput, Refused("refused.batch_key") and Tampered("vault.seal", what="batch").
    """
    try:
        with path.open("rb") as file:
            content = own_key(vault).decrypt(file)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}.") from error
    return _checked(content, vault)


def own_key(vault: OpenVault) -> AgeIdentity:
    """The key of this desk for batches; made when it is first needed."""
    kept = vault.preferences.get(AGE_KEY)
    if kept:
        return AgeIdentity.from_text(kept)
    fresh = AgeIdentity.fresh()
    vault.preferences.set(AGE_KEY, fresh.text())
    return fresh


def _why_not(name: RecordId, cases: Cases) -> str:
    row = cases.vault.intakes.row(IntakeId(name))
    if not row.progress.agreed:
        return "no_consent"
    try:
        view = cases.view(name)
    except DeskError:
        return "unreadable"
    return "conflict" if view.blocked else ""


def _files(chosen: BatchPlan, cases: Cases, draw: DrawPacket) -> Iterator[tuple[str, bytes]]:
    lines = []
    for name in chosen.records:
        view = cases.view(name)
        opened = cases.opened(cases.vault.intakes.row(IntakeId(name)))
        lines.append(json.dumps(_record(view, opened), ensure_ascii=False, separators=(",", ":")))
        pdf = draw(opened)
        # Named by its hash: a file's name says nothing about whose it is.
        yield f"packets/{hashlib.sha256(pdf).hexdigest()[:32]}.pdf", pdf
    yield RECORDS, ("\n".join(lines) + "\n").encode("utf-8")


def _record(view: CaseView, opened: OpenedIntake) -> dict[str, object]:
    head = opened.head
    return {
        "record": head.id,
        "form": {"id": head.form_id, "version": head.form_version, "hash": head.form_hash},
        "language": head.language,
        "started_at": head.started_at.isoformat(),
        "answers": [
            {"path": path, "said": answer.said.value, "text": answer.text}
            for path, answer in sorted(opened.answers.values.items())
        ],
        "rows": {path: list(rows) for path, rows in sorted(opened.answers.rows.items())},
        "decisions": [
            {"choice": one.choice.value, "reason": one.reason, "by": one.by, "at": one.at.isoformat()}
            for one in view.decisions
        ],
        "notes": [{"text": one.text, "by": one.by, "at": one.at.isoformat()} for one in view.notes],
    }


def _zip(files: Iterable[tuple[str, bytes]], cases: Cases, clock: Clock) -> bytes:
    vault, held = cases.vault, io.BytesIO()
    identity, team = identity_of(vault), team_of(vault)
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            hashes[name] = hashlib.sha256(content).hexdigest()
            archive.writestr(_entry(name), content)
        seen = seen_head(vault)
        manifest = json.dumps(
            {
                "v": VERSION,
                "team": team.id,
                "fingerprint": team.fingerprint,
                "device": identity.device,
                "written_at": clock.now().isoformat(),
                "head": [seen.at, seen.hash],
                "members": [team.head.at, team.head.hash],
                "files": hashes,
            },
            sort_keys=True,
            separators=(",", ":"),
        ).encode("ascii")
        archive.writestr(_entry(MANIFEST), manifest)
        archive.writestr(_entry(SIGNATURE), vault.keys.signing().sign(Label.EXPORT, manifest))
    return held.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    # A fixed time: when a file was packed is in the manifest, and only there.
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _checked(content: bytes, vault: OpenVault) -> BatchContent:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > MOST_FILES or any(name.startswith("/") or ".." in name for name in names):
                raise Tampered(what="batch")
            files = {name: archive.read(name) for name in names}
        manifest, signature = files.pop(MANIFEST), files.pop(SIGNATURE)
        body = loads(manifest, most_bytes=MOST_MANIFEST, deepest=3)
    except (zipfile.BadZipFile, KeyError, NotStrictJson) as error:
        raise Tampered(what="batch") from error
    team = team_of(vault)
    if not isinstance(body, dict) or body.get("team") != team.id or body.get("v") != VERSION:
        raise BadInput("This batch was written by another team.")
    device = team.devices.get(DeviceId(str(body.get("device"))))
    if device is None:
        raise Tampered(what="batch")
    VerifyKey.decode(device.sign).verify(Label.EXPORT, signature, manifest)
    if body.get("files") != {name: hashlib.sha256(held).hexdigest() for name, held in files.items()}:
        raise Tampered(what="batch")
    cases = files.get(RECORDS, b"").count(b"\n")
    return BatchContent(signed_by=device.user, cases=cases, files=files)


def _note(done: BatchDone, *, vault: OpenVault, clock: Clock) -> None:
    """An operation of its own that staff can read: who exported how much, and the file's hash."""
    text = f"batch {done.sha256} cases {done.cases}"
    to = (STAFF,) if STAFF in team_of(vault).groups else (identity_of(vault).device,)
    draft = Draft(record=RecordId(new_id()), kind=Kind.AUDIT, writes=[Noted(text=text)], to=to, grant_to=to)
    mirror([write(draft, vault=vault, clock=clock)], vault)


def _words(key: str, words: WordBook) -> tuple[str, ...]:
    return fingerprint_words(key.encode("ascii"), DEVICE_WORDS, words)
