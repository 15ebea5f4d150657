"""Names for things that must not be mixed up. Layer: domain, standard library only.

Every id is 16 random bytes as 32 lowercase hexadecimal digits: nothing about a person, a place
or a time can be read from one (no UUID v1 or v7).
"""

from __future__ import annotations

import re
import secrets
from typing import Final, NewType

VaultId = NewType("VaultId", str)
IntakeId = NewType("IntakeId", str)
RowId = NewType("RowId", str)
Path = NewType("Path", str)
"""A question's stable address in one intake: ``/data/trips[4f…]/left``, row ids in brackets."""

ID_PATTERN: Final = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """Sixteen fresh random bytes in hex."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether the text has the shape of an id."""
    return ID_PATTERN.fullmatch(text) is not None
