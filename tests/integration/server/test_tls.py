"""TLS as the program speaks it."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import DeviceId
from sync.client.transport import connected
from sync.protocol import paths
from sync.protocol.codec import decode, encode
from sync.protocol.messages import Challenge, ChallengeGiven
from sync.server.app import server
from sync.server.serving import serving
from sync.server.storage import Storage, sqlite_url
from tests.integration.server.visits import PATIENCE_S

DEVICE = DeviceId("a" * 32)


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """A port and the certificate that stands there."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "cert.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = [*command.split(), *names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True, timeout=PATIENCE_S)
    database = Storage(sqlite_url(folder / "server.db"))
    database.migrate()
    with serving(server(database, new_id=new_id), certificate, key) as port:
        yield port, certificate
    database.close()


def test_a_desk_reaches_a_server_with_the_authority_of_its_invite(secure: tuple[int, Path]) -> None:
    port, certificate = secure
    with connected(f"https://127.0.0.1:{port}", certificate.read_bytes()) as transport:
        answer = transport.send("POST", paths.CHALLENGE, encode(Challenge(device=DEVICE)))
    assert decode(ChallengeGiven, answer.body).nonce


def test_nothing_older_than_tls_1_2_is_spoken(secure: tuple[int, Path]) -> None:
    port, certificate = secure
    spoken = {}
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = ssl.create_default_context(cafile=str(certificate))
        context.minimum_version = context.maximum_version = version
        spoken[version] = _version(context, port)
    assert set(spoken.values()) == {"TLSv1.2", "TLSv1.3"}
    old = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"],
        input=b"",
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert old.returncode != 0


def _version(context: ssl.SSLContext, port: int) -> str | None:
    with (
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as wire,
        context.wrap_socket(wire, server_hostname="127.0.0.1") as secured,
    ):
        return secured.version()
