"""Whether the edition on this desk may still be printed, and who says so. Layer: services.

What a coordinator confirms travels to every desk as signed team data; outside a team it is kept in the
vault. An attorney may print an edition that is over, with a reason that is signed into the reading log.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from ournydesk.clock import Clock
from ournydesk.domain.editions import Standing
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import RecordId
from ournydesk.errors import BadInput, Refused
from ournydesk.ports import OpenVault
from ournydesk.services import reading_log
from ournydesk.services.membership import identity_of, team_of
from ournydesk.services.publishing import BLANK, EDITION, publish, published

MOST_REASON: Final = 500
_KEPT: Final = "edition."


def standing(form: str, *, vault: OpenVault) -> Standing | None:
    """What is known of the blank on this desk; None without a blank."""
    card = next((each for each in vault.blanks.cards() if each.form == form), None)
    if card is None:
        return None
    told = [facts for facts in _told(form, vault) if facts.get("edition") == card.edition]
    imported = card.imported_at.astimezone().date() if card.imported_at and not told else None
    return Standing(
        form=form,
        edition=card.edition,
        expires=card.expires,
        confirmed=_day(max((facts.get("confirmed", "") for facts in told), default="")) or imported,
        until=next((_day(facts["until"]) for facts in told if "until" in facts), None),
    )


def confirm(form: str, until: date | None, *, vault: OpenVault, clock: Clock) -> Standing:
    """Say that the agency's site was looked at today, and until when it takes this edition.

    In a team this is signed and sent to every desk. Raises Refused("refused.no_blank"), and
    Refused("refused.shut_out") where somebody else decides for the team.
    """
    known = standing(form, vault=vault)
    if known is None:
        raise Refused("refused.no_blank", form=form)
    facts = {
        "edition": known.edition,
        "confirmed": clock.today().isoformat(),
        "until": until.isoformat() if until else "",
    }
    identity = vault.membership.identity()
    if identity is not None and identity.member:
        publish(EDITION, form, facts, vault=vault, clock=clock)
    else:
        for name, value in facts.items():
            vault.preferences.set(f"{_KEPT}{form}.{name}", value)
    return Standing(
        form=form, edition=known.edition, expires=known.expires, confirmed=clock.today(), until=until
    )


def check(form: str, *, record: RecordId, reason: str = "", vault: OpenVault, clock: Clock) -> None:
    """Nothing of an edition that is over is printed, but by an attorney who signs why.

    Raises Refused("refused.edition_over") with ``edition`` and ``until``, Refused("refused.not_attorney").
    """
    known = standing(form, vault=vault)
    if known is None or not known.over(clock.today()):
        return
    if not reason.strip():
        until = known.until.isoformat() if known.until else ""
        raise Refused("refused.edition_over", form=form, edition=known.edition, until=until)
    if len(reason) > MOST_REASON:
        raise BadInput(f"A reason has at most {MOST_REASON} characters.")
    member = team_of(vault).member_of(identity_of(vault).device)
    if member is None or member.role is not Role.ATTORNEY:
        raise Refused("refused.not_attorney")
    words = " ".join(reason.split())
    said = f"printed {form} edition {known.edition}, accepted until {known.until}, for {record}: {words}"
    reading_log.note(said, vault=vault, clock=clock)


def _told(form: str, vault: OpenVault) -> list[Mapping[str, str]]:
    identity = vault.membership.identity()
    if identity is not None and identity.member:
        sent = (published(vault, what).get(form) for what in (BLANK, EDITION))
        return [each.facts for each in sent if each is not None and each.facts.get("confirmed")]
    names = ("edition", "confirmed", "until")
    kept = {name: vault.preferences.get(f"{_KEPT}{form}.{name}") for name in names}
    return [kept] if kept["confirmed"] else []


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None  # what another desk wrote is not believed further than it can be read
