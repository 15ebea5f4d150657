"""One version of a form as it is kept on the device. Layer: domain, standard library only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_NUMBERS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion:
    """Everything needed to open an intake years later, exactly as it was asked.

    ``hash`` is the SHA-256 of ``xml`` in hexadecimal; ``files`` are the external instances by name.
    """

    id: str
    version: str
    hash: str
    title: str
    xml: bytes = field(repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def follows(self, other: FormVersion) -> bool:
        """Whether this is a later version than another of the same form.

        Numbers inside count as numbers: ``10`` follows ``9``, ``v2.10`` follows ``v2.9``.
        """
        return _rank(self.version) > _rank(other.version)


def _rank(version: str) -> tuple[tuple[bool, int, str], ...]:
    parts = _NUMBERS.split(version)
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)
