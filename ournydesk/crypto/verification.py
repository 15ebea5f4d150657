"""Checking what others signed, without being able to open any of it. Layer: crypto; no cipher here.

The server imports this module and nothing else of the room that knows a key.
"""

from __future__ import annotations

import hashlib

from ournydesk.crypto.signing import Label, VerifyKey
from ournydesk.domain.operations import Envelope, Header, decode_header
from ournydesk.errors import Tampered


def check_operation(envelope: Envelope, key: VerifyKey) -> Header:
    """An operation's header, once its signature and the hash of its grants hold.

    Raises ProtocolFault("wire.fault.envelope") for a header out of shape and
    Tampered("vault.seal.signature") for any other byte than was signed.
    """
    header = decode_header(envelope.header)
    if hashlib.sha256(envelope.grants).hexdigest() != header.grants:
        raise Tampered("vault.seal.signature", what="grants")
    key.verify(Label.OPERATION, envelope.sig, envelope.header, envelope.ct)
    return header


def check_statement(public: bytes, signature: bytes, statement: bytes) -> None:
    """Raise Tampered unless a statement of the team's log was signed by this key."""
    VerifyKey.decode(public).verify(Label.MEMBERSHIP, signature, statement)


def check_key(public: bytes) -> None:
    """Raise Refused("refused.key") for a public key nobody may enrol with."""
    VerifyKey.decode(public)


def check_login(public: bytes, signature: bytes, *parts: bytes) -> None:
    """Raise Tampered unless these parts of a login were signed by this key."""
    VerifyKey.decode(public).verify(Label.AUTHENTICATION, signature, *parts)


def check_enrolment(public: bytes, signature: bytes, *parts: bytes) -> None:
    """Raise Tampered unless a request to join was signed by the key it brings."""
    VerifyKey.decode(public).verify(Label.ENROLMENT, signature, *parts)
