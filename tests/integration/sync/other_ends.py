"""Whoever else may answer on a desk's line: bytes that a test chose, on a socket of this machine."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PATIENCE_S: Final = 20
Say = Callable[[socket.socket, int], None]


@dataclass
class OtherEnd:
    """Somebody who listens: the port, and what was asked there."""

    port: int
    asked: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def fixed(content: bytes) -> Say:
    """The same bytes to everybody, then the line is closed."""

    def say(wire: socket.socket, _turn: int) -> None:
        wire.sendall(content)

    return say


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """One answer as bytes."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body


@contextmanager
def other_end(say: Say, context: ssl.SSLContext | None = None) -> Iterator[OtherEnd]:
    """Somebody who answers every connection with ``say(wire, turn)`` once its request's head is in."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        end = OtherEnd(listening.getsockname()[1])

        def serve() -> None:
            turn = 0
            while True:
                try:
                    wire, _ = listening.accept()
                except OSError:
                    return
                with wire, suppress(OSError):
                    wire.settimeout(PATIENCE_S)
                    secured = context.wrap_socket(wire, server_side=True) if context else wire
                    end.asked.append(_head(secured))
                    say(secured, turn)
                    secured.close()
                turn += 1

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield end
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(PATIENCE_S)


def _head(wire: socket.socket) -> bytes:
    taken = b""
    while b"\r\n\r\n" not in taken:
        more = wire.recv(65536)
        if not more:
            break
        taken += more
    return taken


def certificate(folder: Path, name: str = "127.0.0.1", *, days: int = 1) -> ssl.SSLContext:
    """A server's context under a certificate made now; ``cert.pem`` in the folder is what to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    try:
        alternative: x509.GeneralName = x509.IPAddress(ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    ends = datetime.now(UTC) + timedelta(days=days)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=30))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, nothing = serialization.Encoding.PEM, serialization.NoEncryption()
    (folder / "cert.pem").write_bytes(made.public_bytes(encoding))
    (folder / "key.pem").write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.TraditionalOpenSSL, nothing)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
