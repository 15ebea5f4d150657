"""What our own documents say by themselves, in English and in the client's language.

Layer: forms.paper. The translations are data, ``translations/<code>.toml``, each with its state; a
language without a file is printed in English, and a page says so where it matters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from types import MappingProxyType

from icu4py.messageformat import MessageFormat

from ournydesk.domain.answers import Said
from ournydesk.domain.documents import Bilingual

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "packet": "Case packet",
        "client": "Client",
        "a_number": "A-number",
        "ticket": "Ticket",
        "language": "Language",
        "form": "Form",
        "printed": "Printed",
        "inside": "In this packet",
        "also": "Goes with it",
        "draft": "Draft. These questions still need an answer:",
        "unknown": "Does not know",
        "declined": "Prefers not to say",
        "blank": "Not answered",
        "only_english": "English only",
        "none": "Nothing is written here.",
        "about": (
            "These are the answers you gave. They are not a decision and not legal advice. "
            "Keep these pages safe: they hold private facts about you."
        ),
    }
)
_SAID = {Said.UNKNOWN: "unknown", Said.DECLINED: "declined"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one packet; ``language`` is a BCP 47 code, ``own`` its name in itself."""

    language: str
    own: str = ""
    reviewed: bool = True
    translated: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def english_only(self) -> bool:
        """True when the client reads English and nothing is printed twice."""
        return self.language.split("-")[0] == "en"

    def __getitem__(self, key: str) -> Bilingual:
        return Bilingual(english=ENGLISH[key], client=self.translated.get(key, ""))

    def answer(self, answer: Bilingual) -> Bilingual:
        """An answer as printed in both languages: never empty, days in the client's own way."""
        if answer.said in _SAID:
            return self[_SAID[answer.said]]
        if not answer.english and not answer.client:
            return self["blank"]
        if answer.day and not answer.client:
            return Bilingual(english=answer.english, client=written_day(answer.day, self.language))
        return answer


@cache
def words_for(language: str) -> Words:
    """The words for a client's language, English where it has no file."""
    code = language.lower()
    known = resources.files("forms.paper.translations")
    for name in dict.fromkeys((code, code.split("-")[0])):
        file = known / f"{name}.toml"
        if file.is_file():
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            words = MappingProxyType({key: str(text) for key, text in data["words"].items()})
            return Words(language, str(data["name"]), data["state"] == "reviewed", words)
    return Words(language)


@cache
def _days(language: str) -> MessageFormat:
    return MessageFormat("{day, date, ::dMMMy}", language.replace("-", "_"))


def written_day(day: date, language: str) -> str:
    """A calendar day as people who read ``language`` write it, with the month's name."""
    return str(_days(language).format({"day": datetime.combine(day, time(12), UTC)}))
