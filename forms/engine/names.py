"""Namespaces an XForm speaks, and names written the form's own way. Layer: forms.engine."""

from __future__ import annotations

from typing import Final

XFORMS: Final = "http://www.w3.org/2002/xforms"
XHTML: Final = "http://www.w3.org/1999/xhtml"
JAVAROSA: Final = "http://openrosa.org/javarosa"
OPENROSA: Final = "http://openrosa.org/xforms"
ODK: Final = "http://www.opendatakit.org/xforms"
XSD: Final = "http://www.w3.org/2001/XMLSchema"

H_HTML: Final = f"{{{XHTML}}}html"
H_HEAD: Final = f"{{{XHTML}}}head"
H_TITLE: Final = f"{{{XHTML}}}title"
H_BODY: Final = f"{{{XHTML}}}body"
MODEL: Final = f"{{{XFORMS}}}model"
INSTANCE: Final = f"{{{XFORMS}}}instance"
BIND: Final = f"{{{XFORMS}}}bind"
SETVALUE: Final = f"{{{XFORMS}}}setvalue"
SETGEOPOINT: Final = f"{{{ODK}}}setgeopoint"
ITEXT: Final = f"{{{XFORMS}}}itext"
TRANSLATION: Final = f"{{{XFORMS}}}translation"
TEXT: Final = f"{{{XFORMS}}}text"
JR_TEMPLATE: Final = f"{{{JAVAROSA}}}template"
JR_COUNT: Final = f"{{{JAVAROSA}}}count"
JR_NO_ADD_REMOVE: Final = f"{{{JAVAROSA}}}noAddRemove"


def local(tag: str) -> str:
    """The name without its ``{namespace}``."""
    return tag.rpartition("}")[2]


def namespace(tag: str) -> str:
    """The namespace of a ``{namespace}name`` tag, empty when it has none."""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def parent_path(path: str) -> str:
    """``/data/trips`` for ``/data/trips/left``; empty for the root."""
    return path.rpartition("/")[0]
