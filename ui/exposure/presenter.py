"""Thinks for shutting a desk out: what it could open before, what was on the laptop after. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from ournydesk.domain.documents import Printout
from ournydesk.domain.exposure import Exposure
from ournydesk.domain.operations import DeviceId
from ournydesk.domain.seats import same_person
from ui.i18n import tr
from ui.messages import Message, message
from ui.seat_desk import ExposureDesk
from ui.tasks import Lane, Tasks

T = TypeVar("T")


class ExposureFace(Protocol):
    """What the presenter shows."""

    def show_exposure(self, found: Exposure) -> None:
        """What the desk could open, and what can be done now."""
        ...

    def show_list(self, printout: Printout) -> None:
        """The list as pages."""
        ...

    def show_trouble(self, words: Message) -> None:
        """Why something did not work."""
        ...

    def show_done(self, what: str, then: str = "") -> None:
        """What was done."""
        ...


class ExposurePresenter:
    """One desk. ``changed`` is called when it was shut out."""

    def __init__(
        self,
        face: ExposureFace,
        exposures: ExposureDesk,
        tasks: Tasks,
        device: DeviceId,
        *,
        changed: Callable[[], None],
    ) -> None:
        self._face, self._exposures, self._tasks = face, exposures, tasks
        self._device, self._changed = device, changed
        self._found: Exposure | None = None

    def begin(self) -> None:
        """Work out what the desk could open."""
        self._do(lambda: self._exposures.exposure(self._device), self._show)

    def shut_out(self, typed: str) -> None:
        """Shut it out, once its name was typed."""
        found = self._found
        if found is None:
            return
        if not same_person(typed, wanted(found)):
            self._face.show_trouble(
                Message(tr("That is not its name."), tr("Type “{name}” to shut it out.", name=wanted(found)))
            )
            return

        def done(after: Exposure) -> None:
            self._show(after)
            self._face.show_done(
                tr("{name} is shut out.", name=wanted(after)),
                tr("It reaches the others with the next round. Now tell the clients in the list."),
            )
            self._changed()

        self._do(lambda: self._exposures.revoke(self._device), done)

    def print_list(self) -> None:
        """The list as pages."""
        found = self._found
        if found is not None:
            self._do(lambda: self._exposures.print_list(found), self._face.show_list, lane=Lane.PAPER)

    def write_table(self, target: Path) -> None:
        """The list as a table."""
        found = self._found
        if found is None:
            return
        self._do(
            lambda: self._exposures.write_table(found, target),
            lambda _none: self._face.show_done(
                tr("The table is in {name}.", name=target.name),
                tr("It names clients, outside the encrypted seat: delete it when everybody was told."),
            ),
        )

    def _show(self, found: Exposure) -> None:
        self._found = found
        self._face.show_exposure(found)

    def _do(self, work: Callable[[], T], done: Callable[[T], None], *, lane: Lane = Lane.VAULT) -> None:
        self._tasks.run(lane, work, done=done, failed=lambda error: self._face.show_trouble(message(error)))


def wanted(found: Exposure) -> str:
    """What is typed to shut it out: its name, or the beginning of its id."""
    return found.name or found.device[:6]
