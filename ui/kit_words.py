"""How the recovery kit stands, in one line, on the team's page and its own. Layer: ui, without Qt."""

from __future__ import annotations

from datetime import date

from ournydesk.domain.days import english_day
from ournydesk.domain.recovery import KitStatus
from ui.i18n import tr

MONTH = 30.4


def kit_line(kit: KitStatus) -> str:
    """As in: Kit made on 3 May 2026; last opened in a drill 14 months ago: a drill is due."""
    if kit.waiting and not kit.name:
        return tr("A kit was made. It works as soon as a second person has signed for it.")
    if not kit.name:
        return tr("There is no recovery kit. If every coordinator lost their words, the cases would be lost.")
    made = _made(kit)
    if kit.opened is not None:
        told = tr("{made}; last opened in a drill {ago}", made=made, ago=_ago(kit.opened, kit.today))
    elif kit.made is not None:
        told = tr("{made}; no drill yet", made=made)
    else:
        told = tr("{made}; never opened from this desk", made=made)
    return tr("{told}: a drill is due.", told=told) if kit.due else f"{told}."


def _made(kit: KitStatus) -> str:
    if kit.made is None:
        return tr("The team has a recovery kit")
    return tr("Kit made on {day}", day=english_day(kit.made))


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    if days < 1:
        return tr("today")
    if days < 2 * MONTH:
        return tr("{n} days ago", n=days) if days > 1 else tr("yesterday")
    return tr("{n} months ago", n=int(days / MONTH))
