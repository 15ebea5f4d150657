"""Forms, compiled: those of the library, and one that a coordinator wrote. Layer: bootstrap."""
# ruff: noqa: PLC0415 - what reads spreadsheets is loaded when the first form is compiled

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.errors import BadInput

if TYPE_CHECKING:
    from ournydesk.domain.form_version import FormVersion


@lru_cache(maxsize=8)
def form_version(form_id: str) -> FormVersion | None:
    """A form of the library, compiled once a process; None where it has no such form."""
    from forms.library import library

    folder = next((entry.folder for entry in library() if entry.id == form_id), None)
    return None if folder is None else _compiled(folder)


def written_form(source: Path, *, without_consent: bool = False) -> FormVersion:
    """A form that somebody wrote, checked as ``form check`` does.

    Raises BadInput with the first mistake and how many there are, for a form without a version, and,
    unless ``without_consent``, for one that never asks whether the client agrees.
    """
    from forms.engine import lint, load_form
    from forms.library.progress import asks_consent

    mistakes = [finding for finding in lint.check(source).findings if finding.severity == "error"]
    if mistakes:
        first = mistakes[0]
        place = f"{first.place}: " if first.place else ""
        count = f"{len(mistakes)} mistakes, the first" if len(mistakes) > 1 else "a mistake"
        raise BadInput(f"{source.name} has {count}: {place}{first.message} Check it and send it again.")
    form = _compiled(source)
    if not form.version:
        raise BadInput(
            f"{source.name} has no version: write one into its settings, 1 for the first, and a higher one "
            "with every change."
        )
    if not without_consent and not asks_consent(load_form(form.xml, form.files)):
        raise BadInput(
            f"{source.name} has no question that asks whether the client agrees, so its answers would leave "
            "the laptop from the first one. Give that question the column bind::ourny:consent with the "
            "answer that says yes, as the library's screening form does."
        )
    return form


def _compiled(source: Path) -> FormVersion:
    from forms.engine import compile_xlsform, load_form
    from ournydesk.domain.form_version import FormVersion

    compiled = compile_xlsform(source)
    form = load_form(compiled.xml, compiled.files)
    return FormVersion(
        id=form.id,
        version=form.version,
        hash=form.hash,
        title=form.title,
        xml=compiled.xml,
        files=compiled.files,
    )
