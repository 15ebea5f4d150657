"""Logs that can hold no client. Layer: beside config.

A line is an event code and facts from an allow-list: counts, sizes, durations, codes. Everything else,
messages of other libraries and texts of exceptions included, is shown as ``<redacted>``. The last
megabyte stays in memory and is what a support bundle shows, whole, before it is saved.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from datetime import UTC, datetime
from typing import Final

CODE: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
REDACTED: Final = "<redacted>"
MOST_BYTES: Final = 1024 * 1024

NUMBERS: Final = frozenset(
    [
        "answers",
        "attention",
        "attempts",
        "bytes",
        "count",
        "cursor",
        "done",
        "dropped",
        "events",
        "exit",
        "failed",
        "forms",
        "intakes",
        "missing",
        "moved",
        "ms",
        "pages",
        "received",
        "recipients",
        "records",
        "retries",
        "rows",
        "schema",
        "seconds",
        "sections",
        "sent",
        "seq",
        "size",
        "status",
        "tries",
        "vaults",
        "warnings",
    ]
)
CODES: Final = frozenset(
    [
        "action",
        "code",
        "event",
        "form",
        "kind",
        "lane",
        "language",
        "lib",
        "outcome",
        "phase",
        "platform",
        "screen",
        "state",
        "version",
        "why",
    ]
)
IDS: Final = frozenset(["device", "intake", "team", "vault"])
ID_DIGITS: Final = 4
LONGEST_CODE: Final = 60


class Facts(dict[str, str]):
    """What :func:`loggable` made; facts of any other origin are not shown."""


def loggable(**facts: object) -> dict[str, Facts]:
    """Facts for ``log.info("sync.round", extra=loggable(sent=3))``.

    Numbers for the names in NUMBERS, codes for those in CODES, ids for those in IDS (four digits of
    them are kept). Raises ValueError for anything else: that is a defect, and it shows in the first
    test that comes by.
    """
    return {"facts": Facts((name, _shown(name, fact)) for name, fact in facts.items())}


def _shown(name: str, fact: object) -> str:
    if name in NUMBERS and isinstance(fact, int | float):
        return f"{fact:g}" if isinstance(fact, float) else str(int(fact))
    if name in CODES and isinstance(fact, str) and len(fact) <= LONGEST_CODE and CODE.fullmatch(fact):
        return str(fact)
    if name in IDS and isinstance(fact, str) and re.fullmatch(r"[0-9a-f]{32}", fact):
        return fact[:ID_DIGITS]
    message = f"{name} is not something the log may hold"
    raise ValueError(message)


class AllowListed(logging.Formatter):
    """One line a record: time, level, event code, facts. Never a message, an argument or a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. An exception leaves the name of its class."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        code = record.msg if isinstance(record.msg, str) and not record.args else ""
        facts = getattr(record, "facts", Facts())
        parts = [at, record.levelname, code if CODE.fullmatch(code) else REDACTED]
        if isinstance(facts, Facts):
            parts += [f"{name}={shown}" for name, shown in facts.items()]
        else:
            parts.append(REDACTED)
        if record.exc_info and record.exc_info[0]:
            parts.append(f"raised={record.exc_info[0].__name__}")
        return " ".join(parts)


class Ring(logging.Handler):
    """Keeps the last lines, up to a megabyte, in memory."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        super().__init__()
        self.setFormatter(AllowListed())
        self._lines: deque[str] = deque()
        self._held = 0
        self._most = most_bytes

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line, and forget the oldest that no longer fit."""
        line = self.format(record)
        self._lines.append(line)
        self._held += len(line) + 1
        while self._held > self._most:
            self._held -= len(self._lines.popleft()) + 1

    def text(self) -> str:
        """All that is kept, oldest first: what a support bundle shows."""
        self.acquire()
        try:
            return "\n".join(self._lines)
        finally:
            self.release()


def start(*handlers: logging.Handler, level: int = logging.INFO) -> Ring:
    """Send all logging of the process through the allow-list; the ring that keeps it."""
    ring = Ring()
    for handler in handlers:
        handler.setFormatter(AllowListed())
    root = logging.getLogger()
    root.handlers[:] = [ring, *handlers]
    root.setLevel(level)
    return ring
