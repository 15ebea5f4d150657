"""Submissions: the XML that leaves, and reading one back. Layer: forms.engine."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from lxml import etree

from forms.engine.closed_xml import parse
from forms.engine.definitions import Definition, Kind
from forms.engine.faults import FormRefused
from forms.engine.form import Form
from forms.engine.names import local, namespace
from forms.engine.tree import Element, Node, fixed_row
from ournydesk.domain.answers import Answer, Answers
from ournydesk.domain.ids import Path, RowId


def write(root: Node, namespaces: Mapping[str, str]) -> bytes:
    """The submission: relevant nodes only, values as they would be sent."""
    prefixes = {uri: prefix for prefix, uri in namespaces.items()}
    used = dict.fromkeys(_namespaces(root))
    declared = "".join(f' xmlns:{prefixes[uri]}="{_attribute(uri)}"' for uri in used if uri in prefixes)
    return "".join(_element(root, prefixes, declared)).encode("utf-8")


def _namespaces(node: Node) -> Iterator[str]:
    for one in node.walk():
        if one.rows is None:
            for name in (str(one.element.tag), *map(str, one.element.keys())):
                if namespace(name):
                    yield namespace(name)


def _element(node: Node, prefixes: Mapping[str, str], declared: str = "") -> Iterator[str]:
    if node.rows is not None:
        for row in node.rows:
            yield from _element(row, prefixes)
        return
    if not node.relevant or node.spec.is_attribute:
        return
    element = node.element
    name = _name(str(element.tag), prefixes)
    attributes = "".join(
        f' {_name(str(key), prefixes)}="{_attribute(str(text))}"' for key, text in element.attrib.items()
    )
    yield f"<{name}{declared}{attributes}"
    if node.spec.leaf:
        inside = [_text(node.text)]
    else:
        inside = [part for child in node.below() for part in _element(child, prefixes)]
    if any(inside):
        yield ">"
        yield from inside
        yield f"</{name}>"
    else:
        yield "/>"


def _name(tag: str, prefixes: Mapping[str, str]) -> str:
    prefix = prefixes.get(namespace(tag), "") if tag.startswith("{") else ""
    return f"{prefix}:{local(tag)}" if prefix else local(tag)


def _text(text: str) -> str:
    plain = unicodedata.normalize("NFC", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _attribute(text: str) -> str:
    plain = _text(text).replace('"', "&quot;")
    return plain.replace("\n", "&#10;").replace("\t", "&#9;")


def read(form: Form, untrusted: bytes) -> Answers:
    """The answers in a submission of this form. Rows get ids of their own, by their place.

    Raises FormRefused when it is no submission of this form.
    """
    root = parse(untrusted, "The submission")
    if local(root.tag) != form.root.name.rpartition(":")[2]:
        raise FormRefused(f"This is a submission of <{local(root.tag)}>, not of {form.id}.")
    if root.get("id", form.id) != form.id:
        raise FormRefused(f"This is a submission of the form {root.get('id')}, not of {form.id}.")
    values: dict[Path, Answer] = {}
    rows: dict[Path, tuple[RowId, ...]] = {}
    _collect(root, form.root, Path(form.root.path), values, rows)
    return Answers(values, rows)


def _collect(
    element: Element,
    definition: Definition,
    path: Path,
    values: dict[Path, Answer],
    rows: dict[Path, tuple[RowId, ...]],
) -> None:
    present: dict[str, list[Element]] = {}
    for child in element.iterchildren(etree.Element):
        present.setdefault(local(child.tag), []).append(child)
    for below in definition.children:
        found = present.get(below.name.rpartition(":")[2], [])
        inner = Path(f"{path}/{below.name}")
        if below.kind is Kind.REPEAT:
            ids = tuple(fixed_row(inner, index) for index in range(len(found)))
            rows[inner] = ids
            for row, one in zip(ids, found, strict=True):
                _collect(one, below, Path(f"{inner}[{row}]"), values, rows)
        elif not found:
            continue
        elif below.children:
            _collect(found[0], below, inner, values, rows)
        elif found[0].text:
            values[inner] = Answer(found[0].text)
