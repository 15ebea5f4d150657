"""XML read behind a closed door: no entities, no DTD, no network, bounded. Layer: forms.engine."""

from __future__ import annotations

from typing import Final

from lxml import etree

from forms.engine.faults import FormRefused

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest XML document that is read at all."""
MAX_DEPTH: Final = 200
"""How deep elements may nest; libxml2's own ceiling without ``huge_tree`` is 256."""


def parse(untrusted: bytes, what: str) -> etree._Element:
    """The root element of a document from outside.

    Raises FormRefused for anything that is not plain, bounded XML: malformed text, a document type
    declaration (the door to entity bombs and external entities), too many bytes, too deep.
    """
    if len(untrusted) > MAX_BYTES:
        raise FormRefused(f"{what} is larger than {MAX_BYTES // 2**20} MB. Split it or trim it.")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
        strip_cdata=True,
    )
    try:
        root = etree.fromstring(untrusted, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise FormRefused(
            f"{what} is not well-formed XML (line {line}): {_first_line(error)}.", line=line
        ) from error
    except ValueError as error:
        raise FormRefused(f"{what} is not text that XML can hold: {_first_line(error)}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormRefused(
            f"{what} carries a document type declaration (<!DOCTYPE …>). Forms need none; take it out."
        )
    return root


def _first_line(error: Exception) -> str:
    line = str(error).partition("\n")[0].partition(", line ")[0]
    return line.rstrip(".") or type(error).__name__


def string_of(element: etree._Element) -> str:
    """All text inside an element, in document order, as XPath's ``string()`` gives it."""
    if not len(element):
        return element.text or ""
    return "".join(map(str, element.itertext(etree.Element)))
