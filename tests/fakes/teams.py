"""Teams of desks in memory: a founder, and people who were let in by file and compared words."""

from __future__ import annotations

from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.membership import Role
from ournydesk.services import enrolment, founding
from tests.fakes.desks import TickingClock
from tests.fakes.open_vault import FakeOpenVault

BOOK = WordBook.bundled()


def founded(clock: TickingClock, *, reads: bool = True) -> FakeOpenVault:
    """A desk that founded a team."""
    vault = FakeOpenVault("Founder's seat")
    founding.found_team("Example Coalition", "C. Coordinator", reads=reads, vault=vault, clock=clock)
    return vault


def joined(
    by: FakeOpenVault,
    name: str,
    clock: TickingClock,
    role: Role = Role.COORDINATOR,
    *,
    manages: bool = False,
    reads: bool = False,
) -> FakeOpenVault:
    """A desk that another one let in."""
    vault = FakeOpenVault(name)
    request = enrolment.read_request(enrolment.ask(name, vault=vault))
    card = request.card(BOOK)
    invite = enrolment.admit(
        request,
        role,
        manages=manages,
        reads=reads,
        typed=(card.words[2], card.words[4]),
        words=BOOK,
        vault=by,
        clock=clock,
    )
    enrolment.join(invite, vault=vault, clock=clock)
    return vault


def tell(log_of: FakeOpenVault, to: FakeOpenVault) -> None:
    """Bring one desk's log of the team to another."""
    from ournydesk.services.membership import extend

    extend(to, log_of.membership.entries())
