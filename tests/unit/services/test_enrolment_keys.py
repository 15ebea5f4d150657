from __future__ import annotations

import base64
import json

import pytest

from ournydesk.crypto.signing import Label
from ournydesk.errors import Refused
from ournydesk.services.enrolment import REQUEST, ask, read_request
from tests.fakes.open_vault import FakeOpenVault


def with_seal(vault: FakeOpenVault, seal: bytes) -> bytes:
    """The request of a desk that shows another sealing key and signs for it."""
    fields = json.loads(ask("Invented volunteer", vault=vault)[len(REQUEST) :])
    proof = vault.keys.signing().sign(
        Label.ENROLMENT,
        fields["name"].encode(),
        fields["user"].encode(),
        fields["device"].encode(),
        bytes.fromhex(fields["sign"]),
        seal,
    )
    fields |= {"seal": base64.b64encode(seal).decode(), "proof": base64.b64encode(proof).decode()}
    return REQUEST + json.dumps(fields).encode()


def test_a_request_with_its_own_keys_is_read() -> None:
    vault = FakeOpenVault()
    request = read_request(ask("Invented volunteer", vault=vault))
    seal = vault.keys.sealing().public()
    assert read_request(with_seal(vault, seal)) == request


@pytest.mark.parametrize("seal", [b"", bytes(32), bytes(1216)], ids=len)
def test_a_request_with_a_key_nobody_can_seal_to_is_refused(seal: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_request(with_seal(FakeOpenVault(), seal))
    assert caught.value.code == "refused.key"
