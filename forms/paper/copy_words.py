"""What a paper copy says by itself, in English and in the form's language. Layer: forms.paper.

The translations are the table ``copy`` of ``translations/<code>.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from ournydesk.domain.documents import Bilingual

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "about": "Write clearly. If you do not know, write “?”. If you prefer not to say, write “—”. "
        "You may leave any question out.",
        "many": "Tick all that apply.",
        "is": "Only if the answer to {number} is: {answers}",
        "answered": "Only if you answered {number}",
        "empty": "Only if {number} is left empty",
        "applies": "Only if this applies to you",
        "skip": "If “{answer}”: go on with {number}",
        "day": "month / day / year",
        "more": "More? Go on, on the back of this sheet.",
        "ticket": "Ticket",
    }
)


def said(key: str, language: str, **values: Bilingual | str) -> Bilingual:
    """Words with their places filled in, in both languages."""
    client = _translated(language).get(key, "")
    english = {name: value if isinstance(value, str) else value.english for name, value in values.items()}
    theirs = {
        name: value if isinstance(value, str) else value.client or value.english
        for name, value in values.items()
    }
    return Bilingual(english=_filled(ENGLISH[key], english), client=_filled(client, theirs))


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@cache
def _translated(language: str) -> Mapping[str, str]:
    folder = resources.files("forms.paper.translations")
    for name in dict.fromkeys((language.lower(), language.lower().split("-")[0])):
        file = folder / f"{name}.toml"
        if file.is_file():
            words = tomllib.loads(file.read_text(encoding="utf-8")).get("copy", {})
            return MappingProxyType({key: str(text) for key, text in words.items()})
    return MappingProxyType({})
