"""Letting go: what a volunteer's laptop forgets once the legal team has it. Layer: services.

A record is purged only when its author handed it over, the server numbered everything (re-read in the
verified chain) and a reader signed that it opened it. What stays is a line without anything the client
said: with the passphrase and all that is left here, nothing of it can be opened again.
"""

from __future__ import annotations

from ournydesk.clock import Clock
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Status
from ournydesk.domain.keeping import LetGo
from ournydesk.domain.operations import RecordId
from ournydesk.ports import OpenVault
from ournydesk.services.authoring import tell_team
from ournydesk.services.membership import identity_of, team_of


def purge_received(*, vault: OpenVault, clock: Clock) -> tuple[IntakeId, ...]:
    """Purge every record that may go, and sign that they went; which ones. Readers keep what they read."""
    identity, team = identity_of(vault), team_of(vault)
    member = team.member_of(identity.device)
    if member is None or member.reads:
        return ()
    given = (vault.intakes.row(intake) for intake in vault.intakes.handed_over())
    ready = [row.head.id for row in given if row.status is Status.RECEIVED]
    if not ready:
        return ()
    with vault.together():
        for intake in ready:
            purge(intake, vault=vault, clock=clock)
        if team.active(identity.device):
            # Should this laptop be stolen later, the team knows what was not on it any more.
            gone = LetGo(records=tuple(RecordId(intake) for intake in ready))
            tell_team([gone], vault=vault, clock=clock)
    return tuple(ready)


def purge(intake: IntakeId, *, vault: OpenVault, clock: Clock) -> None:
    """Drop the record's key, every answer and event, what was sealed, and its mirrored files."""
    name = RecordId(intake)
    mirrored = [operation.op_id for operation in vault.operations.of_record(name)]
    with vault.together():
        vault.keys.forget_record(name)
        vault.operations.forget_payloads(name)
        for one in vault.attachments.of_record(name):
            vault.outgoing.remove_parts(one.blob, range(len(one.hashes)))
        vault.attachments.forget(name)
        vault.intakes.purge(intake, clock.now())
    vault.outgoing.remove(mirrored)
