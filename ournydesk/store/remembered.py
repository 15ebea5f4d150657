"""What a small table holds, read once for as long as nobody writes it. Layer: store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from ournydesk.store.database import Database

T = TypeVar("T")


class Remembered(Generic[T]):
    """``read`` is asked at first use and after every :meth:`forget`.

    While a change may still be taken back nothing is remembered, and after one that was taken back
    nothing is until the next that was not: reading again is always right.
    """

    def __init__(self, database: Database, read: Callable[[], T]) -> None:
        self._database, self._read = database, read
        self._held: list[T] = []
        self._changing = False

    def get(self) -> T:
        """What the table holds now."""
        if self._held:
            return self._held[0]
        found = self._read()
        if not self._changing:
            self._held.append(found)
        return found

    def forget(self) -> None:
        """The table is being written. Inside the transaction that does."""
        self._held.clear()
        self._changing = True
        self._database.afterwards(self._settled)

    def _settled(self) -> None:
        self._changing = False
