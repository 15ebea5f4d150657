from __future__ import annotations

import pytest

from sync.client.transport import HttpsTransport


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://sync.example.org", "sync.example.org"),
        ("https://sync.example.org/", "sync.example.org"),
        ("https://sync.example.org:443", "sync.example.org"),
        ("https://Sync.Example.Org:8443", "sync.example.org:8443"),
        ("https://192.168.8.10:8444", "192.168.8.10:8444"),
        ("http://127.0.0.1:80", "127.0.0.1"),
        ("https://[FE80::1]:8444", "[fe80::1]:8444"),
    ],
)
def test_a_login_names_the_server_as_the_request_does(address: str, host: str) -> None:
    """Both ends hash these bytes: one colon more and no desk gets in."""
    transport = HttpsTransport(address, None)
    assert transport.host == host
    transport.close()
