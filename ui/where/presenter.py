"""Thinks for the page “What is where”. Layer: ui, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from ournydesk.domain.operations import OpId
from ournydesk.domain.whereabouts import CheckOut, Whereabouts
from ournydesk.domain.wire import Trouble
from ui.desk import WireDesk
from ui.i18n import tr
from ui.messages import Message, message
from ui.tasks import Lane, Tasks
from ui.where.rows import NEARBY
from ui.where_desk import WhereDesk

T = TypeVar("T")


class WhereFace(Protocol):
    """What the presenter shows."""

    def show_where(self, there: Whereabouts) -> None:
        """Everything anew."""
        ...

    def show_check_out(self, found: CheckOut) -> None:
        """Whether the laptop can be handed back."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_done(self, what: str, then: str = "") -> None:
        """What was done."""
        ...

    def show_settled(self) -> None:
        """An alarm was settled: the words that were typed for it are gone."""
        ...


class WherePresenter:
    """``rounds`` tries the server and the relay at once; what it finds comes back through :meth:`refresh`."""

    def __init__(
        self, face: WhereFace, where: WhereDesk, wire: WireDesk, tasks: Tasks, *, rounds: Callable[[], None]
    ) -> None:
        self._face, self._where, self._wire, self._tasks, self._rounds = face, where, wire, tasks, rounds

    def refresh(self) -> None:
        """Read everything anew."""
        self._do(self._where.where, self._face.show_where)

    def send(self) -> None:
        """Try the server and the relay now."""
        self._face.show_done(tr("Trying now…"))
        self._rounds()

    def write_stick(self, target: Path) -> None:
        """Everything that waits into one file."""

        def done(count: int) -> None:
            what = tr("{n} sealed pieces are in {name}.", n=count, name=target.name)
            self._after(
                what, tr("They count as carried. Read the file in on a desk that reaches the server.")
            )

        self._do(lambda: self._wire.write_courier(target), done)

    def read_stick(self, source: Path) -> None:
        """What a file or a folder “outgoing” brings."""

        def done(count: int) -> None:
            if count:
                self._after(tr("{n} sealed pieces were new here.", n=count))
            else:
                self._after(tr("Nothing in it was new here."))
            self._rounds()

        self._do(lambda: self._wire.read_courier(source), done)

    def use_relay(self, address: str, authority: Path | None) -> None:
        """Another relay, or none."""

        def done(_view: object) -> None:
            told = tr("The relay is {address}.", address=address) if address else tr("No relay is used.")
            self._after(tr("Looking for the relay on this network…") if address == NEARBY else told)
            self._rounds()

        self._do(lambda: self._wire.use_relay(address.strip(), authority), done)

    def check_out(self) -> None:
        """Whether anything is on this laptop only."""
        self._do(self._where.check_out, self._face.show_check_out)

    def look_again(self, op_id: OpId) -> None:
        """Offer it again, or check it anew."""

        def done(_none: None) -> None:
            self._after(tr("It was looked at again."))
            self._rounds()

        self._do(lambda: self._where.look_again(op_id), done)

    def save_aside(self, op_id: OpId, target: Path) -> None:
        """Its sealed bytes as a file."""
        told = tr("{name} holds it, sealed as it came.", name=target.name)
        self._do(lambda: self._where.save_aside(op_id, target), lambda _none: self._after(told))

    def dismiss(self, trouble: Trouble) -> None:
        """Somebody has read it."""
        self._do(lambda: self._where.dismiss(trouble), lambda _none: self.refresh())

    def settle_alarm(self, trouble: Trouble, words: str, by: str) -> None:
        """A coordinator looked into it."""

        def done(_none: None) -> None:
            self._face.show_settled()
            self._after(tr("It is signed and goes to the staff."), tr("Sending is tried again now."))
            self._rounds()

        self._do(lambda: self._where.settle_alarm(trouble, words, by), done)

    def _after(self, what: str, then: str = "") -> None:
        self._face.show_done(what, then)
        self.refresh()

    def _do(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._tasks.run(
            Lane.VAULT, work, done=done, failed=lambda error: self._face.show_trouble(message(error))
        )
