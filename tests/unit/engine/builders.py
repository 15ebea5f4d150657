"""Small forms for tests: something valid, of which a test states only what matters to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import quoteattr

from forms.engine import Form, Session, load_form

NOON: Final = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
ENVELOPE: Final = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms" '
    'xmlns:orx="http://openrosa.org/xforms" xmlns:ourny="https://ournydesk.example/xforms">'
    "<h:head><h:title>A form</h:title><model>{model}</model></h:head><h:body>{body}</h:body></h:html>"
)


def bind(path: str, **rules: str) -> str:
    """A ``<bind>``; ``jr_`` in a rule's name stands for the JavaRosa prefix."""
    attributes = "".join(f" {name.replace('jr_', 'jr:')}={quoteattr(text)}" for name, text in rules.items())
    return f'<bind nodeset="{path}"{attributes}/>'


def xml(instance: str = "<a/><b/>", binds: str = "", body: str = '<input ref="/data/a"/>') -> bytes:
    """An XForm around an instance's content."""
    model = f'<instance><data id="a-form" version="1">{instance}</data></instance>{binds}'
    return ENVELOPE.format(model=model, body=body).encode()


def a_form(
    instance: str = "<a/><b/>",
    binds: str = "",
    body: str = '<input ref="/data/a"/><input ref="/data/b"/>',
    files: Mapping[str, bytes] | None = None,
) -> Form:
    """A loaded form."""
    return load_form(xml(instance, binds, body), files or {})


def a_session(
    instance: str = "<a/><b/>", binds: str = "", body: str = "", **more: Mapping[str, bytes]
) -> Session:
    """A filling that has just begun."""
    controls = body or '<input ref="/data/a"/><input ref="/data/b"/>'
    return Session.start(a_form(instance, binds, controls, more.get("files")), NOON)


TRIPS: Final = '<trips jr:template=""><left/><back/><days/></trips><total/>'
TRIP_BINDS: Final = (
    bind("/data/trips/left", type="date", required="true()")
    + bind("/data/trips/back", type="date", constraint=". > ../left", jr_constraintMsg="Back after left.")
    + bind("/data/trips/days", calculate="../back - ../left")
    + bind("/data/total", calculate="sum(/data/trips/days)")
)
TRIP_BODY: Final = (
    '<group ref="/data/trips"><label>Trips</label><repeat nodeset="/data/trips">'
    '<input ref="/data/trips/left"><label>Left</label></input>'
    '<input ref="/data/trips/back"><label>Back, left <output value="../left"/></label></input>'
    "</repeat></group>"
)


def a_journey() -> Session:
    """A form with a repeat of trips and their sum."""
    return a_session(TRIPS, TRIP_BINDS, TRIP_BODY)
