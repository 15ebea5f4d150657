"""The function library of ODK XForms, one module a subject. Layer: forms.engine.

Names, arguments and results: https://getodk.github.io/xforms-spec/#xpath-functions and, where the
text leaves room, what ODK's web engine does.
"""

from __future__ import annotations

from typing import Final

from forms.engine.functions import (
    dates,
    geography,
    logic,
    nodes,
    numeric,
    selections,
    text,
)
from forms.engine.functions.library import Function

LIBRARY: Final[dict[str, Function]] = {
    function.name: function
    for module in (dates, geography, logic, nodes, numeric, selections, text)
    for function in module.FUNCTIONS
}
"""Every function by the name a form writes; those of JavaRosa start with ``jr:``."""

CHANGING: Final = frozenset({"now", "today", "random", "uuid", "randomize", "once"})
"""Functions whose result is not settled by the answers alone; what they gave must be kept."""
