"""Before a vault closes, it has what was typed. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ui.tasks import Lane, QtTasks

TRIES: Final = 3


class LastAnswers:
    """An answer that came while another was being saved is queued only after that one: wait for it too.

    ``commit`` takes what is being typed and offers it to the vault, ``unsaved`` says how many answers the
    vault has not taken. A disk that refuses is asked a few times and then no longer waited for.
    """

    def __init__(self, tasks: QtTasks, *, commit: Callable[[], None], unsaved: Callable[[], int]) -> None:
        self._tasks, self._commit, self.unsaved = tasks, commit, unsaved

    def then(self, go: Callable[[], None], tries: int = TRIES) -> None:
        """Call ``go`` when the vault has taken everything, or has refused to a few times."""
        self._commit()
        if not self.unsaved() or not tries:
            go()
            return
        self._tasks.run(
            Lane.VAULT, lambda: None, done=lambda _none: self.then(go, tries - 1), failed=lambda _error: go()
        )

    def at_once(self) -> None:
        """The same without leaving the GUI thread, for a window that is being closed."""
        for _ in range(TRIES):
            self._commit()
            self._tasks.drain(Lane.VAULT)
            if not self.unsaved():
                return
