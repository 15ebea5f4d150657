"""Printing: the agency's own form, and the packet. Layer: services.

Drawing is passed in: services know what is to be printed, ``forms.paper`` knows how. Every call here
may take a second; it belongs on the paper lane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from forms.engine import Session
from forms.library.items import items_of
from ournydesk.clock import Clock
from ournydesk.domain.documents import BlankCard, Packet, Printout
from ournydesk.errors import Refused
from ournydesk.ports import Blanks
from ournydesk.services.intakes import OpenedIntake

OFFICIAL_FORMS: Final = {"naturalization": "n-400"}
"""Which agency form an intake's answers fill, by the intake's form id."""

Items = Mapping[str, object]
FillOfficial = Callable[[str, bytes, Items], Printout]
"""Fill the blank of the named agency form with items."""
DrawPacket = Callable[[Packet], Printout]
Inspect = Callable[[bytes], BlankCard]
BuildPacket = Callable[[Session, OpenedIntake], Packet]


def official_form(form_id: str) -> str | None:
    """The agency form that an intake of this form fills, None when there is none."""
    return OFFICIAL_FORMS.get(form_id)


def import_blank(untrusted: bytes, *, inspect: Inspect, blanks: Blanks, clock: Clock) -> BlankCard:
    """Keep an agency blank after its edition and fields were checked.

    Raises BadInput with one sentence for anything that is not a blank this desk knows.
    """
    return blanks.keep(inspect(untrusted), untrusted, clock.now())


def official(
    opened: OpenedIntake, *, blanks: Blanks, fill: FillOfficial, clock: Clock
) -> Callable[[], Printout]:
    """What fills the agency's form with this intake's answers; filling touches no vault.

    Raises Refused("refused.no_official") for an intake that fills none, Refused("refused.no_blank")
    when its blank was not imported yet.
    """
    form = official_form(opened.head.form_id)
    if form is None:
        raise Refused("refused.no_official", form=opened.head.form_id)
    blank = blanks.pdf(form)
    if blank is None:
        raise Refused("refused.no_blank", form=form)

    def draw() -> Printout:
        session = Session.open(opened.form, opened.answers, clock.now())
        return fill(form, blank, items_of(session))

    return draw


def packet(opened: OpenedIntake, *, build: BuildPacket, draw: DrawPacket, clock: Clock) -> Printout:
    """The packet in two languages, with the attorney's sheet."""
    session = Session.open(opened.form, opened.answers, clock.now())
    built = build(session, opened)
    return replace(draw(built), left_off=())
