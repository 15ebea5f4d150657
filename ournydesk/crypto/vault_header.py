"""The header of a vault: who it is, what a guess costs, and the sealed master key. Layer: crypto.

Bytes in, bytes out: ``ournydesk.store`` reads and writes the file. FORMAT.md §6 is the binding text.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from dataclasses import dataclass, replace
from typing import Final, Self

from ournydesk.crypto.envelope import OVERHEAD, digest, seal, unseal
from ournydesk.crypto.kdf import POLICY, Cost, Policy, derive
from ournydesk.crypto.keys import SALT_BYTES, MasterKey
from ournydesk.crypto.passphrase import canonical
from ournydesk.domain.ids import VaultId, is_id
from ournydesk.domain.strict_json import NotStrictJson, loads
from ournydesk.domain.vault import VaultCard
from ournydesk.errors import Refused, StoreBroken, Tampered, WrongPassphrase

VERSION: Final = 1
LABEL: Final = b"ourny/vault/v1\0"
SUM_LABEL: Final = b"ourny/vault-sum/v1\0"
ARGON2ID: Final = "argon2id"
MOST_BYTES: Final = 16 * 1024
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class SealedVault:
    """What ``vault.json`` holds: the exact header bytes and the master key sealed to them."""

    header: bytes
    sealed: bytes
    card: VaultCard
    cost: Cost
    salt: bytes

    @classmethod
    def seal(
        cls, card: VaultCard, passphrase: str, master: MasterKey, cost: Cost, policy: Policy = POLICY
    ) -> Self:
        """A new header with a fresh salt, and the master key sealed under the passphrase."""
        if not _shown_safely(card):
            raise Refused("refused.vault_name", longest=LONGEST_NAME)
        salt = secrets.token_bytes(SALT_BYTES)
        header = json.dumps(
            {
                "v": VERSION,
                "id": card.id,
                "name": card.name,
                "note": card.note,
                "kdf": {
                    "name": ARGON2ID,
                    "memory_cost": cost.memory,
                    "iterations": cost.iterations,
                    "lanes": cost.lanes,
                },
                "salt": salt.hex(),
            }
        ).encode("ascii")
        key = derive(canonical(passphrase), salt, cost, policy)
        try:
            sealed = seal(key, digest(LABEL, header), master.reveal())
        finally:
            key.forget()
        return cls(header=header, sealed=sealed, card=card, cost=cost, salt=salt)

    def open(self, passphrase: str, policy: Policy = POLICY) -> MasterKey:
        """The master key. Takes one key derivation, about a second.

        Raises Tampered before deriving when the header's cost is outside the policy, and
        WrongPassphrase when the words, or a header edited together with its check sum, do not fit.
        """
        policy.check(self.cost)
        try:
            words = canonical(passphrase)
        except Refused as error:
            raise WrongPassphrase from error
        key = derive(words, self.salt, self.cost, policy)
        try:
            return MasterKey(unseal(key, digest(LABEL, self.header), self.sealed))
        except Tampered as error:
            raise WrongPassphrase from error
        finally:
            key.forget()

    def to_bytes(self) -> bytes:
        """The file: one JSON object of four members, the last of them the sum of the others."""
        header, sealed = self.header.decode("ascii"), base64.b64encode(self.sealed).decode("ascii")
        total = _sum(VERSION, self.header, self.sealed)
        members = {"v": VERSION, "header": header, "sealed": sealed, "sum": total}
        return json.dumps(members, indent=1).encode("ascii") + b"\n"

    @classmethod
    def from_bytes(cls, untrusted: bytes) -> Self:
        """Read the file and believe nothing that the check sum does not cover.

        Raises StoreBroken("store.header") for damage, Refused("refused.newer") for a later version,
        Tampered for a whole header that no version of the desk writes.
        """
        try:
            # The header stands inside as a string; the depth check counts its brackets too.
            members = _object(loads(untrusted, most_bytes=MOST_BYTES, deepest=4))
            version = _integer(members, "v")
            header = _text(members, "header").encode("utf-8")
            sealed = _base64(_text(members, "sealed"))
            if not hmac.compare_digest(
                _text(members, "sum").encode(), _sum(version, header, sealed).encode()
            ):
                raise _Unreadable("sum")
            # Only now: every version keeps these four members, so a flipped bit is never "newer".
            if version > VERSION:
                raise Refused("refused.newer", what="vault", version=version)
            if version != VERSION:
                raise _Unreadable("v")
            if len(sealed) != OVERHEAD + MasterKey.length:
                raise _Unreadable("sealed")
        except (NotStrictJson, _Unreadable) as error:
            raise StoreBroken("store.header", why=str(error)) from error
        return replace(cls._from_header(header), sealed=sealed)

    @classmethod
    def _from_header(cls, header: bytes) -> Self:
        try:
            fields = _object(loads(header, most_bytes=MOST_BYTES, deepest=3))
            kdf = _object(fields.get("kdf"))
            version, name = _integer(fields, "v"), _text(kdf, "name")
            if version > VERSION or name != ARGON2ID:
                raise Refused("refused.newer", what="vault", version=version, kdf=name[:20])
            vault, salt = _text(fields, "id"), bytes.fromhex(_text(fields, "salt"))
            if version != VERSION or not is_id(vault) or len(salt) != SALT_BYTES:
                raise _Unreadable("field")
            card = VaultCard(id=VaultId(vault), name=_text(fields, "name"), note=_text(fields, "note"))
            if not _shown_safely(card):
                raise _Unreadable("name")
            return cls(
                header=header,
                sealed=b"",
                card=card,
                cost=Cost(
                    memory=_integer(kdf, "memory_cost"),
                    iterations=_integer(kdf, "iterations"),
                    lanes=_integer(kdf, "lanes"),
                ),
                salt=salt,
            )
        except (NotStrictJson, ValueError) as error:
            raise Tampered("vault.header", why=str(error)) from error


class _Unreadable(ValueError):
    """A member is missing or of another type."""


def _sum(version: int, header: bytes, sealed: bytes) -> str:
    """SHA-256 of what the file holds: tells damage from a wrong passphrase, proves nothing."""
    return digest(SUM_LABEL, str(version).encode("ascii"), header, sealed).hex()


def _base64(text: str) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except ValueError as error:  # also for letters outside ASCII, which are no binascii.Error
        raise _Unreadable("sealed") from error
    if base64.b64encode(decoded).decode("ascii") != text:
        raise _Unreadable("sealed")
    return decoded


def _shown_safely(card: VaultCard) -> bool:
    """Whether a name can stand on the unlock screen: short, visible, nothing that reorders text."""
    texts = (card.name, card.note)
    return bool(card.name.strip()) and all(len(text) <= LONGEST_NAME and text.isprintable() for text in texts)


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _Unreadable("object")
    return value


def _text(members: dict[str, object], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str):
        raise _Unreadable(name)
    return value


def _integer(members: dict[str, object], name: str) -> int:
    value = members.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Unreadable(name)
    return value
