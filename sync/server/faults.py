"""Why a request is not served: an HTTP status and a code, no sentence, no id. Layer: sync.server."""

from __future__ import annotations


class NotServed(Exception):
    """Ends a request. Not entitled and not existing are the same 404."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
