"""One request over HTTPS, and nothing taken for granted about who answers. Layer: sync.client.

Certificates are always checked, redirects never followed, the environment's proxies and bundles not
believed, answers capped. Whatever is not our own server's message is *away*, not an answer.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from ournydesk.errors import Unreachable
from sync.protocol.faults import STATUS
from sync.protocol.limits import MOST_BODY

CONNECT_S: Final = 5.0
READ_S: Final = 30.0
BODY_S: Final = 600.0
"""All of an answer has come by then, or it is cut: a byte now and then would hold a round for days."""
LONGEST_WAIT: Final = 6
"""Digits of ``Retry-After``, which is whatever the other end wrote."""
CHUNK: Final = 64 * 1024
USUAL_PORTS: Final = {"https": 443, "http": 80}
JSON: Final = "application/json"
OCTETS: Final = "application/octet-stream"
PUT: Final = "PUT"


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

    def __init__(
        self, address: str, authority: Path | None, *, named: str = "", body_s: float = BODY_S
    ) -> None:
        self._body_s = body_s
        self._base = address.rstrip("/")
        self._session = requests.Session()
        if named:
            self._session.mount("https://", _Named(named))
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
        if method == PUT:
            headers |= {"Content-Type": OCTETS, "X-Sha256": hashlib.sha256(body).hexdigest()}
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
                content = b"".join(_capped(response, time.monotonic() + self._body_s))
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


class _Named(HTTPAdapter):
    """Checks the certificate for a name that is not in the address."""

    def __init__(self, name: str) -> None:
        self._name = name
        super().__init__()

    def init_poolmanager(self, *given: Any, **more: Any) -> None:
        """Connections whose other end has to prove that name."""
        super().init_poolmanager(*given, assert_hostname=self._name, server_hostname=self._name, **more)


@contextmanager
def connected(address: str, authority: bytes, named: str = "") -> Iterator[HttpsTransport]:
    """A transport that trusts only ``authority`` (PEM) where one is given, the public ones otherwise.

    ``named``: whom the certificate has to stand for, where that is not who the address names.
    """
    if not authority:
        transport = HttpsTransport(address, None, named=named)
        try:
            yield transport
        finally:
            transport.close()
        return
    with tempfile.TemporaryDirectory(prefix="ourny-") as folder:
        # requests wants a file; a certificate authority is no secret.
        path = Path(folder) / "authority.pem"
        path.write_bytes(authority)
        transport = HttpsTransport(address, path, named=named)
        try:
            yield transport
        finally:
            transport.close()


def _capped(response: requests.Response, until: float) -> Iterator[bytes]:
    """What comes, as it comes: neither more than an answer can be nor later than it may be."""
    taken = 0
    coded = response.headers.get("Content-Encoding", "identity")
    if coded != "identity":  # nothing else was asked for; unpacked it could be of any size
        raise Unreachable(why="not_ours")
    try:
        while chunk := response.raw.read1(CHUNK):
            taken += len(chunk)
            if taken > MOST_BODY:
                raise Unreachable(why="not_ours")
            if time.monotonic() > until:
                raise Unreachable(why="slow")
            yield chunk
    except ReadTimeoutError as error:
        raise Unreachable(why="slow") from error
    except HTTPError as error:
        raise Unreachable(why="cut") from error


def _ours(status: int, headers: Mapping[str, str], content: bytes) -> Answer:
    """An answer of our own server: JSON of a status we use, a part of a document, or an empty 201."""
    kind = headers.get("Content-Type", "").split(";")[0].strip()
    known = status in (200, 201) or status in STATUS.values()
    if not known or (content and kind not in {JSON, OCTETS}):
        raise Unreachable(why="not_ours", status=status)
    waited = headers.get("Retry-After", "0")
    number = waited.isdecimal() and len(waited) <= LONGEST_WAIT
    return Answer(status=status, body=content, retry_after_s=int(waited) if number else 0)
