"""Whoever answers instead of our server: nothing is believed, nothing grows, nothing waits for ever."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
from pathlib import Path

import pytest

from ournydesk.errors import ProtocolFault, Unreachable
from sync.client.transport import HttpsTransport, connected
from sync.protocol import paths
from sync.protocol.codec import decode, encode
from sync.protocol.faults import STATUS
from sync.protocol.limits import MOST_BODY
from sync.protocol.messages import Page
from tests.integration.sync.other_ends import Say, answer, certificate, fixed, other_end

JSON = "Content-Type: application/json"
HTML = "Content-Type: text/html"
MIB = 1024 * 1024
EMPTY_PAGE = b'{"since":0,"entries":[],"head":{"at":0,"hash":""},"more":false}'


def refused(say: Say, *, body_s: float = 600.0) -> str:
    """Why nothing was taken from this other end."""
    with other_end(say) as end:
        transport = HttpsTransport(end.address, None, body_s=body_s)
        with pytest.raises(Unreachable) as caught:
            transport.send("GET", paths.STATE)
        transport.close()
    return str(caught.value.facts["why"])


@pytest.mark.parametrize(
    "content",
    [
        answer("200 OK", b"<html>Welcome to the library. Accept our terms.</html>", HTML),
        answer("200 OK", b"ok", "Content-Type: text/plain"),
        answer("200 OK", b"{}"),
        answer("302 Found", b"", "Location: https://portal.invalid/login"),
        answer("307 Temporary Redirect", b"", "Location: /v1/elsewhere"),
        answer("204 No Content"),
        answer("500 Internal Server Error", b"{}", JSON),
        answer("502 Bad Gateway", b"<html></html>", HTML),
        answer("511 Network Authentication Required", b"<html></html>", HTML),
        answer("200 OK", gzip.compress(EMPTY_PAGE), JSON, "Content-Encoding: gzip"),
    ],
)
def test_a_captive_portal_or_a_stranger_is_no_server_of_ours(content: bytes) -> None:
    assert refused(fixed(content)) == "not_ours"


@pytest.mark.parametrize(
    "content", [b"", b"\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/9.9 200\r\n\r\n", b"\xff" * 300]
)
def test_what_is_not_http_is_away(content: bytes) -> None:
    assert refused(fixed(content)) in {"refused", "not_ours"}


def test_a_redirect_is_not_followed_and_takes_the_token_nowhere() -> None:
    with other_end(fixed(answer("200 OK", EMPTY_PAGE, JSON))) as thief:
        away = answer("302 Found", b"", f"Location: {thief.address}/v1/state")
        with other_end(fixed(away)) as end:
            transport = HttpsTransport(end.address, None)
            with pytest.raises(Unreachable):
                transport.send("GET", paths.STATE, token="invented-token")
            transport.close()
    assert len(end.asked) == 1
    assert thief.asked == []


def flood(announced: str) -> Say:
    """An answer without end."""
    piece = b" " * 65536
    piece = b"10000\r\n" + piece + b"\r\n" if "chunked" in announced else piece

    def say(wire: socket.socket, _turn: int) -> None:
        wire.sendall(f"HTTP/1.1 200 OK\r\n{JSON}\r\n{announced}\r\n\r\n".encode())
        for _ in range(1024):
            wire.sendall(piece)

    return say


@pytest.mark.parametrize(
    "announced", ["Content-Length: 10000000000", "Connection: close", "Transfer-Encoding: chunked"]
)
def test_an_answer_without_end_is_cut_and_takes_little_memory(announced: str) -> None:
    tracemalloc.start()
    try:
        said = refused(flood(announced))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert said == "not_ours"
    assert peak < MOST_BODY + 16 * MIB


def test_what_was_packed_a_thousandfold_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(200 * MIB), compresslevel=1)
    tracemalloc.start()
    try:
        assert refused(fixed(answer("200 OK", bomb, JSON, "Content-Encoding: gzip"))) == "not_ours"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * MIB


def test_a_byte_now_and_then_does_not_hold_a_round_for_ever() -> None:
    def drip(wire: socket.socket, _turn: int) -> None:
        wire.sendall(answer("200 OK", b"", JSON, length=10**6))
        until = time.monotonic() + 5
        while time.monotonic() < until:
            wire.sendall(b" ")

    assert refused(drip, body_s=0.1) == "slow"


@pytest.mark.parametrize("depth", [6, 1000, 200_000])
def test_an_answer_nested_deeper_than_ours_is_no_answer(depth: int) -> None:
    with other_end(fixed(answer("200 OK", b"[" * depth + b"]" * depth, JSON))) as end:
        transport = HttpsTransport(end.address, None)
        content = transport.send("GET", paths.PULL).body
        transport.close()
    with pytest.raises(ProtocolFault):
        decode(Page, content)


def test_an_answer_cut_at_any_byte_is_never_taken_for_a_whole_one() -> None:
    whole = answer("200 OK", EMPTY_PAGE, JSON)

    def cut(wire: socket.socket, turn: int) -> None:
        wire.sendall(whole[:turn])

    taken = []
    with other_end(cut) as end:
        transport = HttpsTransport(end.address, None)
        for _ in range(len(whole) + 1):
            try:
                taken.append(encode(decode(Page, transport.send("GET", paths.PULL).body)))
            except (Unreachable, ProtocolFault):
                continue
        transport.close()
    assert taken == [EMPTY_PAGE]


@pytest.mark.parametrize("status", sorted({one for one in STATUS.values() if one >= 408}))
@pytest.mark.parametrize(
    ("waited", "seconds"), [("30", 30), ("", 0), ("²", 0), ("-1", 0), ("soon", 0), ("9" * 5000, 0)]
)
def test_when_to_come_back_is_a_number_or_nothing(status: int, waited: str, seconds: int) -> None:
    body = b'{"code":"busy","head":null}'
    with other_end(fixed(answer(f"{status} X", body, JSON, f"Retry-After: {waited}"))) as end:
        transport = HttpsTransport(end.address, None)
        told = transport.send("GET", paths.STATE)
        transport.close()
    assert (told.status, told.retry_after_s) == (status, seconds)


@pytest.mark.parametrize(
    ("name", "days", "trusted"),
    [("127.0.0.1", -1, True), ("sync.example.org", 1, True), ("127.0.0.1", 1, False)],
    ids=["expired", "another host's", "signed by itself"],
)
def test_a_certificate_that_does_not_hold_is_refused_whatever_it_is(
    name: str, days: int, trusted: bool, tmp_path: Path
) -> None:
    context = certificate(tmp_path, name, days=days)
    authority = (tmp_path / "cert.pem").read_bytes() if trusted else b""
    with other_end(fixed(answer("200 OK", EMPTY_PAGE, JSON)), context) as end:
        address = end.address.replace("http:", "https:")
        with connected(address, authority) as transport, pytest.raises(Unreachable) as caught:
            transport.send("GET", paths.STATE)
    assert caught.value.facts["why"] == "tls"
    assert end.asked == []


def test_a_certificate_that_holds_is_taken(tmp_path: Path) -> None:
    context = certificate(tmp_path)
    with other_end(fixed(answer("200 OK", EMPTY_PAGE, JSON)), context) as end:
        address = end.address.replace("http:", "https:")
        with connected(address, (tmp_path / "cert.pem").read_bytes()) as transport:
            assert transport.send("GET", paths.PULL).body == EMPTY_PAGE


def test_the_environment_s_word_for_proxies_bundles_and_passwords_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    context = certificate(tmp_path)
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login invented password invented\n")
    with other_end(fixed(answer("200 OK", b"<html>proxy</html>", HTML))) as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
            monkeypatch.setenv(name, str(tmp_path / "cert.pem"))
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        with other_end(fixed(answer("200 OK", EMPTY_PAGE, JSON))) as end:
            transport = HttpsTransport(end.address, None)
            assert transport.send("GET", paths.PULL).body == EMPTY_PAGE
            transport.close()
        with other_end(fixed(answer("200 OK", EMPTY_PAGE, JSON)), context) as secure:
            address = secure.address.replace("http:", "https:")
            with connected(address, b"") as transport, pytest.raises(Unreachable) as caught:
                transport.send("GET", paths.STATE)
    assert proxy.asked == []
    assert b"authorization" not in end.asked[0].lower()
    assert caught.value.facts["why"] == "tls"
