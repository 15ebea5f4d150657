from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources

import pytest

from forms.paper.words import ENGLISH, words_for, written_day
from ournydesk.domain.answers import Said
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import Bilingual

FILES = sorted(
    (file for file in resources.files("forms.paper.translations").iterdir() if file.name.endswith(".toml")),
    key=lambda file: file.name,
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_each_translation_has_every_word_and_says_how_far_it_is_read(file: resources.abc.Traversable) -> None:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    assert data["state"] in {"draft", "reviewed"}
    assert set(data["words"]) == set(ENGLISH)
    assert all(data["words"].values())


def test_a_language_without_a_file_is_printed_in_english() -> None:
    words = words_for("xx")
    assert words["packet"] == Bilingual(english="Case packet")
    assert not words.english_only


def test_a_regional_code_finds_its_language() -> None:
    assert words_for("es-MX")["ticket"].client == "Turno"


def test_unknown_declined_and_blank_are_three_different_printed_answers() -> None:
    words = words_for("bn")
    unknown = words.answer(Bilingual(english="Does not know", said=Said.UNKNOWN))
    declined = words.answer(Bilingual(english="", said=Said.DECLINED))
    blank = words.answer(Bilingual(english=""))
    assert len({unknown, declined, blank}) == 3
    assert unknown == Bilingual(english="Does not know", client="জানা নেই")


def test_a_day_is_written_as_its_readers_write_it() -> None:
    day = date(2024, 6, 20)
    assert english_day(day) == "20 Jun 2024"
    assert written_day(day, "bn") == "২০ জুন, ২০২৪"
    assert written_day(day, "es") == "20 jun 2024"
    assert words_for("ar").answer(Bilingual(english="20 Jun 2024", day=day)).client == "20 يونيو 2024"
