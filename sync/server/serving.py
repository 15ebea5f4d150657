"""An application under uvicorn: for good, or on a thread. Layer: sync.server."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from sync.server.workers import until_parent_is_gone

KEEP_ALIVE_S: Final = 30
MOST_HEADER_BYTES: Final = 16 * 1024
STARTED_WITHIN_S: Final = 30


class Hurried(H11Protocol):
    """Closes a connection on which the headers of a request do not arrive in time.

    A relay stands in a clinic with nothing in front of it that would do this.
    """

    headers_s = 10.0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Somebody connected and has said nothing yet."""
        super().connection_made(transport)
        self._hurry()

    def data_received(self, data: bytes) -> None:
        """Some bytes more."""
        super().data_received(data)
        self._hurry()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is left to hurry."""
        super().connection_lost(exc)
        self._relax()

    def _hurry(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._relax()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(self.headers_s, self.transport.close)

    def _relax(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class _Announced(uvicorn.Server):
    """Says when it listens, so that nobody has to guess."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]  # narrower
        await super().startup(sockets)  # type: ignore[arg-type]  # passed through as it came
        self.listening.set()

    @property
    def port(self) -> int:
        """The port it was given."""
        number: int = self.servers[0].sockets[0].getsockname()[1]
        return number


def run(app: FastAPI, host: str, port: int, certificate: Path | None, key: Path | None) -> None:
    """Serve until a signal. Prints one line when it listens."""
    server = _Announced(_config(app, host, port, certificate, key))
    threading.Thread(target=_announce, args=(server, host, certificate is not None), daemon=True).start()
    server.run()


def work(app: FastAPI, listening: socket.socket, certificate: Path | None, key: Path | None) -> None:
    """Serve on a socket that others serve too, until a signal or the parent's end."""
    server = _Announced(_config(app, "", 0, certificate, key))

    def end() -> None:
        server.should_exit = True

    until_parent_is_gone(end)
    server.run(sockets=[listening])


def said(host: str, port: int, secure: bool) -> str:
    """The program's one line."""
    return f"Listening on {'https' if secure else 'http'}://{host}:{port}"


@contextmanager
def serving(
    app: FastAPI,
    certificate: Path | None = None,
    key: Path | None = None,
    port: int = 0,
    protocol: type[Hurried] = Hurried,
) -> Iterator[int]:
    """Serve on this machine only, on a thread; the port. Stops when the block ends."""
    server = _Announced(_config(app, "127.0.0.1", port, certificate, key, protocol))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        if not server.listening.wait(STARTED_WITHIN_S):
            raise RuntimeError("the server did not start")
        yield server.port
    finally:
        server.should_exit = True
        thread.join()


def _announce(server: _Announced, host: str, secure: bool) -> None:
    server.listening.wait()
    print(said(host, server.port, secure), flush=True)  # noqa: T201 - the program's one line


def _config(
    app: FastAPI,
    host: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    protocol: type[Hurried] = Hurried,
) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=protocol,
        host=host,
        port=port,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # nobody's word for an address is asked for
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        lifespan="off",
        ws="none",
    )
