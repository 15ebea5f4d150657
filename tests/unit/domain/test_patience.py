"""C18: a server that does not answer is asked ever more seldom, never by everybody at once."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.patience import LONGEST_ASKED_S, LONGEST_S, SPREAD, USUAL_S, Patience

ANSWERS = st.lists(st.tuples(st.booleans(), st.integers(0, 10**9)), min_size=1, max_size=40)
CHANCE = st.integers(0, 999).map(lambda thousandths: thousandths / 1000)


@given(answers=ANSWERS, chance=CHANCE)
def test_nobody_comes_back_before_asked_nor_waits_for_ever(
    answers: Sequence[tuple[bool, int]], chance: float
) -> None:
    patience = Patience(chance=lambda: chance)
    for answered, asked in answers:
        wait = patience.after(answered=answered, asked_s=asked)
        assert wait >= min(asked, LONGEST_ASKED_S)
        assert USUAL_S <= wait <= (1 + SPREAD) * max(LONGEST_S, min(asked, LONGEST_ASKED_S))


def test_an_hour_without_an_answer_is_few_tries_and_one_answer_is_enough_to_go_on() -> None:
    patience, waited, tries = Patience(chance=lambda: 0.5), 0.0, 0
    while waited < 3600:
        waited += patience.after(answered=False)
        tries += 1
    assert tries <= 15
    assert patience.after(answered=True) <= (1 + SPREAD) * USUAL_S


@given(first=CHANCE, second=CHANCE)
def test_two_desks_that_lost_the_server_together_come_back_apart(first: float, second: float) -> None:
    one, other = Patience(chance=lambda: first), Patience(chance=lambda: second)
    apart = one.after(answered=False) - other.after(answered=False)
    assert (apart == 0) == (first == second)
