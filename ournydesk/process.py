"""What a process of ours never leaves behind. Layer: beside config.

Call :func:`harden` first thing in ``__main__``, before any file is made.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

PR_SET_DUMPABLE: Final = 4
PRIVATE: Final = 0o077


def harden() -> tuple[str, ...]:
    """Private files, no core dumps, no other process of this user looking in.

    Gives the names of what this system would not do, for the start-up check: ``core``, ``dumpable``.
    """
    os.umask(PRIVATE)
    refused = []
    if not _no_core():
        refused.append("core")
    if sys.platform == "linux" and not _not_dumpable():
        refused.append("dumpable")
    return tuple(refused)


def _no_core() -> bool:
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415  # not on Windows

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def _not_dumpable() -> bool:
    """Also makes /proc/self belong to root: no ptrace, no reading of our memory by the same user."""
    return bool(ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
