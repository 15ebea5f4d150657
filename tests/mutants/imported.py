"""A pytest plugin for the run on a copy: what is tested has to be the copy, not what is installed.

The project is installed as editable: without this, a mutant nobody imports would look like one that nobody
notices.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

PACKAGES: Final = frozenset(("ournydesk", "sync", "forms", "ui", "tests"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    here = Path.cwd().resolve()
    ours = [module for name, module in tuple(sys.modules.items()) if name.partition(".")[0] in PACKAGES]
    if not any(module.__name__ == "ournydesk" for module in ours):
        _stop(session, "nothing of ours was imported")
    for module in ours:
        if any(not place.is_relative_to(here) for place in _places(module)):
            _stop(session, f"{module.__name__} was imported from elsewhere")


def _places(module: ModuleType) -> list[Path]:
    file = getattr(module, "__file__", None)
    places = [file] if file else list(getattr(module, "__path__", ()))
    return [Path(place).resolve() for place in places]


def _stop(session: pytest.Session, why: str) -> None:
    print(f"NOT THE COPY: {why}", file=sys.stderr)  # noqa: T201 - read by whoever runs the copy
    session.exitstatus = pytest.ExitCode.USAGE_ERROR
