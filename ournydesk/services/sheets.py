"""Terms, the attorney's docket and an incident's report, built from the records. Layer: services."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from forms.engine import Session, language_code
from ournydesk.domain.case import CaseRow
from ournydesk.domain.days import english_day
from ournydesk.domain.documents import Bilingual, PacketRow
from ournydesk.domain.incident import Consents, Recipient, Scope
from ournydesk.domain.intake import IntakeHead
from ournydesk.domain.record import Choice
from ournydesk.domain.sheets import Grid, Part, Saying, Sheet, SheetKind, Signing, Stated
from ournydesk.errors import Refused
from ournydesk.services.documents import build_packet, coded, heard

CONSENT: Final = "/data/consent"
SHARING: Final = "/data/sharing"
_NOTHING: Final = Bilingual(english="")
_RECIPIENTS: Final = {
    Recipient.STATISTICS: "Statistics",
    Recipient.INTERNAL: "Our own staff",
    Recipient.PARTNERS: "Partner organizations",
    Recipient.ATTORNEY: "An attorney",
    Recipient.STATE: "The state's human rights division",
    Recipient.CITY: "The city's human rights commission",
    Recipient.ATTORNEY_GENERAL: "The attorney general",
    Recipient.DISTRICT_ATTORNEY: "The district attorney",
    Recipient.POLICE: "The police",
    Recipient.FEDERAL: "A federal agency",
    Recipient.INSTITUTION: "The institution concerned",
    Recipient.PRESS: "The press",
}
_SCOPES: Final = {
    Scope.NONE: "Nothing",
    Scope.COUNTED: "Counted, no more",
    Scope.WITHOUT_NAME: "Without the name",
    Scope.NAMED: "With the name",
}
_DECIDED: Final = {
    Choice.PREPARE: "We prepare it",
    Choice.PARTNER: "To a partner",
    Choice.REFERRAL_LIST: "Referral list",
    Choice.NOT_NOW: "Not now",
}


def terms(session: Session, head: IntakeHead, printed_at: datetime) -> Sheet:
    """What was read to the client about keeping answers and about the help, with what they said to it."""
    pieces = [
        Stated(label=each.question, fact=each.answer) if isinstance(each, PacketRow) else Saying(text=each)
        for each in heard(session, head, CONSENT)
    ]
    hand = (
        Signing(label=Bilingual(english="Client: signature"), day=Bilingual(english="Day")),
        Signing(
            label=Bilingual(english="Who read this aloud, or interpreted it"), day=Bilingual(english="Day")
        ),
    )
    return Sheet(
        kind=SheetKind.TERMS,
        title=Bilingual(english="What we agreed"),
        about=_about(head),
        language=language_code(head.language),
        printed_at=printed_at,
        ticket=head.ticket,
        parts=(Part(title=_NOTHING, pieces=(*pieces, *hand)),),
    )


def docket(rows: Iterable[CaseRow], printed_at: datetime) -> Sheet:
    """The cases this desk can read: dates that run first, then the longest waiting."""
    ordered = sorted(rows, key=lambda row: row.urgent_by or datetime.max.replace(tzinfo=printed_at.tzinfo))
    open_still = [row for row in ordered if row.decision is None]
    decided = [row for row in ordered if row.decision is not None]
    heads = ("Client", "Matter and language", "Why an attorney", "By", "Waiting since")
    return Sheet(
        kind=SheetKind.DOCKET,
        title=Bilingual(english="Attorney's docket"),
        about="Cases this desk can read",
        language="en",
        printed_at=printed_at,
        attorney=True,
        parts=(
            Part(
                title=Bilingual(english=f"To decide: {len(open_still)}"),
                pieces=(Grid(heads=heads, shares=(24, 24, 30, 11, 11), rows=tuple(map(_line, open_still))),),
            ),
            Part(
                title=Bilingual(english=f"Decided: {len(decided)}"),
                pieces=(
                    Grid(
                        heads=("Client", "Matter and language", "Decision"),
                        shares=(34, 40, 26),
                        rows=tuple(
                            (_who(row), f"{row.matter} · {row.language}", _DECIDED[row.decision])
                            for row in decided
                            if row.decision is not None
                        ),
                    ),
                ),
            ),
        ),
    )


def incident(
    session: Session,
    head: IntakeHead,
    recipient: Recipient,
    printed_at: datetime,
    consents: Callable[[Session], Consents],
) -> Sheet:
    """What this recipient may be told, and no more.

    With the name everything is printed; without it only answers chosen from lists, nothing that was
    written freely, because names hide in sentences. Raises Refused("refused.not_shared").
    """
    scope = consents(session).scope(recipient)
    if scope in {Scope.NONE, Scope.COUNTED}:
        raise Refused("refused.not_shared", recipient=recipient.value, scope=scope.value)
    if scope is Scope.NAMED:
        packet = build_packet(session, head, printed_at)
        sections = packet.sections
    else:
        sections = tuple(coded(session, head))
    # What others may know is the person's own affair, and so is what was said about safety.
    own = {session.text(group, "label").text for group in (CONSENT, SHARING)}
    parts = [
        Part(
            title=section.title,
            pieces=tuple(Stated(label=row.question, fact=row.answer) for row in section.rows)
            + tuple(
                Grid(
                    heads=tuple(cell.english for cell in table.heads),
                    shares=(1,) * len(table.heads),
                    rows=tuple(tuple(cell.english for cell in row) for row in table.rows),
                )
                for table in section.tables
            ),
        )
        for section in sections
        if section.title.english and section.title.english not in own
    ]
    told = f"{_RECIPIENTS[recipient]}: {_SCOPES[scope].lower()}. Anything else needs another yes."
    first = Part(title=_NOTHING, pieces=(Saying(text=Bilingual(english=told), care=True),))
    return Sheet(
        kind=SheetKind.INCIDENT,
        title=Bilingual(english="Incident report"),
        about=_about(head),
        language="en",
        printed_at=printed_at,
        ticket=head.ticket,
        parts=(first, *parts),
    )


def _about(head: IntakeHead) -> str:
    return f"{head.form_title} ({head.form_id}), version {head.form_version}"


def _line(row: CaseRow) -> tuple[str, ...]:
    why = " · ".join(filter(None, (row.urgent, row.question)))
    by = english_day(row.urgent_by) if row.urgent_by else ""
    return (_who(row), f"{row.matter} · {row.language}", why, by, english_day(row.waiting_since))


def _who(row: CaseRow) -> str:
    return row.client or "No name yet"
