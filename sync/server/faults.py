"""Why a request is not served: a code, no sentence, no id. Layer: sync.server."""

from __future__ import annotations

from ournydesk.domain.operations import Head
from sync.protocol.faults import STATUS


class NotServed(Exception):
    """Ends a request. Not entitled and not existing are the same 404."""

    def __init__(self, code: str, head: Head | None = None) -> None:
        super().__init__(code)
        self.status = STATUS[code]
        self.code = code
        self.head = head
