"""Words of the staff's own language. Layer: ui.

English is the source. A sentence is looked up whole and filled in afterwards, so that a translator
sees one sentence and may move its parts.
"""

from __future__ import annotations

from collections.abc import Mapping


class Catalogue:
    """Sentences of one language by their English ones; what is missing stays English."""

    def __init__(self, sentences: Mapping[str, str] | None = None) -> None:
        self._sentences = dict(sentences or {})

    def __call__(self, english: str, **values: object) -> str:
        """The sentence in this language, its ``{names}`` filled in."""
        sentence = self._sentences.get(english, english)
        return sentence.format(**values) if values else sentence


tr = Catalogue()
