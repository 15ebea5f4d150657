"""What people were told is saved, and what stands in its place: a second opinion on merging.

Kept apart from the product's own bookkeeping on purpose: a save stands in place of the texts its author
could see at that moment, and of nothing else. Whatever stands in place of nothing has to be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ournydesk.domain.answers import Answers
from ournydesk.domain.ids import IntakeId, Path
from ournydesk.domain.merge import Merged

CANARY = "Zyxcanary"
"""In every answer, and in no other byte of the world."""


@dataclass(frozen=True, slots=True)
class Save:
    """One answer somebody was told is saved."""

    number: int
    desk: str
    intake: IntakeId
    path: Path
    text: str


@dataclass
class Promises:
    """All of them."""

    saves: list[Save] = field(default_factory=list)
    over: set[int] = field(default_factory=set)
    """Numbers of saves that another one stands in place of."""
    gone: set[int] = field(default_factory=set)
    """Numbers of saves that left with a laptop before anybody else had them."""
    shared: set[int] = field(default_factory=set)
    """Numbers of saves that were shown as on the server before their laptop broke."""
    _by_path: dict[tuple[IntakeId, Path], list[Save]] = field(default_factory=dict)

    def fresh(self) -> str:
        """A text nobody has written yet."""
        return f"{CANARY}{len(self.saves):05d}"

    def saved(self, desk: str, intake: IntakeId, path: Path, text: str, seen: Iterable[str]) -> Save:
        """An answer was saved by somebody who saw these texts in its place."""
        self.replaced(intake, path, seen)
        save = Save(len(self.saves), desk, intake, path, text)
        self.saves.append(save)
        if text:
            self._by_path.setdefault((intake, path), []).append(save)
        return save

    def replaced(self, intake: IntakeId, path: Path, seen: Iterable[str]) -> None:
        """These texts were seen and are replaced."""
        texts = set(seen)
        known = self._by_path.get((intake, path), [])
        self.over |= {one.number for one in known if one.text in texts}

    def standing(self) -> Iterator[Save]:
        """Saves nothing stands in place of, and no laptop took away."""
        for one in self.saves:
            if one.text and one.number not in self.over and one.number not in self.gone:
                yield one

    def lost(self, saves: Iterable[Save]) -> None:
        """These left with a laptop; whatever they replaced may be there again or not."""
        self.gone |= {one.number for one in saves}


def texts_at(path: Path, answers: Answers, merged: Merged) -> set[str]:
    """What somebody could see at one path: what the screen shows, and every answer in a conflict."""
    live = {one.answer.text for one in merged.live.get(path, ())}
    return (live | {answers.get(path).text}) - {""}
