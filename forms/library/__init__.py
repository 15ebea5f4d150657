"""The intakes that come with the desk, each a folder of its own. Layer: forms.library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class LibraryForm:
    """One intake: its form id, and the folder of its XLSForm sheets."""

    id: str
    folder: Path
    title: str


def library() -> tuple[LibraryForm, ...]:
    """The intakes of this version of the desk."""
    return (
        LibraryForm("naturalization", HERE / "naturalization", "Naturalization (N-400)"),
        LibraryForm("screening", HERE / "screening", "Legal screening"),
        LibraryForm("incident", HERE / "incident", "Incident report"),
    )
