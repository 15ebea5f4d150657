"""Forms of the library, compiled. Layer: bootstrap."""
# ruff: noqa: PLC0415 - what reads spreadsheets is loaded when the first form is compiled

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ournydesk.errors import Refused

if TYPE_CHECKING:
    from ournydesk.domain.form_version import FormVersion


@lru_cache(maxsize=8)
def form_version(form_id: str) -> FormVersion:
    """A form of the library, compiled once a process. Raises Refused("refused.unknown_form")."""
    from forms.engine import compile_xlsform, load_form
    from forms.library import library
    from ournydesk.domain.form_version import FormVersion

    for entry in library():
        if entry.id == form_id:
            compiled = compile_xlsform(entry.folder)
            form = load_form(compiled.xml, compiled.files)
            return FormVersion(
                id=form.id,
                version=form.version,
                hash=form.hash,
                title=form.title,
                xml=compiled.xml,
                files=compiled.files,
            )
    raise Refused("refused.unknown_form", form=form_id)
