"""For every suite: windows are offscreen unless somebody asks for a screen."""

from __future__ import annotations

import os

from hypothesis import settings

from tests.fakes.postgres import postgres  # noqa: F401 - a fixture: suites name it

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long an example takes says how busy the machine is; figures live in `make bench`.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")
