"""Truth: conditions, checklists, patterns. Layer: forms.engine."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from lxml import etree

from forms.engine.context import Context, Run
from forms.engine.faults import ExpressionFault
from forms.engine.functions.library import Function, eager
from forms.engine.patterns import matches
from forms.engine.values import (
    Attribute,
    Value,
    booleans_of,
    numbers_of,
    to_boolean,
    to_number,
    to_text,
)

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def _if(arguments: Sequence[Run]) -> Run:
    condition, then, otherwise = arguments
    return lambda context: then(context) if to_boolean(condition(context)) else otherwise(context)


def _not(arguments: Sequence[Run]) -> Run:
    (operand,) = arguments
    return lambda context: not to_boolean(operand(context))


def _coalesce(arguments: Sequence[Run]) -> Run:
    first, second = arguments
    return lambda context: to_text(first(context)) or to_text(second(context))


def _once(arguments: Sequence[Run]) -> Run:
    (operand,) = arguments
    return lambda context: to_text([context.node]) or to_text(operand(context))


def _true(_context: Context) -> Value:
    return True


def _false(_context: Context) -> Value:
    return False


def _boolean(_context: Context, value: Value) -> Value:
    return to_boolean(value)


def _boolean_from_string(_context: Context, value: Value) -> Value:
    return to_text(value) in ("1", "true")


def _bounds(context: Context, least: Value, most: Value) -> tuple[float, float]:
    zone = context.world.zone
    low, high = to_number(least, zone), to_number(most, zone)
    return low, math.inf if high == -1 else high


def _checklist(context: Context, least: Value, most: Value, *values: Value) -> Value:
    low, high = _bounds(context, least, most)
    satisfied = sum(truth for value in values for truth in booleans_of(value))
    return low <= satisfied <= high


def _weighted_checklist(context: Context, least: Value, most: Value, *values: Value) -> Value:
    if len(values) % 2:
        raise ExpressionFault("weighted-checklist() wants a weight after every value; one is missing.")
    low, high = _bounds(context, least, most)
    total = 0.0
    for value, weight in zip(values[::2], values[1::2], strict=True):
        truths, weights = booleans_of(value), numbers_of(weight, context.world.zone)
        if len(weights) > len(truths):
            return False
        total += sum(heavy for truth, heavy in zip(truths, weights, strict=False) if truth)
    return low <= total <= high


def _regex(_context: Context, value: Value, pattern: Value) -> Value:
    return matches(to_text(pattern), to_text(value))


def _lang(context: Context, wanted: Value) -> Value:
    language = to_text(wanted).lower()
    node = context.node.owner if isinstance(context.node, Attribute) else context.node
    element = node if isinstance(node, etree._Element) else None  # noqa: SLF001 - lxml's only name for it
    while element is not None and language:
        spoken = element.get(_XML_LANG)
        if spoken is not None:
            return spoken.lower() == language or spoken.lower().startswith(f"{language}-")
        element = element.getparent()
    return False


FUNCTIONS: Final = (
    Function("if", 3, 3, _if),
    Function("not", 1, 1, _not),
    Function("coalesce", 2, 2, _coalesce),
    Function("once", 1, 1, _once),
    eager("true", 0, 0, _true),
    eager("false", 0, 0, _false),
    eager("boolean", 1, 1, _boolean),
    eager("boolean-from-string", 1, 1, _boolean_from_string),
    eager("checklist", 2, None, _checklist),
    eager("weighted-checklist", 2, None, _weighted_checklist),
    eager("regex", 2, 2, _regex),
    eager("lang", 1, 1, _lang),
)
