"""XPath 1.0 as ODK forms write it: from text to a tree. Layer: forms.engine.

The tree is small frozen values; :mod:`forms.engine.expressions` turns it into something to run and
:mod:`forms.engine.dependencies` reads what it refers to. Expressions nest at most ``MAX_NESTING``
deep, so that no form can exhaust the stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from forms.engine.faults import ExpressionFault

MAX_NESTING: Final = 90
MAX_LENGTH: Final = 200_000


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments; ``name`` keeps its prefix, ``jr:itext``."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operator over two or more operands, left to right: ``a + b - c`` is two of these."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus in front."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. ``test`` is a name, ``*``, ``p:*`` or a node test, ``node()``."""

    axis: str
    test: str
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A location path. ``start`` is None (from here), ``/`` (from the top) or an expression."""

    start: Expression | str | None
    steps: tuple[Step, ...]


Expression = Number | Text | Call | Operation | Negation | Path

_TOKEN: Final = re.compile(
    r"""
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<mark>::|//|\.\.|!=|<=|>=|[()\[\]@,/|+\-=<>*.$])
    | (?P<name>[^\W\d][\w.\-]*(?::(?:[^\W\d][\w.\-]*|\*))?)
    | (?P<stray>[^\s])
    """,
    re.VERBOSE,
)
_AXES: Final = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    }
)
_NODE_TYPES: Final = frozenset({"node", "text", "comment", "processing-instruction"})
_BINDING: Final = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_UNARY: Final = 7
_CHAINS: Final = frozenset({"or", "and", "|", "+", "*"})
_MAX_CHAIN: Final = 250
_DOT: Final = Step("self", "node()")
_ANYWHERE: Final = Step("descendant-or-self", "node()")


@lru_cache(maxsize=8192)
def parse(source: str) -> Expression:
    """The tree of one expression. Raises ExpressionFault saying what was not understood and where."""
    if len(source) > MAX_LENGTH:
        raise ExpressionFault(f"An expression is {len(source)} characters long; {MAX_LENGTH} is the limit.")
    reader = _Reader(source)
    tree = reader.expression(0)
    if reader.kind:
        reader.stuck("did not expect")
    return tree


class _Reader:
    """Precedence climbing over a list of tokens."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens: list[tuple[str, str]] = []
        self.at = -1
        self.depth = 0
        self._scan()
        self.kind = self.text = ""
        self.advance()

    def _scan(self) -> None:
        for match in _TOKEN.finditer(self.source):
            kind = match.lastgroup or ""
            if kind == "stray":
                found = self.source[match.start(kind) :][:12]
                raise ExpressionFault(f"Cannot read “{found}” in the expression “{_short(self.source)}”.")
            self.tokens.append((kind, match[kind]))

    def advance(self) -> str:
        """Move to the next token; returns the text of the one left behind."""
        left = self.text
        self.at += 1
        if self.at < len(self.tokens):
            self.kind, self.text = self.tokens[self.at]
        else:
            self.kind = self.text = ""
        return left

    def peek(self) -> str:
        """The text of the token after the current one."""
        after = self.at + 1
        return self.tokens[after][1] if after < len(self.tokens) else ""

    def stuck(self, why: str) -> None:
        """Give up at the current token."""
        found = f"“{self.text}”" if self.kind else "the end"
        raise ExpressionFault(f"{why.capitalize()} {found} in the expression “{_short(self.source)}”.")

    def expect(self, mark: str) -> None:
        """Pass over a mark that must come now."""
        if self.kind != "mark" or self.text != mark:
            self.stuck(f"expected “{mark}” but found")
        self.advance()

    def expression(self, floor: int) -> Expression:
        """An expression whose operators bind tighter than ``floor``."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise ExpressionFault(
                f"An expression nests deeper than {MAX_NESTING} levels: “{_short(self.source)}”."
            )
        left = self._operand()
        links = 0
        while True:
            operator = self._operator()
            binding = _BINDING.get(operator, 0)
            if not binding or binding <= floor:
                break
            links += 1
            if links > _MAX_CHAIN:
                raise ExpressionFault(f"An expression chains too many operators: “{_short(self.source)}”.")
            operands = [left]
            while self._operator() == operator:
                self.advance()
                operands.append(self.expression(binding))
                if operator not in _CHAINS:
                    break
            left = Operation(operator, tuple(operands))
        self.depth -= 1
        return left

    def _operator(self) -> str:
        if self.kind == "mark" or (self.kind == "name" and self.text in ("or", "and", "div", "mod")):
            return self.text
        return ""

    def _operand(self) -> Expression:
        if self.kind == "mark" and self.text == "-":
            self.advance()
            return Negation(self.expression(_UNARY - 1))
        primary = self._primary()
        if primary is None:
            return self._location()
        predicates = self._predicates()
        if self.text not in ("/", "//") or self.kind != "mark":
            return Path(primary, (Step("self", "node()", predicates),)) if predicates else primary
        steps = [Step("self", "node()", predicates)] if predicates else []
        self._more_steps(steps)
        return Path(primary, tuple(steps))

    def _primary(self) -> Expression | None:
        if self.kind == "number":
            return Number(float(self.advance()))
        if self.kind == "text":
            return Text(self.advance()[1:-1])
        if self.kind == "mark" and self.text == "(":
            self.advance()
            inner = self.expression(0)
            self.expect(")")
            return inner
        if self.kind == "name" and self.peek() == "(" and self.text not in _NODE_TYPES:
            name = self.advance()
            return Call(name, self._arguments())
        if self.kind == "mark" and self.text == "$":
            raise ExpressionFault(
                f"“{_short(self.source)}” uses a variable ($…), which forms cannot set. "
                "In a spreadsheet, a reference to a question is written ${name}."
            )
        return None

    def _arguments(self) -> tuple[Expression, ...]:
        self.expect("(")
        arguments: list[Expression] = []
        while not (self.kind == "mark" and self.text == ")"):
            if arguments:
                self.expect(",")
            arguments.append(self.expression(0))
        self.advance()
        return tuple(arguments)

    def _predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.kind == "mark" and self.text == "[":
            self.advance()
            found.append(self.expression(0))
            self.expect("]")
        return tuple(found)

    def _location(self) -> Path:
        steps: list[Step] = []
        start: str | None = None
        if self.kind == "mark" and self.text == "/":
            start = "/"
            self.advance()
            if self._at_step():
                steps.append(self._step())
        elif self.kind == "mark" and self.text == "//":
            start = "/"
            self.advance()
            steps += [_ANYWHERE, self._step()]
        else:
            steps.append(self._step())
        self._more_steps(steps)
        return Path(start, tuple(steps))

    def _more_steps(self, steps: list[Step]) -> None:
        while self.kind == "mark" and self.text in ("/", "//"):
            if self.advance() == "//":
                steps.append(_ANYWHERE)
            steps.append(self._step())

    def _at_step(self) -> bool:
        return self.kind == "name" or (self.kind == "mark" and self.text in (".", "..", "@", "*"))

    def _step(self) -> Step:
        if not self._at_step():
            self.stuck("did not expect")
        axis = "child"
        if self.kind == "mark":
            mark = self.text
            if mark in (".", ".."):
                self.advance()
                return Step("self" if mark == "." else "parent", "node()", self._predicates())
            if mark == "@":
                axis = "attribute"
                self.advance()
        elif self.peek() == "::":
            axis = self.advance()
            self.advance()
            if axis not in _AXES:
                raise ExpressionFault(f"There is no axis “{axis}::” (in “{_short(self.source)}”).")
        return Step(axis, self._test(), self._predicates())

    def _test(self) -> str:
        if self.kind == "mark" and self.text == "*":
            return self.advance()
        if self.kind != "name":
            self.stuck("did not expect")
        name = self.advance()
        if name in _NODE_TYPES and self.kind == "mark" and self.text == "(":
            self.advance()
            if self.kind == "text":
                self.advance()
            self.expect(")")
            return f"{name}()"
        return name


def _short(source: str) -> str:
    text = " ".join(source.split())
    return text if len(text) <= 120 else f"{text[:117]}…"
