"""How one function of the library is described and prepared. Layer: forms.engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forms.engine.context import Context, Run
from forms.engine.values import Value


@dataclass(frozen=True, slots=True)
class Function:
    """A function's name, how many arguments it takes (``most`` None: any number) and its maker.

    ``prepare`` gets the arguments made ready and gives the whole call made ready.
    """

    name: str
    least: int
    most: int | None
    prepare: Callable[[Sequence[Run]], Run]


def eager(name: str, least: int, most: int | None, work: Callable[..., Value]) -> Function:
    """A function that wants all its arguments computed: ``work(context, *values)``."""

    def prepare(arguments: Sequence[Run]) -> Run:
        if len(arguments) == 1:
            only = arguments[0]
            return lambda context: work(context, only(context))
        if len(arguments) == 2:
            first, second = arguments
            return lambda context: work(context, first(context), second(context))
        return lambda context: work(context, *[argument(context) for argument in arguments])

    return Function(name, least, most, prepare)


def here(context: Context) -> Value:
    """The context node, for functions whose argument may be left out."""
    return [context.node]
