"""A clinic in memory: a lead, a volunteer and an attorney, and a log that numbers what they send."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Progress
from ournydesk.domain.membership import Role
from ournydesk.domain.operations import OpId
from ournydesk.domain.team import Clinic
from ournydesk.services import answers, courier, founding
from ournydesk.services.membership import team_of
from ournydesk.services.syncing import TeamReplica
from sync.protocol import chain
from sync.protocol.limits import MOST_PUSH_BYTES, MOST_PUSH_OPS
from sync.protocol.messages import LogEntry
from tests.fakes import cheap
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault
from tests.fakes.teams import founded, joined, tell

SECRET = "Invented Client"


@dataclass
class Numbers:
    """What a server does for desks that trust it with nothing: one place for each operation."""

    clock: TickingClock
    log: list[tuple[OpId, bytes]] = field(default_factory=list)

    def push(self, vault: FakeOpenVault) -> None:
        """Give a place to what a desk holds; the desk does not hear of it."""
        known = {op_id for op_id, _ in self.log}
        for operation in vault.operations.outbox(MOST_PUSH_OPS, MOST_PUSH_BYTES):
            if operation.op_id not in known:
                self.log.append((operation.op_id, operation.envelope))

    def pull(self, vault: FakeOpenVault) -> None:
        """Read everything from where a desk stopped."""
        replica = TeamReplica(vault=vault, clock=self.clock)
        cursor = replica.cursor()
        start = cursor if cursor.at else chain.start(team_of(vault).fingerprint)
        fresh = [(n, op_id, op) for n, (op_id, op) in enumerate(self.log, 1) if n > start.at]
        entries = [
            LogEntry(n=n, op_id=op_id, op=None if vault.operations.get(op_id) else op)
            for n, op_id, op in fresh
        ]
        replica.take_page(entries, chain.follow(start, ((n, op_id) for n, op_id, _ in fresh)))


class FakeClinic:
    """Three desks and an open clinic."""

    def __init__(self) -> None:
        self.clock = TickingClock()
        self.lead = founded(self.clock)
        self.clinic: Clinic = founding.open_clinic(
            "Jackson Heights", self.clock.now() + timedelta(hours=8), vault=self.lead, clock=self.clock
        )
        self.volunteer = joined(self.lead, "Jo Volunteer", self.clock, Role.VOLUNTEER)
        self.attorney = joined(self.lead, "M. Attorney", self.clock, Role.ATTORNEY, reads=True)
        tell(self.lead, self.volunteer)
        self.numbers = Numbers(self.clock)
        self.round()

    def begun(self, *, agreed: bool = True, at: FakeOpenVault | None = None) -> IntakeId:
        """An intake with a name in it."""
        vault = at or self.volunteer
        vault.forms.keep(cheap.FORM)
        head = cheap.head()
        vault.intakes.start(head)
        self.say(head.id, "/data/name", SECRET, agreed=agreed, at=vault)
        return head.id

    def say(
        self,
        intake: IntakeId,
        path: str,
        text: str,
        *,
        agreed: bool = True,
        at: FakeOpenVault | None = None,
    ) -> None:
        """One answer typed in."""
        vault, counted = at or self.volunteer, Progress(sections=1, agreed=agreed)
        answers.record(intake, [cheap.said(path, text)], counted, intakes=vault.intakes, clock=self.clock)

    def round(self) -> None:
        """Everybody sends, then everybody reads."""
        desks = (self.lead, self.volunteer, self.attorney)
        for vault in desks:
            self.numbers.push(vault)
        for vault in desks:
            self.numbers.pull(vault)

    def carry(self, to: FakeOpenVault) -> None:
        """The volunteer's stick, put into another desk."""
        content, _ = courier.pack(vault=self.volunteer, clock=self.clock)
        courier.unpack(content, vault=to, clock=self.clock)
