"""Answers that are lists of choices. Layer: forms.engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from forms.engine.context import Context, Run
from forms.engine.functions.library import Function, eager
from forms.engine.values import WHITESPACE, Value, to_text, words_of

_WHOLE: Final = re.compile(r"\s*([+-]?\d+)", re.ASCII)


def whole_number(value: Value) -> int | None:
    """The whole number a text begins with, as ECMAScript's parseInt reads it."""
    match = _WHOLE.match(to_text(value))
    return int(match[1]) if match else None


def _selected(arguments: Sequence[Run]) -> Run:
    chosen, wanted = arguments

    def call(context: Context) -> Value:
        answer = to_text(chosen(context))
        word = to_text(wanted(context)).strip(WHITESPACE)
        return answer == word or word in words_of(answer)

    return call


def _selected_at(_context: Context, chosen: Value, index: Value) -> Value:
    words, at = words_of(to_text(chosen)), whole_number(index)
    return words[at] if at is not None and 0 <= at < len(words) else ""


def _count_selected(_context: Context, chosen: Value) -> Value:
    answer = to_text(chosen).strip(WHITESPACE)
    return float(len(words_of(answer))) if answer else 0.0


FUNCTIONS: Final = (
    Function("selected", 2, 2, _selected),
    eager("selected-at", 2, 2, _selected_at),
    eager("count-selected", 1, 1, _count_selected),
)
