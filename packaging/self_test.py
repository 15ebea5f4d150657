"""What a packaged desk has to be able to do before anybody is given it. Prints a line a step.

Runs inside the frozen program: every library, every data file and every face has to be in the folder.
"""

import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    """Do all of it; 0 when all of it held."""
    with tempfile.TemporaryDirectory(prefix="ourny-") as folder:
        for step in (vault, team, form, law, packet, server, window):
            since = time.monotonic()
            step(Path(folder))
            print(f"  {time.monotonic() - since:4.1f} s  {step.__doc__.splitlines()[0]}", flush=True)
    print("The packaged desk holds.")
    return 0


def vault(folder: Path) -> None:
    """A vault is made, proven and opened; six words come from the list."""
    desk = _desk(folder / "a")
    words = " ".join(desk.new_words())
    card = desk.create_vault("Self-test", words)
    desk.unlock(card.id, words)
    desk.lock()


def team(folder: Path) -> None:
    """A team is founded: hybrid keys, signatures, sealed operations."""
    desk = _opened(folder / "b")
    desk.team.found_team("Example", "C. Coordinator", "Somewhere")
    desk.team.publish_form("naturalization")
    _must(desk.team.team().forms)
    desk.lock()


def form(folder: Path) -> None:
    """Every form of the library compiles and loads."""
    _must(len(_desk(folder / "c").form_choices(())) >= 2)


def law(_folder: Path) -> None:
    """The tables of the law are there."""
    from ournydesk.law.tables import read_tables

    _must(read_tables().naturalization.provenance.as_of)


def packet(folder: Path) -> None:
    """A packet is set in two scripts and read back."""
    desk = _opened(folder / "d")
    intake = desk.start_intake("naturalization", "Bengali (bn)")
    printed = desk.packet(intake)
    _must(printed.pages and desk.page(printed.pdf, 0, 0.5).rgba)
    desk.lock()


def server(folder: Path) -> None:
    """The relay's program migrates its tables and answers."""
    import requests

    from ournydesk.domain.ids import new_id
    from sync.server.app import server as application
    from sync.server.serving import serving
    from sync.server.storage import Storage, sqlite_url

    database = Storage(sqlite_url(folder / "relay.db"))
    database.migrate()
    with serving(application(database, new_id=new_id, numbered=False)) as port:
        _must(requests.get(f"http://127.0.0.1:{port}/healthz", timeout=10).text == "ok")
    database.close()


def window(folder: Path) -> None:
    """The window opens, shows the first run, and closes."""
    from datetime import timedelta

    from PySide6.QtCore import QTimer

    from ournydesk.clock import SystemClock
    from ournydesk.store import durable
    from ui import app

    code = app.run(
        _desk(folder / "e"),
        clock=SystemClock(),
        write=durable.write,
        blank_after=timedelta(minutes=2),
        lock_after=timedelta(minutes=15),
        started=lambda shown: QTimer.singleShot(500, shown.close),
    )
    _must(code == 0)


def _desk(folder: Path):
    from ournydesk import bootstrap
    from ournydesk.config import Settings

    return bootstrap.desk(Settings(data=folder))


def _opened(folder: Path):
    desk = _desk(folder)
    words = " ".join(desk.new_words())
    desk.unlock(desk.create_vault("Self-test", words).id, words)
    return desk


def _must(holds: object) -> None:
    if not holds:
        raise SystemExit("A step of the self-test did not hold.")


if __name__ == "__main__":
    raise SystemExit(main())
