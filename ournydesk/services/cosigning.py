r"""Statements that need two people: signed by one, carried, read by the other, signed. Layer: services.

Who manages people, the recovery key, and a policy that becomes looser are nobody's alone. The file that
travels between the two desks is believed for its signatures only:

::

    file = "ourny-cs\x01" ‖ JSON {v, entries, proposed}

``entries`` is the team's log as its writer had it, ``proposed`` one further entry with one signature, or
with two on its way home. It counts only when the desk that began it takes it back: until then that desk can
have said something else in the same place, and two logs of one team could never be brought together.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ournydesk.crypto.grants import check_public
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.recovery import name_of
from ournydesk.crypto.signing import Label
from ournydesk.crypto.verification import check_key, check_statement
from ournydesk.domain import membership
from ournydesk.domain.cosigning import Asked, Change, What, changes
from ournydesk.domain.membership import Entry, Statement, Team, UserId, decode_entry
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.errors import BadInput, DeskError, ProtocolFault, Refused
from ournydesk.ports import OpenVault
from ournydesk.services import publishing
from ournydesk.services.membership import extend, identity_of, revocation, state, team_of

MAGIC: Final = b"ourny-cs\x01"
VERSION: Final = 1
MOST_FILE: Final = 64 * 1024 * 1024
NEEDS_TWO: Final = "two_signatures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A statement with one good signature, which this desk may add the second to."""

    entry: Entry = field(repr=False)
    by: DeviceId
    changes: tuple[Change, ...]

    def asked(self, vault: OpenVault, words: WordBook) -> Asked:
        """The same with names, for the person who is asked."""
        names = dict(publishing.names(vault))
        signer = team_of(vault).devices[self.by].user
        kits = [name_of(bytes.fromhex(one.after), words) for one in self.changes if one.what is What.KIT]
        return Asked(by=names.get(signer, ""), changes=self.changes, names=names, kit=kits[0] if kits else ())


def state_or_propose(kind: Statement, body: Mapping[str, object], *, vault: OpenVault) -> bytes | None:
    """Say it at once where one signature is enough; otherwise the file for the second person.

    Raises what the team's rules refuse for any other reason.
    """
    try:
        state(vault, kind, body)
    except Refused as error:
        if error.facts.get("why") != NEEDS_TWO:
            raise
        return _proposed(kind, body, vault=vault)
    return None


def let_manage(user: UserId, *, may: bool, vault: OpenVault) -> bytes | None:
    """Give or take the right to let people in and shut them out; the file where two have to sign.

    Raises Refused("refused.member") for a volunteer, somebody unknown, or the last who may.
    """
    member = team_of(vault).members.get(user)
    if member is None:
        raise Refused("refused.member", why="unknown")
    body = membership.user_body(
        user=user, role=member.role, manages=may, reads=member.reads, scope=member.scope
    )
    return state_or_propose(Statement.USER_ROLE, body, vault=vault)


def shut_out(device: DeviceId, *, vault: OpenVault) -> bytes | None:
    """Shut out a desk of somebody who manages; the file where two have to sign.

    Raises Refused("refused.group") where this desk does not hold a key that has to turn.
    """
    return state_or_propose(Statement.DEVICE_REVOKE, revocation(device, vault=vault), vault=vault)


def read(untrusted: bytes, *, vault: OpenVault) -> Proposal | None:
    """A statement file on the other desk; None when it came home with two signatures and holds from now on.

    The entries it brings are verified and kept. Raises BadInput with a sentence for a file that is none, is
    of another team, was overtaken, or is one's own.
    """
    entries, proposed = split(untrusted)
    if decode_entry(entries[0]).hash != identity_of(vault).fingerprint:
        raise BadInput("This file is of another team: nothing was taken from it.")
    team = extend(vault, entries)
    if proposed.encoded() in vault.membership.entries():
        return None
    if len(proposed.signatures) == 1:
        return _checked(proposed, team, vault)
    if proposed.signatures[0][0] != identity_of(vault).device:
        raise BadInput("This file has both signatures: give it back to the person who signed first.")
    _tried(proposed, team, check_statement)
    extend(vault, [proposed.encoded()])
    return None


def sign(proposal: Proposal, *, vault: OpenVault) -> bytes:
    """Add this desk's signature. The file for the first desk, where it counts once it was read."""
    statement = proposal.entry.statement
    own = (identity_of(vault).device, vault.keys.signing().sign(Label.MEMBERSHIP, statement))
    twice = Entry(statement=statement, signatures=(*proposal.entry.signatures, own))
    return _file(vault.membership.entries(), twice)


def _proposed(kind: Statement, body: Mapping[str, object], *, vault: OpenVault) -> bytes:
    team, device = team_of(vault), identity_of(vault).device
    statement = membership.encode_statement(team.id, team.head.at + 1, team.head.hash, kind, body)
    signature = vault.keys.signing().sign(Label.MEMBERSHIP, statement)
    entry = Entry(statement=statement, signatures=((device, signature),))
    return _file(vault.membership.entries(), entry)


def _checked(entry: Entry, team: Team, vault: OpenVault) -> Proposal:
    """Tried out with a second signature that is not made yet: what it would come to, or why it cannot be."""
    own = identity_of(vault).device
    first = entry.signatures[0][0]
    ours, theirs = team.member_of(own), team.member_of(first)
    if ours is None or not ours.manages:
        raise BadInput("Only a person who manages people can sign this.")
    if theirs is not None and theirs.id == ours.id:
        raise BadInput("You have signed this yourself: give the file to another person who manages people.")

    def verify(public: bytes, signature: bytes, statement: bytes) -> None:
        if public != team.devices[own].sign:
            check_statement(public, signature, statement)

    twice = Entry(statement=entry.statement, signatures=(*entry.signatures, (own, bytes(64))))
    found = changes(team, _tried(twice, team, verify))
    for change in found:
        if change.what is What.KIT:
            _check_kit(bytes.fromhex(change.after))
    return Proposal(entry=entry, by=first, changes=found)


def _check_kit(public: bytes) -> None:
    """A key that nothing can be sealed to would keep every group from ever turning its own again."""
    try:
        check_public(public)
    except Refused as error:
        raise BadInput("The recovery kit in this file cannot be used: it must not be signed.") from error


def _tried(entry: Entry, team: Team, verify: membership.Verify) -> Team:
    """The team after an entry, or the sentence why it cannot be."""
    try:
        return membership.apply(team, entry, verify=verify, check_key=check_key)
    except ProtocolFault as error:
        if error.facts.get("why") == "chain":
            raise BadInput(
                "The team has changed since this was written: ask for the file to be written again."
            ) from error
        raise _damaged() from error
    except DeskError as error:
        raise BadInput("The team's rules do not allow what this file says: it cannot be signed.") from error


def _file(entries: tuple[bytes, ...], proposed: Entry) -> bytes:
    texts = [_text(entry) for entry in entries]
    fields = {"v": VERSION, "entries": texts, "proposed": _text(proposed.encoded())}
    return MAGIC + json.dumps(fields, separators=(",", ":")).encode("ascii")


def split(untrusted: bytes) -> tuple[list[bytes], Entry]:
    """The log a file brings and the entry it is about, nothing of them believed yet. Raises BadInput."""
    if not untrusted.startswith(MAGIC):
        raise BadInput("This is no file that waits for a signature.")
    try:
        fields = loads(untrusted[len(MAGIC) :], most_bytes=MOST_FILE, deepest=2)
        if not isinstance(fields, dict) or set(fields) != {"v", "entries", "proposed"}:
            raise _damaged()
        if fields["v"] != VERSION:
            raise BadInput("This file was made by a newer OurNY Desk: update this one.")
        listed = fields["entries"]
        if not isinstance(listed, list) or not listed:
            raise _damaged()
        entries, proposed = [_bytes(one) for one in listed], _bytes(fields["proposed"])
        # Read once here, so that a torn file is one sentence and not an alarm.
        for entry in entries:
            decode_entry(entry)
        return entries, decode_entry(proposed)
    except (NotStrictJson, ValueError, ProtocolFault) as error:
        raise _damaged() from error


def _damaged() -> BadInput:
    return BadInput("This file is damaged or was changed on the way: ask for it to be written again.")


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(found: object) -> bytes:
    if not isinstance(found, str):
        raise _damaged()
    try:
        return base64.b64decode(found, validate=True)
    except binascii.Error as error:
        raise _damaged() from error
