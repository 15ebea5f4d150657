"""What the take-home page says, in English and in the client's language. Layer: forms.paper.

The translations are the table ``takehome`` of ``translations/<code>.toml``; their state is that file's.
A language without the table is printed in English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

HOTLINE: Final = "1-800-566-7636"
"""New York State's hotline for new Americans. Taken from notes, not called: confirm before printing many."""

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "title": "Your next steps",
        "prepare": "Come back with these papers. We will finish your papers together.",
        "partner": "Another office will call you. Until then, sign nothing and send nothing.",
        "referral_list": "Call the offices on your list. Until then, sign nothing and send nothing.",
        "not_now": "Sign nothing and send nothing now. Come back if something changes or a letter comes.",
        "bring": "Bring with you",
        "by": "Come by",
        "where": "Where",
        "identity": "Every card with your name or photo, both sides",
        "passports": "Passports, old ones too, and the dates of your trips",
        "addresses": "Addresses and jobs of the last five years",
        "family": "Marriage, divorce and birth papers",
        "tax": "Tax papers of the last five years",
        "court": "Court and police papers, also from long ago",
        "income": "Proof of income, or of help that you get",
        "letters": "Every letter you received, with its envelope",
        "careful": "Be careful",
        "advice": "Only a lawyer or an accredited representative may give legal advice. A “notario”, a "
        "travel agency or a tax preparer may not.",
        "blank": "Sign no blank paper. Ask for a receipt. Keep your originals.",
        "cheated": "Were you cheated? Call {hotline}. It is free.",
        "rights": "You have rights",
        "silent": "You may stay silent and ask for a lawyer.",
        "door": "You need not open the door unless a judge signed a paper with your name on it.",
        "truth": "Do not run, do not lie, show no false papers.",
        "understand": "Sign nothing that you do not understand.",
    }
)


@dataclass(frozen=True, slots=True)
class TakeHomeWords:
    """The page's words in one language. ``reviewed`` is False for a draft that nobody has read yet."""

    language: str
    reviewed: bool
    said: Mapping[str, str]


@cache
def take_home_words(language: str) -> TakeHomeWords:
    """The words for a client's language; English, marked ``en``, where it has no whole table."""
    code = language.lower()
    folder = resources.files("forms.paper.translations")
    for name in dict.fromkeys((code, code.split("-")[0])):
        file = folder / f"{name}.toml"
        if file.is_file():
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            words = {key: str(text) for key, text in data.get("takehome", {}).items()}
            if words.keys() >= ENGLISH.keys():
                return TakeHomeWords(language, data["state"] == "reviewed", MappingProxyType(words))
    return TakeHomeWords("en", True, ENGLISH)  # noqa: FBT003 - English is what the others are drafts of
