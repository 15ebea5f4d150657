"""Starting, listing and opening intakes; and the client who says no. Layer: services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ournydesk.clock import Clock
from ournydesk.domain.answers import Answers
from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.intake import IntakeHead, IntakeRow
from ournydesk.errors import Refused
from ournydesk.ports import FormShelf, Intakes

if TYPE_CHECKING:
    from forms.engine import Form

DECLINED: Final = "declined"
LoadForm = Callable[[bytes, Mapping[str, bytes]], "Form"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedIntake:
    """An intake with the very form it was started with."""

    head: IntakeHead
    form: Form
    answers: Answers
    saved_at: datetime


def start_intake(
    form: FormVersion, language: str, *, intakes: Intakes, forms: FormShelf, clock: Clock
) -> IntakeHead:
    """A new intake with the next ticket number, pinned to this version of its form."""
    forms.keep(form)
    head = IntakeHead(
        id=IntakeId(new_id()),
        ticket=intakes.next_ticket(),
        form_id=form.id,
        form_version=form.version,
        form_hash=form.hash,
        form_title=form.title,
        language=language,
        started_at=clock.now(),
    )
    intakes.start(head)
    return head


def rows(*, intakes: Intakes) -> tuple[IntakeRow, ...]:
    """All intakes, the last changed first."""
    return intakes.rows()


def open_intake(intake: IntakeId, *, intakes: Intakes, forms: FormShelf, load: LoadForm) -> OpenedIntake:
    """An intake as it was last saved. ``load`` makes a form of an XForm and its files.

    Raises Refused("refused.unknown_intake"), and Refused("refused.purged") for one that was let go.
    """
    row = intakes.row(intake)
    if row.purged:
        raise Refused("refused.purged")
    version = forms.version(row.head.form_hash)
    return OpenedIntake(
        head=row.head,
        form=load(version.xml, version.files),
        answers=intakes.answers(intake),
        saved_at=row.changed_at,
    )


def decline(intake: IntakeId, *, intakes: Intakes) -> int:
    """The client said no: the draft is destroyed, and one number is left. That number is returned.

    Nothing else stays: no answer, no event, no ticket, no time. What a screen holds for undo must go
    with it. Raises Refused("refused.agreed_before") for one that was sealed, and may have left this laptop.
    """
    if not intakes.pending(intake).first:
        raise Refused("refused.agreed_before")
    intakes.destroy(intake, DECLINED)
    return intakes.tally(DECLINED)
