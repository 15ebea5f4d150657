"""``ournydesk desk``: opens the window. Layer: cli."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk import bootstrap, config, logs, paths, process
from ournydesk.clock import SystemClock
from ournydesk.errors import BadInput
from ournydesk.store import durable
from ui import app

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(subparsers: Subparsers) -> None:
    """Register ``desk``."""
    parser = subparsers.add_parser(
        "desk",
        help="open the desk's window",
        description="Open the desk. Vaults are kept in --data, or in this account's own data folder.",
        epilog="Example: ournydesk desk --data ~/clinic",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds the vaults")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Open the window; stays until it is closed."""
    return open_window(args.data)


def open_window(data: Path | None, started: Callable[[app.DeskWindow], None] | None = None) -> int:
    """Harden this process, put the desk together and show it."""
    process.harden()
    ring = logs.start()
    if sys.platform == "linux" and not bootstrap.readable(os.environ):
        raise BadInput("There is no screen here to open a window on: log in to a desktop, or set DISPLAY.")
    settings = config.read(os.environ, data or paths.data_folder(os.environ))
    clock = SystemClock()
    return app.run(
        bootstrap.desk(settings, clock),
        clock=clock,
        write=durable.write,
        blank_after=settings.blank_after,
        lock_after=settings.lock_after,
        looks=settings.data / "looks.json",
        log=ring.text,
        started=started,
    )
