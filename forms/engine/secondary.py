"""Reading secondary instances: inside the form, XML, CSV and GeoJSON beside it. Layer: forms.engine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from forms.engine.closed_xml import parse
from forms.engine.faults import FormRefused
from forms.engine.numbers import write_number

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
_SEPARATORS: Final = ",;\t|"
LAST_SAVED: Final = "jr://instance/last-saved"


def inline(instance: Element) -> Element:
    """An instance written in the form, its unprefixed names freed of the default namespace."""
    plain_names(instance)
    return instance


def plain_names(root: Element) -> None:
    """Take the default namespace off every unprefixed element: forms name them without one."""
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        prefix: str | None = element.prefix
        if not prefix and tag.startswith("{"):
            element.tag = tag[tag.index("}") + 1 :]


def file_name(source: str) -> str:
    """``towns.csv`` for ``jr://file-csv/towns.csv``."""
    return source.rpartition("/")[2]


def external(instance: str, source: str, files: Mapping[str, bytes]) -> Element | None:
    """The instance kept in a file beside the form; None when it is blank by design.

    Raises FormRefused when the file is missing or is not what its name says.
    """
    if source.startswith(LAST_SAVED):
        return None
    name = file_name(source)
    untrusted = files.get(name)
    if untrusted is None:
        raise FormRefused(
            f"The form looks things up in “{name}” (instance “{instance}”), which is not beside it.",
            file=name,
            instance=instance,
        )
    if "file-csv" in source or name.lower().endswith(".csv"):
        return _wrapped(instance, _csv_root(name, untrusted))
    if name.lower().endswith((".geojson", ".json")):
        return _wrapped(instance, _geojson_root(name, untrusted))
    root = parse(untrusted, f"The file {name}")
    plain_names(root)
    return _wrapped(instance, root)


def _wrapped(instance: str, root: Element) -> Element:
    wrapper = etree.Element("instance", id=instance)
    wrapper.append(root)
    return wrapper


def _csv_root(name: str, untrusted: bytes) -> Element:
    try:
        text = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormRefused(
            f"The file {name} is not UTF-8 text. Save it as CSV in UTF-8.", file=name
        ) from error
    if "\0" in text:
        raise FormRefused(f"The file {name} holds a null character; it is no CSV.", file=name)
    text = text.rstrip("\r\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    root = etree.Element("root")
    try:
        header = next(reader, [])
        if not header:
            raise FormRefused(f"The file {name} has no columns in its first line.", file=name)
        for cell in header:
            _name_check(cell, name)
        for number, row in enumerate(reader, 2):
            while len(row) > len(header) and not row[-1]:
                row.pop()
            if len(row) > len(header):
                raise FormRefused(f"The file {name}, line {number}, has more cells than columns.", file=name)
            _item(root, zip(header, row + [""] * (len(header) - len(row)), strict=True))
    except csv.Error as error:
        raise FormRefused(f"The file {name} is not a CSV table: {error}.", file=name) from error
    except ValueError as error:
        raise FormRefused(f"The file {name} holds text that XML cannot: {error}.", file=name) from error
    return root


def _name_check(cell: str, name: str) -> None:
    try:
        etree.Element(cell)
    except ValueError as error:
        raise FormRefused(
            f"The file {name} has a column “{cell}”, which cannot be a name in a form. "
            "Use letters, digits and _ only, beginning with a letter.",
            file=name,
        ) from error


def _separator(text: str) -> str:
    line = text.partition("\n")[0]
    counts = {mark: line.count(mark) for mark in _SEPARATORS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def _item(root: Element, cells: Iterable[tuple[str, str]]) -> None:
    item = etree.SubElement(root, "item")
    for column, text in cells:
        etree.SubElement(item, column).text = text


def _geojson_root(name: str, untrusted: bytes) -> Element:
    try:
        value = json.loads(untrusted)
    except (ValueError, RecursionError) as error:
        raise FormRefused(f"The file {name} is not GeoJSON.", file=name) from error
    if not isinstance(value, dict) or value.get("type") != "FeatureCollection":
        raise FormRefused(f"The file {name} is GeoJSON, but no FeatureCollection.", file=name)
    features = value.get("features")
    if not isinstance(features, list):
        raise FormRefused(f"The file {name} has no list of features.", file=name)
    root = etree.Element("root")
    for number, feature in enumerate(features, 1):
        try:
            _item(root, _feature(feature))
        except (ValueError, TypeError, KeyError) as error:
            raise FormRefused(f"The file {name}, feature {number}: {error}.", file=name) from error
    return root


def _feature(feature: object) -> list[tuple[str, str]]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError("it is no Feature")
    cells = [("geometry", _geometry(feature.get("geometry")))]
    found = feature.get("properties")
    properties = dict(found) if isinstance(found, dict) else {}
    identity = feature.get("id", properties.pop("id", None))
    if identity is not None:
        cells.append(("id", _written(identity)))
    return cells + [(key, _written(value)) for key, value in properties.items() if key != "id"]


def _geometry(geometry: object) -> str:
    if not isinstance(geometry, dict):
        raise TypeError("it has no geometry")
    places = geometry.get("coordinates")
    match geometry.get("type"):
        case "Point":
            points = [places]
        case "LineString":
            points = list(places or [])
        case "Polygon":
            rings = list(places or [])
            if len(rings) > 1:
                raise ValueError("a polygon with holes is not supported")
            points = list(rings[0]) if rings else []
        case other:
            raise ValueError(f"{other} is not supported; use Point, LineString or Polygon")
    return "; ".join(_point(point) for point in points)


def _point(point: object) -> str:
    if (
        not isinstance(point, list)
        or len(point) != 2
        or any(isinstance(number, bool) or not isinstance(number, (int, float)) for number in point)
    ):
        raise ValueError("a place is not [longitude, latitude]")
    return f"{_written(point[1])} {_written(point[0])} 0 0"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return write_number(float(value))
    return "null" if value is None else str(value)
