"""ODK XForms, as exact as ODK's own engine. Layer: forms.engine, above domain.

Load a form with :func:`load_form` (from XForm XML) or :func:`compile_xlsform` first (from a
spreadsheet or a folder of CSV sheets). Fill it with :class:`Session`. What is supported, construct by
construct, is in ``CONFORMANCE.md`` beside this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.engine.definitions import Choice, Definition, Kind, Text, language_code
from forms.engine.faults import ExpressionFault, FormRefused, StepRefused
from forms.engine.form import Form, load_form
from forms.engine.moving import Move, move
from forms.engine.session import Change, Session
from forms.engine.states import NodeState
from forms.engine.submission import read as parse_submission

if TYPE_CHECKING:
    from forms.engine.xlsform import Compiled, compile_xlsform

__all__ = [
    "Change",
    "Choice",
    "Compiled",
    "Definition",
    "ExpressionFault",
    "Form",
    "FormRefused",
    "Kind",
    "Move",
    "NodeState",
    "Session",
    "StepRefused",
    "Text",
    "compile_xlsform",
    "language_code",
    "load_form",
    "move",
    "parse_submission",
]


def __getattr__(name: str) -> object:
    """Spreadsheets are read only where a form is compiled: pyxform takes half a second to load."""
    if name in {"Compiled", "compile_xlsform"}:
        from forms.engine import xlsform  # noqa: PLC0415 - see above

        return getattr(xlsform, name)
    raise AttributeError(name)
