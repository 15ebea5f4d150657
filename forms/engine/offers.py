"""What a question offers, and what of an answer it still does. Layer: forms.engine."""

from __future__ import annotations

from forms.engine.context import Context, World
from forms.engine.model import Itemset, Spec
from forms.engine.tree import Element
from forms.engine.values import Node, node_text, to_text


def shown(kept: str, spec: Spec, offered: tuple[str, ...]) -> str:
    """The part of a kept answer that can be chosen now; a ranking is completed."""
    control = spec.definition.control
    if control == "select1":
        return kept if kept in offered else ""
    known = set(offered)
    chosen = [word for word in kept.split(" ") if word in known]
    if control == "rank":
        return " ".join(dict.fromkeys([*chosen, *offered]))
    return " ".join(chosen)


def item_value(itemset: Itemset, item: Node, world: World) -> str:
    """The value of one offered node."""
    if itemset.value_tag and isinstance(item, Element):
        for child in item.iterchildren(itemset.value_tag):
            return node_text(child)
        return ""
    return to_text(itemset.value.run(Context(world, item, item)))
