"""What an expression may yield, and ODK's casts between them. Layer: forms.engine.

A value is a ``str``, ``float``, ``bool``, :class:`Moment` or a list of nodes in document order.
Nodes are lxml elements, :class:`Attribute`, :class:`TextNode` or :class:`Document`. The casts are
those of the ODK XForms specification as its web engine applies them: blank is no number, a date is
a number of days, true is ``true``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import tzinfo
from typing import Final

from lxml import etree

from forms.engine.closed_xml import string_of
from forms.engine.moments import Moment, looks_like_moment, read_moment
from forms.engine.numbers import NAN, read_number, write_number

WHITESPACE: Final = " \t\r\n"
"""What XML and XPath call white space."""


class Document:
    """The node above a root element: what ``/`` stands for."""

    __slots__ = ("root",)

    def __init__(self, root: etree._Element) -> None:
        self.root = root


class Attribute:
    """An attribute as a node; equal to another one of the same element and name."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: etree._Element, name: str) -> None:
        self.owner = owner
        self.name = name

    @property
    def value(self) -> str:
        """Its text now."""
        return str(self.owner.get(self.name, ""))

    @property
    def text(self) -> str | None:
        """Its text now, under the name elements have for theirs."""
        return self.value

    @text.setter
    def text(self, text: str) -> None:
        self.owner.set(self.name, text)

    @property
    def tag(self) -> str:
        """Its name, ``{uri}name`` when it has a namespace."""
        return self.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Attribute) and other.owner is self.owner and other.name == self.name

    def __hash__(self) -> int:
        return hash((id(self.owner), self.name))


class TextNode:
    """The text of an element as a node."""

    __slots__ = ("owner", "value")

    def __init__(self, owner: etree._Element, value: str) -> None:
        self.owner = owner
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextNode) and other.owner is self.owner and other.value == self.value

    def __hash__(self) -> int:
        return hash((id(self.owner), self.value))


Node = etree._Element | Attribute | TextNode | Document  # noqa: SLF001 - lxml has no public name for it
Value = str | float | bool | Moment | list[Node]


def node_text(node: Node) -> str:
    """The string-value of one node."""
    if isinstance(node, etree._Element):  # noqa: SLF001 - the only name lxml gives its elements
        return (node.text or "") if not len(node) else string_of(node)
    if isinstance(node, Document):
        return string_of(node.root)
    return node.value


def to_text(value: Value) -> str:
    """ODK's cast to text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return node_text(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Moment):
        return value.written()
    return write_number(value)


def text_to_number(text: str, zone: tzinfo) -> float:
    """A text in a numeric place: NaN when blank, days when it is a date, else its number."""
    if not text:
        return NAN
    if looks_like_moment(text):
        moment = read_moment(text, zone)
        if moment is not None:
            return moment.days
    return read_number(text)


def node_to_number(node: Node, zone: tzinfo) -> float:
    """A node in a numeric place; one of nothing but white space is no number."""
    text = node_text(node)
    return text_to_number(text, zone) if text.strip(WHITESPACE) else NAN


def to_number(value: Value, zone: tzinfo) -> float:
    """ODK's cast to a number."""
    if value.__class__ is float:
        return value
    if isinstance(value, list):
        return node_to_number(value[0], zone) if value else NAN
    if isinstance(value, str):
        return text_to_number(value, zone)
    if isinstance(value, Moment):
        return value.days
    return float(value)


def to_boolean(value: Value) -> bool:
    """ODK's cast to true or false: a node-set is true when it has a node, even a blank one."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (str, list)):
        return bool(value)
    if isinstance(value, Moment):
        if value.text is not None:
            return True
        return bool(value.millis)
    return value != 0 and not math.isnan(value)


def equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """``left = right``."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, list):
        if isinstance(right, list):
            if len(left) == 1 and len(right) == 1:
                return node_text(left[0]) == node_text(right[0])
            texts = {node_text(node) for node in right}
            return any(node_text(node) in texts for node in left)
        if isinstance(right, str):
            return any(node_text(node) == right for node in left)
        number = to_number(right, zone)
        return any(node_to_number(node, zone) == number for node in left)
    if isinstance(right, list):
        return equal(right, left, zone)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left, zone) == to_number(right, zone)


def unequal(left: Value, right: Value, zone: tzinfo) -> bool:
    """``left != right``; with node-sets, true when any pair differs."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) != to_boolean(right)
    if isinstance(left, list):
        if isinstance(right, list):
            texts = [node_text(node) for node in right]
            return any(node_text(node) != text for node in left for text in texts)
        if isinstance(right, str):
            return any(node_text(node) != right for node in left)
        number = to_number(right, zone)
        return any(node_to_number(node, zone) != number for node in left)
    if isinstance(right, list):
        return unequal(right, left, zone)
    return not equal(left, right, zone)


def ordered(left: Value, right: Value, zone: tzinfo, test: Callable[[float, float], bool]) -> bool:
    """``<``, ``<=``, ``>`` and ``>=``: always between numbers."""
    if isinstance(left, list):
        if len(left) == 1 and not isinstance(right, list):
            return test(node_to_number(left[0], zone), to_number(right, zone))
        numbers = numbers_of(right, zone)
        return any(test(node_to_number(node, zone), number) for node in left for number in numbers)
    if isinstance(right, list):
        number = to_number(left, zone)
        return any(test(number, node_to_number(node, zone)) for node in right)
    return test(to_number(left, zone), to_number(right, zone))


def numbers_of(value: Value, zone: tzinfo) -> list[float]:
    """Every node's number, or the one number."""
    if isinstance(value, list):
        return [node_to_number(node, zone) for node in value]
    return [to_number(value, zone)]


def texts_of(value: Value) -> list[str]:
    """Every node's text, or the one text."""
    return [node_text(node) for node in value] if isinstance(value, list) else [to_text(value)]


def booleans_of(value: Value) -> list[bool]:
    """Every node's truth (a blank node is false), or the one truth."""
    if isinstance(value, list):
        return [bool(node_text(node).strip(WHITESPACE)) for node in value]
    return [to_boolean(value)]


def words_of(text: str) -> list[str]:
    """The words of a space-separated list; blank text is one blank word, as ODK counts them."""
    if " " not in text and text.isalnum():
        return [text]
    trimmed = text.strip(WHITESPACE)
    if not any(mark in trimmed for mark in WHITESPACE):
        return [trimmed]
    return [
        word for word in trimmed.replace("\t", " ").replace("\r", " ").replace("\n", " ").split(" ") if word
    ]
