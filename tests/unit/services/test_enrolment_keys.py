"""Who asks to join holds the keys in the request, and is let in by the words those keys say."""

from __future__ import annotations

import base64
import json

import pytest

from ournydesk.crypto.signing import Label
from ournydesk.domain.membership import Role
from ournydesk.errors import BadInput, DeskError, Refused, Tampered
from ournydesk.services.enrolment import REQUEST, TYPED, admit, ask, join, read_request
from ournydesk.services.membership import team_of
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import BOOK, founded


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


def changed(request: bytes, **fields: str) -> bytes:
    return REQUEST + json.dumps(json.loads(request[len(REQUEST) :]) | fields).encode()


@pytest.mark.parametrize("field", ["name", "user", "device", "sign", "seal", "proof"])
def test_a_request_of_which_one_part_was_exchanged_on_the_way_is_refused(field: str) -> None:
    """D8: with another desk's parts, each of them valid."""
    ours = ask("Invented volunteer", vault=FakeOpenVault())
    others = json.loads(ask("Somebody else", vault=FakeOpenVault())[len(REQUEST) :])
    with pytest.raises(Tampered):
        read_request(changed(ours, **{field: others[field]}))


@pytest.mark.parametrize(
    "fields", [{"v": "1"}, {"device": "x"}, {"name": ""}, {"name": "a\nb"}, {"proof": "!"}, {"more": "1"}]
)
def test_a_request_in_another_shape_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        read_request(changed(ask("Invented volunteer", vault=FakeOpenVault()), **fields))


@pytest.mark.parametrize("wrong", [0, 1, 2], ids=["the first", "the second", "each other's"])
def test_nobody_is_let_in_by_other_words(wrong: int) -> None:
    """D8: the keys of another laptop say other words."""
    clock = TickingClock()
    lead, vault = founded(clock), FakeOpenVault()
    request = read_request(ask("Invented volunteer", vault=vault))
    right = [request.card(BOOK).words[place] for place in TYPED]
    others = read_request(ask("Invented volunteer", vault=FakeOpenVault())).card(BOOK).words
    first, second = [(others[2], right[1]), (right[0], others[4]), (right[1], right[0])][wrong]
    before = lead.membership.entries()
    with pytest.raises(Refused) as caught:
        admit(
            request,
            Role.VOLUNTEER,
            manages=False,
            reads=False,
            typed=(first, second),
            words=BOOK,
            vault=lead,
            clock=clock,
        )
    assert caught.value.code == "refused.words"
    assert lead.membership.entries() == before


def invited(lead: FakeOpenVault, vault: FakeOpenVault, clock: TickingClock) -> bytes:
    request = read_request(ask("Invented volunteer", vault=vault))
    words = request.card(BOOK).words
    return admit(
        request,
        Role.VOLUNTEER,
        manages=False,
        reads=False,
        typed=(f" {words[2].upper()} ", words[4]),
        words=BOOK,
        vault=lead,
        clock=clock,
    )


def refusal(invite: bytes, vault: FakeOpenVault, clock: TickingClock) -> DeskError:
    with pytest.raises(DeskError) as caught:
        join(invite, vault=vault, clock=clock)
    return caught.value


def test_an_invite_lets_in_the_desk_it_was_written_for_once_and_within_three_days() -> None:
    """D9."""
    clock = TickingClock()
    lead, vault = founded(clock), FakeOpenVault()
    invite = invited(lead, vault, clock)
    assert refusal(invite, FakeOpenVault(), clock).code == "refused.no_request"
    other = FakeOpenVault()
    ask("Somebody else", vault=other)
    assert "another desk" in str(refusal(invite, other, clock))
    clock.move(hours=73)
    assert "three days" in str(refusal(invite, vault, clock))
    clock.move(hours=-2)
    assert join(invite, vault=vault, clock=clock).team == team_of(lead).id
    assert refusal(invite, vault, clock).code == "refused.in_team"


def test_an_invite_with_another_teams_fingerprint_is_refused() -> None:
    """D9: also where its log is another team's that knows this desk's id."""
    clock = TickingClock()
    lead, vault = founded(clock), FakeOpenVault()
    head, _, body = invited(lead, vault, clock).partition(b"{")
    fields = json.loads(b"{" + body) | {"fingerprint": team_of(founded(clock)).fingerprint}
    assert isinstance(refusal(head + json.dumps(fields).encode(), vault, clock), BadInput)
    assert vault.membership.entries() == ()
