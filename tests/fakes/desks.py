"""Desks that are real in everything but the cost of guessing a passphrase, and a real server on a thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

import forms.library.naturalization
from forms.engine import Session
from forms.library.attention import attention
from forms.library.items import fill_from_items
from forms.library.progress import agreed, counts, sections
from ournydesk.bootstrap import LaptopDesk
from ournydesk.config import Settings
from ournydesk.domain import merge
from ournydesk.domain.ids import IntakeId, new_id
from ournydesk.domain.membership import Role
from ournydesk.store.vaults import LaptopVaults
from sync.server.app import House, server
from sync.server.rates import Rates
from sync.server.serving import serving
from sync.server.storage import Storage, sqlite_url
from tests.fakes.cheap import COST, POLICY, WORDS

T = TypeVar("T")
EXAMPLE = Path(forms.library.naturalization.__file__).parent / "examples" / "first.json"


class TickingClock:
    """A clock that a test moves; two looks are never the same moment."""

    def __init__(self, start: datetime = datetime(2026, 11, 28, 14, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        self._now += timedelta(milliseconds=7)
        return self._now

    def today(self) -> date:
        return self._now.date()

    def move(self, **more: float) -> None:
        self._now += timedelta(**more)


def here(work: Callable[[], T]) -> T:
    """The vault's lane of a test: the thread it runs on."""
    return work()


def open_desk(folder: Path, name: str, clock: TickingClock) -> LaptopDesk:
    """A desk with one open vault of its own."""
    vaults = LaptopVaults(folder / "vaults", policy=POLICY, cost=COST)
    desk = LaptopDesk(Settings(data=folder), clock, vaults)
    desk.unlock(desk.create_vault(name, WORDS).id, WORDS)
    return desk


def enrol(
    desk: LaptopDesk,
    name: str,
    role: Role,
    manager: LaptopDesk,
    folder: Path,
    *,
    reads: bool = False,
    manages: bool = False,
) -> None:
    """Bring a desk into the manager's team by file and compared words."""
    request, invite = folder / f"{new_id()}.request", folder / f"{new_id()}.invite"
    card = desk.team.ask_to_join(name, request)
    assert manager.team.read_request(request) == card
    manager.team.admit(
        request, role, manages=manages, reads=reads, typed=(card.words[2], card.words[4]), target=invite
    )
    desk.team.join(invite)


CONSENT: Final = {
    "/data/consent/heard_in": "en",
    "/data/consent/agrees": "Y",
    "/data/consent/scope_understood": "Y",
}
"""The answers that say yes, to words heard in English."""


def example_intake(desk: LaptopDesk, *, agrees: bool = True) -> IntakeId:
    """The invented naturalization client of the form's own example, typed in at once."""
    intake = desk.start_intake("naturalization", "Bengali (bn)")
    opened = desk.open_intake(intake)
    session = Session.open(opened.form, opened.answers, opened.saved_at)
    fill_from_items(session, json.loads(EXAMPLE.read_text(encoding="utf-8"))["items"])
    if agrees:
        for path, answer in CONSENT.items():
            session.set(path, answer)
    save(desk, intake, session)
    return intake


def save(desk: LaptopDesk, intake: IntakeId, session: Session) -> None:
    """What the intake screen does when a field is left."""
    before = desk.open_intake(intake).answers
    progress = counts(sections(session), len(attention(session)), agreed=agreed(session))
    desk.record(intake, merge.effect(before, session.answers), progress)


def change(desk: LaptopDesk, intake: IntakeId, path: str, text: str) -> None:
    """One answer changed on the intake's screen."""
    opened = desk.open_intake(intake)
    session = Session.open(opened.form, opened.answers, opened.saved_at)
    session.set(path, text)
    save(desk, intake, session)


@dataclass(frozen=True, slots=True)
class Served:
    """A server or a relay that is listening."""

    address: str
    house: House


@contextmanager
def a_server(folder: Path, *, numbered: bool = True, members: tuple[bytes, ...] = ()) -> Iterator[Served]:
    """A real one on SQLite, on a free port of this machine."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Storage(sqlite_url(folder / "server.db"))
    database.migrate()
    app = server(
        database, new_id=new_id, numbered=numbered, rates=Rates(lambda: 0.0, requests=10**6, logins=10**6)
    )
    house: House = app.state.house
    if members:
        with database.writing() as connection:
            house.ledger.create_team(connection, members)
    with serving(app) as port:
        yield Served(f"http://127.0.0.1:{port}", house)
    database.close()
