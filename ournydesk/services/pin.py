"""Six digits for short breaks: they bring the hidden screen back while the vault stays open. Layer: services.

They protect from the next pair of hands, not from whoever takes the laptop: only the lock does that. What
is kept is derived as a passphrase is, so that who may open the vault later does not read digits that
somebody uses elsewhere too.
"""

from __future__ import annotations

import hmac
import secrets
from itertools import pairwise
from typing import Final

from ournydesk.crypto.kdf import POLICY, Cost, Policy, derive
from ournydesk.crypto.keys import SALT_BYTES
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault

DIGITS: Final = 6
TRIES: Final = 3
"""After so many wrong ones the seat locks."""
KEPT: Final = "pin"


def chosen(vault: OpenVault) -> bool:
    """Whether this vault's person has chosen six digits."""
    return bool(vault.preferences.get(KEPT))


def choose(pin: str, *, vault: OpenVault, cost: Cost = POLICY.floor, policy: Policy = POLICY) -> None:
    """Keep six digits. Takes one key derivation, a quarter of a second.

    Raises Refused("refused.pin") with ``why``: ``digits`` for anything but six of them, ``easy`` for rows
    and repetitions, which are what a stranger types first.
    """
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise Refused("refused.pin", why="digits")
    if _easy(pin):
        raise Refused("refused.pin", why="easy")
    salt = secrets.token_bytes(SALT_BYTES)
    vault.preferences.set(KEPT, f"{salt.hex()} {_derived(pin, salt, cost, policy).hex()}")


def fits(pin: str, *, vault: OpenVault, cost: Cost = POLICY.floor, policy: Policy = POLICY) -> bool:
    """Whether these are the six digits. Takes as long as choosing them."""
    salt, _, kept = vault.preferences.get(KEPT).partition(" ")
    if not kept:
        return False
    return hmac.compare_digest(_derived(pin, bytes.fromhex(salt), cost, policy), bytes.fromhex(kept))


def _derived(pin: str, salt: bytes, cost: Cost, policy: Policy) -> bytes:
    key = derive(pin.encode("utf-8"), salt, cost, policy)
    try:
        return bytes(key.reveal())
    finally:
        key.forget()


def _easy(pin: str) -> bool:
    """A row up or down, also over the nine, or one, two or three digits again and again."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9}) or any(pin == pin[:length] * (DIGITS // length) for length in (1, 2, 3))
