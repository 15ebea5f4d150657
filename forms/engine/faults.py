"""How a form or a step is turned down. Layer: forms.engine.

::

    Refused (ournydesk.errors)
    ├─ BadInput
    │  └─ FormRefused        "refused.form"   the form itself cannot be used: construct and place
    │     └─ ExpressionFault "refused.form"   one expression cannot be read or computed
    └─ StepRefused           "refused.step"   this step does not fit the form as it stands now
"""

from __future__ import annotations

from ournydesk.errors import BadInput, Refused


class FormRefused(BadInput):
    """A form that cannot be loaded. ``message`` names the construct, its place and the way out."""

    code = "refused.form"


class ExpressionFault(FormRefused):
    """An expression that cannot be read, or fails on these answers."""


class StepRefused(Refused):
    """A step the form does not allow now. ``facts``: ``path``, ``why`` and what that needs.

    ``why`` is ``unknown``, ``readonly``, ``irrelevant``, ``calculated``, ``not_a_question``,
    ``not_a_repeat``, ``counted`` (rows follow ``jr:count`` or ``jr:noAddRemove``), ``no_such_row``,
    ``row_exists``, ``too_many_rows``, ``rank_incomplete`` or ``not_text``.
    """

    code = "refused.step"
