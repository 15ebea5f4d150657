"""Parts of an XForm's model, found and tidied before they are understood. Layer: forms.engine."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from forms.engine import secondary
from forms.engine.faults import FormRefused
from forms.engine.instances import Source
from forms.engine.names import BIND, JR_TEMPLATE, local

MAX_PRIMARY: Final = 50_000
Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements


def namespaces(html: Element) -> dict[str, str]:
    """The prefixes a form declares anywhere."""
    found: dict[str, str] = {}
    for element in html.iter(etree.Element):
        for prefix, uri in element.nsmap.items() if element is html or element.prefix else ():
            if prefix and prefix not in found:
                found[str(prefix)] = str(uri)
    return found


def name_of(element: Element) -> str:
    """A name the form's own way, with its prefix."""
    prefix = element.prefix
    return f"{prefix}:{local(element.tag)}" if prefix else local(element.tag)


def path_of(root: Element) -> str:
    """The path of a root element."""
    return f"/{name_of(root)}"


def primary(instances: list[Element]) -> Element:
    """The answers' element as the form gives it, on its own and without white space."""
    if not instances:
        raise FormRefused("The model has no <instance> to fill.")
    roots = list(instances[0].iterchildren(etree.Element))
    root = next((one for one in roots if one.get("id") is not None), None)
    if root is None:
        raise FormRefused("The form's instance has no id. Give its first element an id attribute.")
    if sum(1 for _ in root.iter(etree.Element)) > MAX_PRIMARY:
        raise FormRefused(f"The form's instance has more than {MAX_PRIMARY} elements.")
    primary = copy.deepcopy(root)
    secondary.plain_names(primary)
    for element in primary.iter(etree.Element):
        if len(element):
            element.text = None
        element.tail = None
    return primary


def binds(model: Element) -> dict[str, Element]:
    """Every bind by the path it is about."""
    binds: dict[str, Element] = {}
    for bind in model.iterchildren(BIND):
        nodeset = bind.get("nodeset")
        if nodeset is None:
            raise FormRefused(f"A <bind> (line {bind.sourceline}) does not say which node it is about.")
        binds["".join(nodeset.split())] = bind
    return binds


def sources(instances: Iterable[Element], files: Mapping[str, bytes]) -> dict[str, Source]:
    """How each secondary instance is read when it is first asked for."""
    sources: dict[str, Source] = {}
    for instance in instances:
        name, source = instance.get("id"), instance.get("src")
        if name is None:
            raise FormRefused(
                f"A second <instance> (line {instance.sourceline}) has no id to be looked up by."
            )
        if source is None:
            sources[name] = inline(instance)
        else:
            loaded = secondary.external(name, source, files)
            sources[name] = kept(loaded)
    return sources


def inline(instance: Element) -> Source:
    """An instance written in the form, tidied when it is first asked for."""
    return lambda: secondary.inline(copy.deepcopy(instance))


def kept(element: Element | None) -> Source:
    """An instance that was read already."""
    return lambda: element


def template_of(same: list[Element]) -> tuple[Element, list[Element]]:
    """A repeat's template and the rows it starts with."""
    first = same[0]
    if first.get(JR_TEMPLATE) is not None:
        template = copy.deepcopy(first)
        template.attrib.pop(JR_TEMPLATE)
        return template, same[1:]
    template = copy.deepcopy(first)
    for element in template.iter(etree.Element):
        if not len(element):
            element.text = None
    return template, same
