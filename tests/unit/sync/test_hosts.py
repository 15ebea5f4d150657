from __future__ import annotations

import pytest

from sync.server.access import hostname


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("sync.example.org", "sync.example.org"),
        ("Sync.Example.Org:8443", "sync.example.org"),
        ("192.168.8.10:8444", "192.168.8.10"),
        ("[FE80::1]:8444", "fe80::1"),
        ("FE80::1", "fe80::1"),
        ("", ""),
        (":8443", ""),
        ("[", ""),
        ("[x", ""),
        ("sync.example.org@evil.example.net", ""),
        ("https://sync.example.org", ""),
        ("sync.example.org/", ""),
    ],
)
def test_a_server_is_known_by_its_name_whatever_the_port(said: str, name: str) -> None:
    assert hostname(said) == name
