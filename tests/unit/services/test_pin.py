"""Six digits for short breaks."""

from __future__ import annotations

import pytest

from ournydesk.errors import Refused
from ournydesk.services import pin
from tests.fakes import cheap
from tests.fakes.open_vault import FakeOpenVault


def choose(digits: str, vault: FakeOpenVault) -> None:
    pin.choose(digits, vault=vault, cost=cheap.COST, policy=cheap.POLICY)


def fits(digits: str, vault: FakeOpenVault) -> bool:
    return pin.fits(digits, vault=vault, cost=cheap.COST, policy=cheap.POLICY)


def test_the_digits_chosen_fit_and_no_others() -> None:
    vault = FakeOpenVault()
    assert not pin.chosen(vault)
    assert not fits("", vault)
    choose("502917", vault)
    assert pin.chosen(vault)
    assert fits("502917", vault)
    for other in ("502918", "50291", "5029170", "", "၅၀၂၉၁၇"):
        assert not fits(other, vault)
    choose("118642", vault)
    assert not fits("502917", vault)


def test_what_is_kept_does_not_tell_the_digits() -> None:
    one, other = FakeOpenVault(), FakeOpenVault()
    choose("502917", one)
    choose("502917", other)
    kept = [vault.preferences.get(pin.KEPT) for vault in (one, other)]
    assert kept[0] != kept[1]
    assert all("502917" not in text for text in kept)


@pytest.mark.parametrize(
    ("digits", "why"),
    [
        *((digits, "easy") for digits in ("123456", "654321", "890123", "210987")),
        *((digits, "easy") for digits in ("000000", "121212", "123123")),
        *((digits, "digits") for digits in ("", "50291", "5029170", "50291a", " 502917", "٥٠٢٩١٧")),
    ],
)
def test_what_a_stranger_types_first_is_refused(digits: str, why: str) -> None:
    vault = FakeOpenVault()
    with pytest.raises(Refused) as caught:
        choose(digits, vault)
    assert (caught.value.code, caught.value.facts["why"]) == ("refused.pin", why)
    assert not pin.chosen(vault)
