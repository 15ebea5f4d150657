"""One request over HTTPS, and nothing taken for granted about who answers. Layer: sync.client.

Certificates are always checked, redirects never followed, the environment's proxies and bundles not
believed, answers capped. Whatever is not our own server's message is *away*, not an answer.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import requests

from ournydesk.errors import Unreachable
from sync.protocol.faults import STATUS
from sync.protocol.limits import MOST_BODY

CONNECT_S: Final = 5.0
READ_S: Final = 30.0
CHUNK: Final = 64 * 1024
USUAL_PORTS: Final = {"https": 443, "http": 80}
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: a status, and a body of ours."""

    status: int
    body: bytes = field(repr=False)
    retry_after_s: int = 0


class Transport(Protocol):
    """The seam between the engine and the wire; tests put a lossy one here."""

    @property
    def host(self) -> str:
        """Host and port as the other end sees them in the request; part of what a login signs."""
        ...

    def send(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        """One request. Raises Unreachable with ``why``: refused, tls, slow, cut, not_ours."""
        ...


class HttpsTransport:
    """``Transport`` on a server's address. Close it when the round is over."""

    def __init__(self, address: str, authority: Path | None) -> None:
        self._base = address.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(authority) if authority is not None else True

    @property
    def host(self) -> str:
        """Host and port as the request names them: lowercase, without the port that goes without saying."""
        parts = urlsplit(self._base)
        name = parts.hostname or ""
        name = f"[{name}]" if ":" in name else name
        return name if parts.port in (None, USUAL_PORTS.get(parts.scheme)) else f"{name}:{parts.port}"

    def send(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        """One request."""
        headers = {"Accept-Encoding": "identity", "Content-Type": JSON, "User-Agent": "ournydesk"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            with self._session.request(
                method,
                self._base + path,
                data=body,
                headers=headers,
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = b"".join(_capped(response.iter_content(CHUNK)))
                return _ours(response.status_code, response.headers, content)
        except requests.exceptions.SSLError as error:
            raise Unreachable(why="tls") from error
        except requests.exceptions.Timeout as error:
            raise Unreachable(why="slow") from error
        except requests.exceptions.RequestException as error:
            raise Unreachable(why="refused") from error

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()


@contextmanager
def connected(address: str, authority: bytes) -> Iterator[HttpsTransport]:
    """A transport that trusts only ``authority`` (PEM) where one is given, the public ones otherwise."""
    if not authority:
        transport = HttpsTransport(address, None)
        try:
            yield transport
        finally:
            transport.close()
        return
    with tempfile.TemporaryDirectory(prefix="ourny-") as folder:
        # requests wants a file; a certificate authority is no secret.
        path = Path(folder) / "authority.pem"
        path.write_bytes(authority)
        transport = HttpsTransport(address, path)
        try:
            yield transport
        finally:
            transport.close()


def _capped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        if taken > MOST_BODY:
            raise Unreachable(why="not_ours")
        yield chunk


def _ours(status: int, headers: Mapping[str, str], content: bytes) -> Answer:
    """An answer of our own server: JSON of a status we use, or an empty 201."""
    kind = headers.get("Content-Type", "").split(";")[0].strip()
    known = status in (200, 201) or status in STATUS.values()
    if not known or (content and kind != JSON):
        raise Unreachable(why="not_ours", status=status)
    waited = headers.get("Retry-After", "0")
    return Answer(status=status, body=content, retry_after_s=int(waited) if waited.isdigit() else 0)
