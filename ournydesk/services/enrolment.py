r"""How a desk joins a team: a request, words compared by voice, an invite. Layer: services.

No server is trusted for any of it. The request and the invite are files; the words make sure that the
keys in the request are those of the laptop whose owner reads them aloud.

::

    request = "ourny-rq\x01" ‖ JSON {v, name, user, device, sign, seal, proof}
    invite  = "ourny-iv\x01" ‖ JSON {v, device, fingerprint, server, authority, entries, operations, expires}
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from ournydesk.clock import Clock
from ournydesk.crypto.envelope import digest
from ournydesk.crypto.fingerprint import DEVICE_WORDS, fingerprint_words
from ournydesk.crypto.grants import SealingKey, check_public
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.signing import Label, SigningKey
from ournydesk.crypto.verification import check_enrolment, check_key, check_statement
from ournydesk.domain import membership
from ournydesk.domain.ids import is_id, new_id
from ournydesk.domain.membership import Role, Scope, Statement, Team, UserId
from ournydesk.domain.operations import DeviceId, RecordId, TeamId
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.domain.team import STAFF, TEAM, EnrolmentCard, Identity, clinic_group
from ournydesk.errors import BadInput, DeskError, Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing, receiving
from ournydesk.services.membership import identity_of, state, take_group_keys, team_of, turn_group

REQUEST: Final = b"ourny-rq\x01"
INVITE: Final = b"ourny-iv\x01"
VERSION: Final = 1
MOST_REQUEST: Final = 16 * 1024
MOST_INVITE: Final = 64 * 1024 * 1024
VALID: Final = timedelta(hours=72)
TYPED: Final = (2, 4)
"""Which of the six words are typed back: the third and the fifth."""
NO_TEAM: Final = TeamId("0" * 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request to join, checked: whoever wrote it holds the private halves of its keys."""

    name: str
    user: UserId
    device: DeviceId
    sign: bytes
    seal: bytes = field(repr=False)

    def card(self, words: WordBook) -> EnrolmentCard:
        """What the manager sees."""
        fingerprint = digest(Label.ENROLMENT.value, self.sign, self.seal)
        return EnrolmentCard(
            name=self.name,
            device=self.device,
            words=fingerprint_words(fingerprint, DEVICE_WORDS, words),
        )


def ask(name: str, *, vault: OpenVault) -> bytes:
    """The request of this desk, with keys made now or those of an earlier request.

    Raises Refused("refused.in_team") for a desk that was admitted already.
    """
    identity = vault.membership.identity()
    if identity is not None and identity.member:
        raise Refused("refused.in_team")
    with vault.together():
        if identity is None:
            vault.keys.keep_device(SigningKey.fresh(), SealingKey.fresh())
            user, device = UserId(new_id()), DeviceId(new_id())
            identity = Identity(team=NO_TEAM, user=user, device=device, name=name)
        identity = replace(identity, name=name)
        vault.membership.adopt(identity)
    sign, seal = vault.keys.signing(), vault.keys.sealing().public()
    public = sign.public().encoded
    proof = sign.sign(
        Label.ENROLMENT,
        name.encode("utf-8"),
        identity.user.encode("ascii"),
        identity.device.encode("ascii"),
        public,
        seal,
    )
    fields = {
        "v": VERSION,
        "name": name,
        "user": identity.user,
        "device": identity.device,
        "sign": public.hex(),
        "seal": _text(seal),
        "proof": _text(proof),
    }
    return REQUEST + json.dumps(fields).encode("ascii")


def own_card(vault: OpenVault, words: WordBook) -> EnrolmentCard:
    """This desk's own request as a card: the words its owner reads aloud."""
    identity = vault.membership.identity()
    if identity is None:
        raise Refused("refused.no_team")
    request = Request(
        name=identity.name,
        user=identity.user,
        device=identity.device,
        sign=vault.keys.signing().public().encoded,
        seal=vault.keys.sealing().public(),
    )
    return request.card(words)


def read_request(untrusted: bytes) -> Request:
    """A request, its proof checked. Raises BadInput, or Refused("refused.key")."""
    fields = _fields(untrusted, REQUEST, MOST_REQUEST, ("name", "user", "device", "sign", "seal", "proof"))
    try:
        request = Request(
            name=_name(fields["name"]),
            user=UserId(_id(fields["user"])),
            device=DeviceId(_id(fields["device"])),
            sign=bytes.fromhex(str(fields["sign"])),
            seal=_bytes(fields["seal"]),
        )
        proof = _bytes(fields["proof"])
    except ValueError as error:
        raise _damaged("request") from error
    check_key(request.sign)
    check_public(request.seal)
    check_enrolment(
        request.sign,
        proof,
        request.name.encode("utf-8"),
        request.user.encode("ascii"),
        request.device.encode("ascii"),
        request.sign,
        request.seal,
    )
    return request


def admit(
    request: Request,
    role: Role,
    *,
    manages: bool,
    reads: bool,
    typed: tuple[str, str],
    visits: str = "",
    scope: Scope | None = None,
    words: WordBook,
    vault: OpenVault,
    clock: Clock,
) -> bytes:
    """Sign a desk into the team, after its words were compared; the invite to hand back.

    Raises Refused("refused.words") when what was typed is not what the request's keys say, and what
    the team's rules refuse. Readers are put into the staff and every clinic that is still open; one who
    ``visits`` a clinic, named by its id, into that one only. ``scope`` is an accredited representative's.
    """
    card = request.card(words)
    if tuple(word.strip().casefold() for word in typed) != tuple(card.words[place] for place in TYPED):
        raise Refused("refused.words")
    reader = role is not Role.VOLUNTEER and reads
    with vault.together():
        state(
            vault,
            Statement.USER_ADD,
            membership.user_body(user=request.user, role=role, manages=manages, reads=reader, scope=scope),
        )
        state(
            vault,
            Statement.DEVICE_ADD,
            membership.device_body(
                device=request.device, user=request.user, sign=request.sign, seal=request.seal
            ),
        )
        for group in _groups_of(team_of(vault), reader, visits, vault, clock):
            members = team_of(vault).groups[group].members | {request.device}
            turn_group(vault, group, members)
        publishing.publish_name(request.user, request.name, vault=vault, clock=clock)
    return invite(request.device, vault=vault, clock=clock)


def invite(device: DeviceId, *, vault: OpenVault, clock: Clock) -> bytes:
    """What an admitted desk needs to begin without any network.

    The team's log and its fingerprint, where the server is, and what was published so far: forms,
    blanks, names and clinics, sealed as they are.
    """
    identity = identity_of(vault)
    fields = {
        "v": VERSION,
        "device": device,
        "fingerprint": identity.fingerprint,
        "server": identity.server,
        "authority": _text(identity.authority),
        "entries": [_text(entry) for entry in vault.membership.entries()],
        "operations": [
            _text(operation.envelope)
            for operation in vault.operations.of_record(RecordId(identity.team))
            if operation.envelope
        ],
        "expires": (clock.now() + VALID).isoformat(),
    }
    return INVITE + json.dumps(fields).encode("ascii")


def join(untrusted: bytes, *, vault: OpenVault, clock: Clock) -> Identity:
    """Take an invite: check the team's whole log and that this very desk is in it, and pin the team.

    Raises BadInput for a file that is no invite, is late, or is somebody else's.
    """
    asked = vault.membership.identity()
    if asked is None or asked.member:
        raise Refused("refused.in_team" if asked else "refused.no_request")
    fields = _invited(untrusted)
    log, published = brought(untrusted)
    try:
        authority, expires = _bytes(fields["authority"]), datetime.fromisoformat(str(fields["expires"]))
        late = clock.now() > expires
    except (ValueError, TypeError) as error:
        raise _damaged("invite") from error
    if fields["device"] != asked.device:
        raise BadInput("This invite is for another desk. Ask for the file that was written for this one.")
    if late:
        raise BadInput(
            "This invite is older than three days. Ask the coordinator for a new one, or check this laptop's "
            "date."
        )
    team = _checked(log, str(fields["fingerprint"]), asked, vault)
    identity = replace(
        asked,
        team=team.id,
        fingerprint=team.fingerprint,
        server=str(fields["server"]),
        authority=authority,
    )
    with vault.together():
        vault.membership.adopt(identity)
        vault.membership.extend(log)
        take_group_keys(vault, team)
        receiving.take(published, carried=True, vault=vault, clock=clock)
    return identity


def brought(untrusted: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The team's log and the operations an invite carries, nothing of them believed yet. Raises BadInput."""
    fields = _invited(untrusted)
    entries, operations = fields["entries"], fields["operations"]
    try:
        if not isinstance(entries, list) or not isinstance(operations, list):
            raise _damaged("invite")
        return tuple(_bytes(entry) for entry in entries), tuple(_bytes(one) for one in operations)
    except ValueError as error:
        raise _damaged("invite") from error


def _invited(untrusted: bytes) -> Mapping[str, object]:
    names = ("device", "fingerprint", "server", "authority", "entries", "operations", "expires")
    return _fields(untrusted, INVITE, MOST_INVITE, names)


def _checked(log: tuple[bytes, ...], fingerprint: str, asked: Identity, vault: OpenVault) -> Team:
    try:
        team = membership.replay(log, verify=check_statement, check_key=check_key)
    except DeskError as error:
        raise _damaged("invite") from error
    device = team.devices.get(asked.device)
    ours = (vault.keys.signing().public().encoded, vault.keys.sealing().public())
    if team.fingerprint != fingerprint or device is None or (device.sign, device.seal) != ours:
        raise _damaged("invite")
    return team


def _groups_of(team: Team, reader: bool, visits: str, vault: OpenVault, clock: Clock) -> tuple[str, ...]:
    groups = [TEAM]
    if visits:
        ahead = {clinic.id for clinic in publishing.clinics(vault) if clinic.closes > clock.now()}
        if not reader or visits not in ahead or clinic_group(visits) not in team.groups:
            raise Refused("refused.visit")
        groups.append(clinic_group(visits))
    elif reader:
        groups += [STAFF] if STAFF in team.groups else []
        groups += [
            clinic_group(clinic.id)
            for clinic in publishing.clinics(vault)
            if clinic.closes > clock.now() and clinic_group(clinic.id) in team.groups
        ]
    return tuple(groups)


def _fields(untrusted: bytes, magic: bytes, most: int, names: tuple[str, ...]) -> Mapping[str, object]:
    what = "request" if magic == REQUEST else "invite"
    if not untrusted.startswith(magic):
        raise BadInput(f"This file is not {'an invite' if what == 'invite' else 'a request'} to join a team.")
    try:
        fields = loads(untrusted[len(magic) :], most_bytes=most, deepest=3)
    except NotStrictJson as error:
        raise _damaged(what) from error
    if not isinstance(fields, dict) or set(fields) != {"v", *names} or fields["v"] != VERSION:
        raise _damaged(what)
    return fields


def _damaged(what: str) -> BadInput:
    return BadInput(f"This {what} is damaged or was changed on the way. Write it again on the other desk.")


def _id(found: object) -> str:
    if not isinstance(found, str) or not is_id(found):
        raise ValueError("id")
    return found


def _name(found: object) -> str:
    if not isinstance(found, str) or not 0 < len(found) <= 120 or not found.isprintable():
        raise ValueError("name")
    return found


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii")


def _bytes(found: object) -> bytes:
    try:
        if not isinstance(found, str):
            raise TypeError("bytes")
        return base64.b64decode(found, altchars=b"-_", validate=True)
    except (TypeError, binascii.Error) as error:
        raise ValueError("bytes") from error
