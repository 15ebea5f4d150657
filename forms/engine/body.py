"""The body of an XForm: which control asks which path. Layer: forms.engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from forms.engine.faults import ExpressionFault, FormRefused
from forms.engine.grammar import Path, parse
from forms.engine.names import (
    JR_COUNT,
    JR_NO_ADD_REMOVE,
    ODK,
    SETGEOPOINT,
    SETVALUE,
    XFORMS,
    XHTML,
    local,
    namespace,
)
from forms.engine.shapes import plain_path

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
CONTROLS: Final = frozenset({"input", "secret", "select", "select1", "rank", "range", "trigger", "upload"})
_SUPPORT: Final = frozenset(
    {"label", "hint", "help", "alert", "group-label", "output", "value", "item", "itemset"}
)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_PLAIN: Final = re.compile(r"\s*(?:/[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)+\s*")
_MAX_DEPTH: Final = 60


@dataclass(slots=True)
class Control:
    """One element of the body that refers to a path of the model."""

    element: Element
    path: str
    name: str
    """``group``, ``repeat`` or the control's name."""
    appearance: frozenset[str]
    label: Element | None = None
    hint: Element | None = None
    count: str | None = None
    no_add_remove: str | None = None
    setvalues: list[Element] = field(default_factory=list)


class Body:
    """Every control by the path it asks."""

    def __init__(self, body: Element, root_path: str) -> None:
        self.controls: dict[str, Control] = {}
        self.classes = frozenset((body.get("class") or "").split())
        for child in body.iterchildren(etree.Element):
            self._read(child, root_path, 0)

    def _read(self, element: Element, above: str, depth: int) -> None:
        name, space = local(element.tag), namespace(element.tag)
        if depth > _MAX_DEPTH:
            raise FormRefused(f"Groups nest deeper than {_MAX_DEPTH} levels (line {element.sourceline}).")
        if space not in (XFORMS, XHTML, "") and not space.startswith(ODK):
            return
        if name in _SUPPORT or element.tag in (SETVALUE, SETGEOPOINT):
            return
        if name == "group":
            self._group(element, above, depth)
        elif name == "repeat":
            self._repeat(element, above, depth, None)
        elif name in CONTROLS:
            self._control(element, above, name)
        else:
            raise FormRefused(
                f"The body has a <{name}> (line {element.sourceline}), a control this desk cannot show.",
                construct=name,
                line=element.sourceline,
            )

    def _group(self, element: Element, above: str, depth: int) -> None:
        path = _reference(element, above, "ref", "nodeset")
        repeats = [child for child in element.iterchildren(etree.Element) if local(child.tag) == "repeat"]
        for repeat in repeats:
            if path and _reference(repeat, above, "nodeset", "ref") == path:
                self._repeat(repeat, above, depth, element)
                return
        if path:
            self._add(Control(element, path, "group", _appearance(element), _child(element, "label")))
        for child in element.iterchildren(etree.Element):
            self._read(child, path or above, depth + 1)

    def _repeat(self, element: Element, above: str, depth: int, group: Element | None) -> None:
        path = _reference(element, above, "nodeset", "ref")
        if not path:
            raise FormRefused(f"A <repeat> (line {element.sourceline}) does not say which nodes it repeats.")
        outer = element if group is None else group
        both = [element] if group is None else [element, group]
        control = Control(
            element,
            path,
            "repeat",
            frozenset().union(*(_appearance(one) for one in both)),
            None if group is None else _child(outer, "label"),
        )
        control.count = next((one.get(JR_COUNT) for one in both if one.get(JR_COUNT) is not None), None)
        control.no_add_remove = next(
            (one.get(JR_NO_ADD_REMOVE) for one in both if one.get(JR_NO_ADD_REMOVE) is not None), None
        )
        control.setvalues = [child for one in both for child in _setvalues(one)]
        self._add(control)
        for child in element.iterchildren(etree.Element):
            self._read(child, path, depth + 1)

    def _control(self, element: Element, above: str, name: str) -> None:
        path = _reference(element, above, "ref", "nodeset", "bind")
        if not path:
            raise FormRefused(f"A <{name}> (line {element.sourceline}) does not say which question it asks.")
        control = Control(
            element, path, name, _appearance(element), _child(element, "label"), _child(element, "hint")
        )
        control.setvalues = _setvalues(element)
        self._add(control)

    def _add(self, control: Control) -> None:
        if control.path in self.controls:
            raise FormRefused(
                f"Two controls ask {control.path} (line {control.element.sourceline}). Keep one of them.",
                path=control.path,
            )
        self.controls[control.path] = control


def _setvalues(element: Element) -> list[Element]:
    return [child for child in element.iterchildren(etree.Element) if child.tag in (SETVALUE, SETGEOPOINT)]


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element.iterchildren(etree.Element) if local(child.tag) == name), None)


def _appearance(element: Element) -> frozenset[str]:
    return frozenset((element.get("appearance") or "").split())


def _reference(element: Element, above: str, *names: str) -> str:
    for name in names:
        source = element.get(name)
        if source is not None:
            return resolve(source, above, line_of(element))
    return ""


def line_of(element: Element) -> int:
    """The line an element stands in, 0 when it is not known."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def resolve(source: str, above: str, line: int) -> str:
    """The absolute path a reference stands for below ``above``."""
    if _PLAIN.fullmatch(source):
        return source.strip()
    try:
        tree = parse(source)
    except ExpressionFault as fault:
        raise FormRefused(f"{fault.message} (line {line})", line=line) from fault
    path = plain_path(tree, above) if isinstance(tree, Path) else ""
    if not path:
        raise FormRefused(f"“{source}” (line {line}) is not a plain path to a question.", line=line)
    return path


def bounds(control: Control) -> tuple[str, str, str]:
    """A range's start, end and step."""
    found = tuple(control.element.get(name, "") for name in ("start", "end", "step"))
    for name, text in zip(("start", "end", "step"), found, strict=True):
        if not _NUMBER.fullmatch(text):
            raise FormRefused(
                f"The range {control.path} needs a number for “{name}”, not “{text}”.", path=control.path
            )
    return found[0], found[1], found[2]
