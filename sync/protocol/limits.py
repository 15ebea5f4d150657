"""How much is said at once. Layer: protocol; both ends keep to it, the server enforces it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

API: Final = 1
MOST_PUSH_OPS: Final = 200
MOST_PUSH_BYTES: Final = 4 * 1024 * 1024
"""Bytes of envelopes in one push; one envelope alone may be as long as an envelope can be."""
MOST_PAGE: Final = 500
MOST_PAGE_BYTES: Final = 4 * 1024 * 1024
"""A page ends before it grows past this, but holds at least one entry."""
MOST_MEMBERS: Final = 200
MOST_MEMBERS_BYTES: Final = 4 * 1024 * 1024
"""Entries of the membership log in one answer end before this, but there is at least one."""
MOST_BODY: Final = 12 * 1024 * 1024
"""Bytes of any request or answer, headers aside."""
MOST_LOGIN_BODY: Final = 4 * 1024
"""Bytes of a request from somebody who has not proved anything yet."""
PART_BYTES: Final = 1024 * 1024
MOST_PARTS: Final = 26
TOKEN_LIFE: Final = timedelta(minutes=15)
CHALLENGE_LIFE: Final = timedelta(minutes=2)
NONCE_BYTES: Final = 32
