"""The team's log as a hash chain both ends compute. Layer: protocol.

H_0 = SHA-256(team fingerprint), H_n = SHA-256(H_{n-1} ‖ n as 8 bytes, big-endian ‖ op_id), all over raw
bytes. Whoever holds H_n holds everyone to the same first n operations (PROTOCOL.md, "The chain").
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ournydesk.domain.operations import Head, OpId
from ournydesk.errors import ProtocolFault


def start(fingerprint: str) -> Head:
    """The chain of a team before its first operation."""
    return Head(0, hashlib.sha256(bytes.fromhex(fingerprint)).hexdigest())


def step(head: Head, op_id: OpId) -> Head:
    """The chain with one more operation."""
    n = head.at + 1
    link = bytes.fromhex(head.hash) + n.to_bytes(8, "big") + bytes.fromhex(op_id)
    return Head(n, hashlib.sha256(link).hexdigest())


def follow(head: Head, entries: Iterable[tuple[int, OpId]]) -> Head:
    """The chain after numbered entries. Raises ProtocolFault("wire.fault.chain") at a gap or a repeat."""
    for n, op_id in entries:
        if n != head.at + 1:
            raise ProtocolFault("wire.fault.chain", why="gap", expected=head.at + 1, found=n)
        head = step(head, op_id)
    return head
