"""What a coordinator sends to every desk: forms, agency blanks, names, clinics. Layer: services.

All of it is one record, named like the team itself, sealed to the group *team*. A desk obeys the last
published thing of a name.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain.documents import BlankCard
from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.membership import UserId
from ournydesk.domain.operations import DeviceId, Kind, RecordId
from ournydesk.domain.oplog import StoredOperation
from ournydesk.domain.record import Payload, Published, decode_payload
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.domain.team import TEAM, Clinic
from ournydesk.errors import ProtocolFault, Refused
from ournydesk.ports import OpenVault
from ournydesk.services.authoring import Draft, mirror, write
from ournydesk.services.membership import identity_of

FORM: Final = "form"
BLANK: Final = "blank"
EDITION: Final = "edition"
"""Until when an agency takes an edition, as a coordinator read it on its site."""
NAME: Final = "name"
CLINIC: Final = "clinic"
TITLE: Final = "title"
SERVER: Final = "server"
SEAT: Final = "seat"
MOST_INFLATED: Final = 32 * 1024 * 1024
MOST_FILES_JSON: Final = 64 * 1024


def publish(
    what: str,
    name: str,
    facts: Mapping[str, str],
    content: bytes = b"",
    *,
    vault: OpenVault,
    clock: Clock,
) -> StoredOperation:
    """Send one thing to every desk. Raises Refused("refused.shut_out") unless this desk may."""
    record = RecordId(identity_of(vault).team)
    # Whoever joins later walks back to the epoch this was sealed to; one grant is enough.
    first = vault.keys.newest(record) is None
    operation = write(
        Draft(
            record=record,
            kind=Kind.PUBLISH,
            writes=[Published(what=what, name=name, facts=facts)],
            to=(TEAM,),
            grant_to=(TEAM,) if first else (),
            attached=zlib.compress(content, 9) if content else b"",
        ),
        vault=vault,
        clock=clock,
    )
    mirror([operation], vault)
    return operation


def publish_form(form: FormVersion, *, vault: OpenVault, clock: Clock) -> None:
    """Send a form version; intakes everywhere can be started and read with it.

    Raises Refused("refused.form_version") with ``last`` where the team has the same version with other
    content, or a later one: two forms of one name and version cannot be told apart by a person.
    """
    for last in forms(vault):
        if last.id == form.id and last.hash != form.hash and not form.follows(last):
            raise Refused("refused.form_version", last=last.version)
    names = sorted(form.files)
    table = json.dumps([[name, len(form.files[name])] for name in names], separators=(",", ":"))
    facts = {
        "version": form.version,
        "hash": form.hash,
        "title": form.title,
        "xml": str(len(form.xml)),
        "files": table,
    }
    content = form.xml + b"".join(form.files[name] for name in names)
    publish(FORM, form.id, facts, content, vault=vault, clock=clock)
    vault.forms.keep(form)


def publish_blank(
    pdf: bytes, *, inspect: Callable[[bytes], BlankCard], vault: OpenVault, clock: Clock
) -> BlankCard:
    """Check an agency's blank and send it. Raises BadInput for one that is not what it should be."""
    card = inspect(pdf)
    facts = {
        "edition": card.edition,
        "expires": card.expires,
        "pages": str(card.pages),
        "confirmed": clock.today().isoformat(),
    }
    publish(BLANK, card.form, facts, pdf, vault=vault, clock=clock)
    return vault.blanks.keep(card, pdf, clock.now())


def publish_name(user: UserId, name: str, *, vault: OpenVault, clock: Clock) -> None:
    """Tell the team what a person is called; servers know ids only."""
    publish(NAME, user, {"name": name}, vault=vault, clock=clock)


def publish_clinic(clinic: Clinic, *, vault: OpenVault, clock: Clock) -> None:
    """Tell the team of a clinic day."""
    facts = {"title": clinic.title, "closes": clinic.closes.isoformat()}
    publish(CLINIC, clinic.id, facts, vault=vault, clock=clock)


def publish_seat(device: DeviceId, number: int, clinic: Clinic, *, vault: OpenVault, clock: Clock) -> None:
    """Tell the team that a desk is a seat of a clinic; said again, it is a seat of the later one."""
    publish(SEAT, device, {"number": str(number), "clinic": clinic.id}, vault=vault, clock=clock)


def publish_server(address: str, authority: bytes, *, vault: OpenVault, clock: Clock) -> None:
    """Tell every desk where the team's server is, and whose certificate it shows."""
    facts = {"address": address, "authority": authority.decode("ascii", "replace")}
    publish(SERVER, SERVER, facts, vault=vault, clock=clock)


def take(operation: StoredOperation, payload: Payload, *, vault: OpenVault) -> None:
    """Put what was published where it is used: forms on the shelf, blanks beside them.

    Raises ProtocolFault("wire.fault.published") for content that is not what its facts say.
    """
    for told in payload.writes:
        if not isinstance(told, Published):
            raise ProtocolFault("wire.fault.published", why="kind")
        if told.what == FORM:
            vault.forms.keep(_form(told, _inflated(payload.attached)))
        elif told.what == BLANK:
            vault.blanks.keep(_blank(told), _inflated(payload.attached), operation.arrived_at)
        elif told.what == SERVER:
            identity = replace(
                identity_of(vault),
                server=told.facts.get("address", ""),
                authority=told.facts.get("authority", "").encode("ascii", "replace"),
            )
            vault.membership.adopt(identity)


def published(vault: OpenVault, what: str) -> Mapping[str, Published]:
    """The last published thing of every name of one kind, in the order of the team's record."""
    latest: dict[str, tuple[object, Published]] = {}
    for operation, payload, told in _all(vault):
        if told.what == what:
            rank = (payload.at, operation.header.dev, operation.header.dseq)
            if told.name not in latest or latest[told.name][0] < rank:  # type: ignore[operator]  # same tuples
                latest[told.name] = (rank, told)
    return {name: told for name, (_, told) in latest.items()}


def forms(vault: OpenVault) -> tuple[FormVersion, ...]:
    """The forms the team was sent, each in the version that was sent last; none outside a team."""
    identity = vault.membership.identity()
    if identity is None or not identity.member:
        return ()
    return tuple(vault.forms.version(told.facts["hash"]) for told in published(vault, FORM).values())


def form_to_start(form_id: str, own: FormVersion | None, *, vault: OpenVault) -> FormVersion:
    """The version a new intake begins with: what the team was sent, unless our ``own`` is a later one.

    Raises Refused("refused.unknown_form").
    """
    sent = next((form for form in forms(vault) if form.id == form_id), None)
    if sent is None or (own is not None and own.follows(sent)):
        sent = own
    if sent is None:
        raise Refused("refused.unknown_form", form=form_id)
    return sent


def names(vault: OpenVault) -> Mapping[UserId, str]:
    """What the people of the team are called."""
    return {UserId(user): told.facts.get("name", "") for user, told in published(vault, NAME).items()}


def clinics(vault: OpenVault) -> tuple[Clinic, ...]:
    """The clinics of the team, the one that closes last first."""
    found = [
        Clinic(id=name, title=told.facts["title"], closes=datetime.fromisoformat(told.facts["closes"]))
        for name, told in published(vault, CLINIC).items()
    ]
    return tuple(sorted(found, key=lambda clinic: clinic.closes, reverse=True))


def _all(vault: OpenVault) -> Iterator[tuple[StoredOperation, Payload, Published]]:
    record = RecordId(identity_of(vault).team)
    for operation in vault.operations.of_record(record):
        payload = decode_payload(operation.payload)
        for told in payload.writes:
            if isinstance(told, Published):
                yield operation, payload, told


def _form(told: Published, content: bytes) -> FormVersion:
    try:
        length = int(told.facts["xml"])
        table = loads(told.facts["files"].encode("utf-8"), most_bytes=MOST_FILES_JSON, deepest=2)
        files: dict[str, bytes] = {}
        at = length
        if not isinstance(table, list):
            raise ProtocolFault("wire.fault.published", why="files")
        for name, size in table:
            files[str(name)] = content[at : at + int(size)]
            at += int(size)
        if at != len(content):
            raise ProtocolFault("wire.fault.published", why="length")
        return FormVersion(
            id=told.name,
            version=told.facts["version"],
            hash=told.facts["hash"],
            title=told.facts["title"],
            xml=content[:length],
            files=files,
        )
    except (KeyError, TypeError, ValueError, NotStrictJson) as error:
        raise ProtocolFault("wire.fault.published", why="facts") from error


def _blank(told: Published) -> BlankCard:
    try:
        return BlankCard(
            form=told.name,
            edition=told.facts["edition"],
            expires=told.facts["expires"],
            pages=int(told.facts["pages"]),
        )
    except (KeyError, ValueError) as error:
        raise ProtocolFault("wire.fault.published", why="facts") from error


def _inflated(deflated: bytes) -> bytes:
    machine = zlib.decompressobj()
    try:
        content = machine.decompress(deflated, MOST_INFLATED)
    except zlib.error as error:
        raise ProtocolFault("wire.fault.published", why="deflate") from error
    if not machine.eof or machine.unused_data:
        raise ProtocolFault("wire.fault.published", why="long")
    return content
