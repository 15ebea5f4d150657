"""Documents in parts, there and back. Layer: sync.client.

What was said goes first; a large photograph never holds back an answer. A part is there whole or not at
all, so a round that is cut anywhere goes on with the next part. Nothing here names a part: both ends hold
the bytes against hashes, the desk against those inside the record's seal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ournydesk.domain.attachments import BlobId
from sync.client.replica import Replica
from sync.client.transport import Answer, Transport
from sync.protocol import paths
from sync.protocol.messages import PartsHeld

GET: Final = "GET"
PUT: Final = "PUT"
THERE: Final = frozenset((200, 201))
Held = Callable[[str], PartsHeld]
"""Asks which parts of a document are there, by its address."""
Refuse = Callable[[Answer], Exception]
"""What to raise for an answer with a code."""


class PartsCarrier:
    """Carries parts in one round, with the round's token."""

    def __init__(
        self, replica: Replica, transport: Transport, token: str, held: Held, refuse: Refuse
    ) -> None:
        self._replica, self._transport, self._token = replica, transport, token
        self._held, self._refuse = held, refuse

    def send(self, *, numbered: bool) -> None:
        """Everything that is here and not there. Only what a numbering server has counts as sent."""
        for blob, parts in self._replica.parts_to_send():
            there = set(self._held(_address(blob)).have)
            if numbered and there:
                self._replica.parts_sent(blob, sorted(there))
            for part in parts:
                content = self._replica.part(blob, part) if part not in there else b""
                if not content:
                    continue
                answer = self._transport.send(PUT, f"{_address(blob)}/{part}", content, self._token)
                if answer.status not in THERE:
                    raise self._refuse(answer)
                if numbered:
                    self._replica.parts_sent(blob, (part,))

    def fetch(self, *, numbered: bool) -> int:
        """What is there and not here; how many parts came."""
        came = 0
        for blob, parts in self._replica.parts_to_fetch():
            there = set(self._held(_address(blob)).have)
            if numbered and there:
                self._replica.parts_sent(blob, sorted(there))
            for part in parts:
                if part not in there:
                    continue
                answer = self._transport.send(GET, f"{_address(blob)}/{part}", b"", self._token)
                if answer.status not in THERE:
                    raise self._refuse(answer)
                self._replica.take_part(blob, part, answer.body)
                came += 1
        return came


def _address(blob: BlobId) -> str:
    return f"{paths.BLOBS}/{blob}"
