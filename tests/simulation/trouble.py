"""What a run that went wrong says."""

from __future__ import annotations


class Broken(AssertionError):
    """A promise of the product did not hold. ``oracle`` names which, ``facts`` what was found."""

    def __init__(self, oracle: str, facts: str) -> None:
        super().__init__(f"{oracle}: {facts}")
        self.oracle = oracle
