"""Lanes that run at once, or when told: small real things in place of threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ui.tasks import Failed, Lane

T = TypeVar("T")


class InlineTasks:
    """Does the work where it is asked for."""

    def run(self, _lane: Lane, work: Callable[[], T], *, done: Callable[[T], None], failed: Failed) -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - as the real lanes do
            failed(error)
        else:
            done(result)

    def on_vault(self, work: Callable[[], T]) -> T:
        return work()


class HeldTasks:
    """Keeps the work until `release`, in order."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], Any]] = []

    def run(self, lane: Lane, work: Callable[[], T], *, done: Callable[[T], None], failed: Failed) -> None:
        self.waiting.append(lambda: InlineTasks().run(lane, work, done=done, failed=failed))

    def on_vault(self, work: Callable[[], T]) -> T:
        return work()

    def release(self) -> None:
        for work in [self.waiting.pop(0) for _ in range(len(self.waiting))]:
            work()
