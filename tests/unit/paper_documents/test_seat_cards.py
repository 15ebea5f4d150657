from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from pypdf import PdfReader

from forms.paper import seat_cards
from ournydesk.domain.ids import VaultId
from ournydesk.domain.seats import SeatCard
from ournydesk.domain.team import Clinic

CLOSES = datetime(2026, 12, 5, 23, 0, tzinfo=UTC)
NEW_YORK = timezone(timedelta(hours=-5))
PRINTED = datetime(2026, 12, 4, 12, 0, tzinfo=NEW_YORK)
WORDS = ("acorn", "bishop", "cactus", "donut", "eclipse", "fabric")


def a_card(number: int, words: tuple[str, ...] = WORDS) -> SeatCard:
    clinic = Clinic(id="c" * 32, title="Queens Library", closes=CLOSES)
    name = f"Seat {number} - Queens Library 5 Dec"
    return SeatCard(vault=VaultId("e" * 32), number=number, name=name, words=words, clinic=clinic)


def text(pdf: bytes, page: int = 0) -> str:
    return PdfReader(BytesIO(pdf)).pages[page].extract_text()


@pytest.mark.parametrize(("cards", "pages"), [(1, 1), (3, 1), (4, 2)])
def test_three_cards_stand_on_a_page(cards: int, pages: int) -> None:
    made = seat_cards.printout([a_card(number) for number in range(1, cards + 1)], PRINTED)
    assert made.pages == pages == len(PdfReader(BytesIO(made.pdf)).pages)


def test_a_card_says_which_seat_its_words_until_when_and_what_to_do() -> None:
    said = text(seat_cards.printout([a_card(3)], PRINTED).pdf)
    for part in ("Seat 3", "Queens Library", "5 Dec 2026, 18:00", "call the clinic lead", *WORDS):
        assert part in " ".join(said.split())
    assert [said.index(word) for word in WORDS] == sorted(said.index(word) for word in WORDS)


def test_the_file_s_own_description_holds_no_word() -> None:
    told = PdfReader(BytesIO(seat_cards.printout([a_card(3)], PRINTED).pdf)).metadata
    assert told is not None
    assert not any(word in str(value) for value in told.values() for word in WORDS)


def test_a_clinic_with_a_very_long_name_loses_no_word() -> None:
    clinic = Clinic(id="c" * 32, title="The very long name of a hall " * 6, closes=CLOSES)
    card = SeatCard(vault=VaultId("e" * 32), number=12, name="Seat 12", words=WORDS, clinic=clinic)
    made = seat_cards.printout([card] * 3, PRINTED)
    told = " ".join(text(made.pdf, page) for page in range(made.pages))
    assert all(told.count(word) == 3 for word in WORDS)
