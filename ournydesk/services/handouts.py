"""A coordinator's own handouts, sent to every desk as signed team data. Layer: services."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain.documents import Bilingual
from ournydesk.domain.handouts import MOST_BYTES, Handout, parts, read
from ournydesk.domain.operations import RecordId
from ournydesk.domain.record import Published, decode_payload
from ournydesk.domain.sheets import Sheet, SheetKind
from ournydesk.errors import BadInput
from ournydesk.ports import OpenVault
from ournydesk.services.membership import identity_of
from ournydesk.services.publishing import publish

HANDOUT: Final = "handout"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


def send(untrusted: bytes, name: str, language: str, *, vault: OpenVault, clock: Clock) -> Handout:
    """Check a handout and send it to every desk, in place of the one before of that name and language.

    Raises BadInput, Refused("refused.no_team"), Refused("refused.shut_out").
    """
    if not _NAME.fullmatch(name):
        raise BadInput(f"{name!r} is no name for a handout: use small letters, digits and dashes.")
    if not _LANGUAGE.fullmatch(language):
        raise BadInput(f"{language!r} is no language code: write es, bn, ar, zh.")
    handout = read(untrusted, name, language)
    identity_of(vault)
    facts = {"language": language, "title": handout.title}
    publish(HANDOUT, f"{name}.{language}", facts, untrusted, vault=vault, clock=clock)
    return handout


def handouts(vault: OpenVault) -> tuple[Handout, ...]:
    """The team's handouts, each in its last version, by name and language; none outside a team."""
    identity = vault.membership.identity()
    if identity is None or not identity.member:
        return ()
    latest: dict[str, tuple[object, Handout]] = {}
    for rank, handout in _sent(vault):
        key = f"{handout.name}.{handout.language}"
        if key not in latest or latest[key][0] < rank:  # type: ignore[operator]  # ranks of one kind
            latest[key] = (rank, handout)
    return tuple(handout for _, (_, handout) in sorted(latest.items()))


def sheet(handout: Handout, printed_at: datetime) -> Sheet:
    """A handout on the one page design, in its own language."""
    return Sheet(
        kind=SheetKind.HANDOUT,
        title=Bilingual(english=handout.title),
        about=f"{handout.name}, {handout.language}",
        language=handout.language,
        printed_at=printed_at,
        parts=parts(handout),
    )


def _sent(vault: OpenVault) -> Iterator[tuple[object, Handout]]:
    """Every handout that was sent and can be read, with its place in the order of the team's record."""
    for operation in vault.operations.of_record(RecordId(identity_of(vault).team)):
        payload = decode_payload(operation.payload)
        for told in payload.writes:
            if isinstance(told, Published) and told.what == HANDOUT:
                name, _, language = told.name.partition(".")
                rank = (payload.at, operation.header.dev, operation.header.dseq)
                try:
                    content = zlib.decompressobj().decompress(payload.attached, MOST_BYTES + 1)
                    yield rank, read(content, name, language)
                except (BadInput, zlib.error):
                    continue  # what another desk sent is not printed unless it is whole
