"""Values a form asks the device for: ids, times, the person at the desk. Layer: forms.engine.

Source: ODK XForms specification, "Preload attributes".
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final

from forms.engine.machine import Machine
from forms.engine.moments import Moment, to_millis
from forms.engine.names import local
from forms.engine.tree import Node

PROPERTIES: Final = frozenset({"deviceid", "email", "phonenumber", "username"})


def first_load(machine: Machine, properties: Mapping[str, str]) -> None:
    """Fill in what is known when a filling begins."""
    for node in machine.root.walk():
        if node.spec.leaf and node.rows is None and node.spec.preload[0]:
            text = _value(machine, node, properties)
            if text:
                node.kept = node.spec.codec(text)


def last_moment(machine: Machine) -> None:
    """Fill in what is known only when the filling is sent: the time of its end."""
    for node in machine.root.walk():
        if node.spec.preload == ("timestamp", "end"):
            machine.write(node, node.spec.codec(_now(machine)), keep=True)


def _value(machine: Machine, node: Node, properties: Mapping[str, str]) -> str:
    kind, parameter = node.spec.preload
    match kind:
        case "uid":
            return f"uuid:{uuid.uuid4()}"
        case "date":
            return machine.world.now.strftime("%Y-%m-%d")
        case "timestamp" if parameter != "end":
            return _now(machine)
        case "property" if parameter in PROPERTIES:
            return properties.get(parameter, "")
        case _:
            return ""


def _now(machine: Machine) -> str:
    return Moment(to_millis(machine.world.now), machine.world.zone).written()


def instance_id(machine: Machine) -> Node | None:
    """The node that holds the instance's id."""
    for child in machine.root.kids.values():
        if local(str(child.element.tag)) == "meta":
            for node in child.kids.values():
                if local(str(node.element.tag)) == "instanceID":
                    return node
    return None
