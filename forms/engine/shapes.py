"""Shapes of expressions: what can be told from a tree before it runs. Layer: forms.engine."""

from __future__ import annotations

from forms.engine.functions import CHANGING
from forms.engine.grammar import Call, Expression, Negation, Number, Operation, Path, Step, Text


def is_self(step: Step) -> bool:
    """Whether a step is a bare ``.``."""
    return step.axis == "self" and step.test == "node()" and not step.predicates


def plain_path(tree: Path, here: str) -> str:
    """The absolute path a predicate-free path stands for at ``here``; blank when it is none."""
    steps = tree.steps
    if tree.start == "/":
        parts: list[str] = []
    elif here and (tree.start is None or tree.start == Call("current", ())):
        parts = here.split("/")[1:]
    else:
        return ""
    for step in steps:
        if step.predicates:
            return ""
        if step.axis == "child" and step.test != "*" and not step.test.endswith(("()", ":*")):
            parts.append(step.test)
        elif step.axis == "attribute" and step.test != "*" and not step.test.endswith(("()", ":*")):
            parts.append(f"@{step.test}")
        elif step.axis == "parent" and step.test == "node()" and parts:
            parts.pop()
        elif step.axis != "self" or step.test != "node()":
            return ""
    return "/" + "/".join(parts) if parts else ""


def equality(predicate: Expression) -> tuple[tuple[str, ...], Expression, tuple[Expression, ...]] | None:
    """``key = value and rest…`` taken apart, where ``value`` is the same for every item."""
    parts = (
        predicate.operands
        if isinstance(predicate, Operation) and predicate.operator == "and"
        else (predicate,)
    )
    first, *rest = parts
    if any(counts(part) for part in rest) or not isinstance(first, Operation) or first.operator != "=":
        return None
    for key, value in (first.operands, first.operands[::-1]):
        names = _child_names(key)
        if names and not depends_on_context(value):
            return names, value, tuple(rest)
    return None


def _child_names(tree: Expression) -> tuple[str, ...]:
    if not isinstance(tree, Path) or tree.start is not None:
        return ()
    if any(step.axis != "child" or step.predicates or step.test.endswith(("()", "*")) for step in tree.steps):
        return ()
    return tuple(step.test for step in tree.steps)


def depends_on_context(tree: Expression) -> bool:
    """Whether the value can differ from one context node to the next."""
    match tree:
        case Path(start, _):
            if start is None:
                return True
            return not isinstance(start, str) and depends_on_context(start)
        case Call(name, arguments):
            needs = name in ("position", "last", "once", "jr:choice-name", "lang") or (
                not arguments and name in ("string", "number", "name", "local-name", "string-length")
            )
            return needs or any(depends_on_context(argument) for argument in arguments)
        case Operation(_, operands):
            return any(depends_on_context(operand) for operand in operands)
        case Negation(operand):
            return depends_on_context(operand)
        case Number() | Text():
            return False


def counts(tree: Expression) -> bool:
    """Whether a condition looks at its position among the others."""
    match tree:
        case Call(name, arguments):
            return name in ("position", "last") or any(counts(argument) for argument in arguments)
        case Operation(_, operands):
            return any(counts(operand) for operand in operands)
        case Negation(operand):
            return counts(operand)
        case Path() | Number() | Text():
            return False


def constant_truth(tree: Expression) -> bool | None:
    """What a constant condition always is; None when it has to be computed."""
    match tree:
        case Number(value):
            return bool(value)
        case Text(text):
            return bool(text)
        case Call("true", ()):
            return True
        case Call("false", ()):
            return False
        case _:
            return None


def changes(tree: Expression) -> bool:
    """Whether it asks the clock or chance, so that the answers alone do not settle it."""
    match tree:
        case Call(name, arguments):
            return name in CHANGING or any(changes(argument) for argument in arguments)
        case Operation(_, operands):
            return any(changes(operand) for operand in operands)
        case Negation(operand):
            return changes(operand)
        case Path(start, steps):
            inside = any(changes(one) for step in steps for one in step.predicates)
            return inside or (start is not None and not isinstance(start, str) and changes(start))
        case Number() | Text():
            return False


def settles(tree: Expression) -> bool:
    """Whether a calculation from its own value comes to rest: it is guarded by a condition."""
    match tree:
        case Call(name, arguments):
            return name in ("if", "coalesce", "once") or any(settles(argument) for argument in arguments)
        case Operation(_, operands):
            return any(settles(operand) for operand in operands)
        case Negation(operand):
            return settles(operand)
        case _:
            return False
