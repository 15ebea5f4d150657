"""For every suite: windows are offscreen unless somebody asks for a screen."""

from __future__ import annotations

import os

from tests.fakes.postgres import postgres  # noqa: F401 - a fixture: suites name it

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
