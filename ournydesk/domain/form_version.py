"""One version of a form as it is kept on the device. Layer: domain, standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
