from __future__ import annotations

import base64
import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.grants import Grant, decode_grants, encode_grants
from ournydesk.domain.operations import MOST_GRANTS, MOST_RECIPIENTS
from ournydesk.errors import ProtocolFault

NAMES = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=64)
GRANTS = st.builds(Grant, NAMES, st.integers(min_value=0, max_value=10**18 - 1), st.binary(max_size=80))


@given(st.lists(GRANTS, max_size=6, unique_by=lambda grant: (grant.to, grant.epoch)))
def test_grants_read_back_as_they_were_written(grants: list[Grant]) -> None:
    assert decode_grants(encode_grants(tuple(grants))) == tuple(grants)


def test_no_grant_is_no_byte() -> None:
    assert encode_grants(()) == b""
    assert decode_grants(b"") == ()


def test_as_many_hybrid_grants_as_a_header_can_name_fit_beside_it() -> None:
    grants = tuple(Grant(f"{number:064}", 1, bytes(1169)) for number in range(MOST_RECIPIENTS))
    encoded = encode_grants(grants)
    assert len(encoded) <= MOST_GRANTS
    assert decode_grants(encoded) == grants


def test_what_was_sealed_is_not_shown() -> None:
    assert "sealed" not in repr(Grant("staff", 1, b"sealed"))


@given(st.binary(max_size=200))
def test_whatever_is_read_ends_in_grants_or_in_a_fault(untrusted: bytes) -> None:
    with contextlib.suppress(ProtocolFault):
        decode_grants(untrusted)


def body(*listed: object, **more: object) -> bytes:
    return json.dumps({"v": 1, "grants": list(listed)} | more).encode()


X = base64.b64encode(b"x").decode()


@pytest.mark.parametrize(
    ("why", "untrusted"),
    [
        ("json", b"{"),
        ("json", b'{"v":1,"v":1,"grants":[]}'),
        ("json", body(["staff", 1.0, X])),
        ("json", b'{"v":1,"grants":[]}' + b" " * MOST_GRANTS),
        ("json", body([[[[]]]])),
        ("shape", b"[]"),
        ("newer", body(v=2)),
        ("newer", body(v=None)),
        ("shape", body(extra=1)),
        ("shape", b'{"v":1}'),
        ("shape", b'{"v":1,"grants":{}}'),
        ("shape", body("staff")),
        ("shape", body(["staff", 1])),
        ("shape", body(["staff", 1, X, X])),
        ("shape", body(["", 1, X])),
        ("shape", body(["s" * 65, 1, X])),
        ("shape", body(["stäff", 1, X])),
        ("shape", body([1, 1, X])),
        ("shape", body(["staff", -1, X])),
        ("shape", body(["staff", True, X])),
        ("shape", body(["staff", "1", X])),
        ("shape", body(["staff", 1, None])),
        ("shape", body(*([str(n), 1, X] for n in range(MOST_RECIPIENTS + 1)))),
        ("base64", body(["staff", 1, "eA"])),
        ("base64", body(["staff", 1, "eA== "])),
        ("base64", body(["staff", 1, "eB=="])),
        ("base64", body(["staff", 1, "é==="])),
        ("twice", body(["staff", 1, X], ["staff", 1, X])),
    ],
)
def test_grants_in_any_other_shape_are_refused(why: str, untrusted: bytes) -> None:
    with pytest.raises(ProtocolFault) as caught:
        decode_grants(untrusted)
    assert (caught.value.code, caught.value.facts["why"]) == ("wire.fault.grants", why)
