"""The central server, and the clinic's relay. Layer: sync.server, the program.

::

    python -m sync.server --data DIR --host 0.0.0.0 --port 8443 --tls-cert C.pem --tls-key K.pem
    python -m sync.server token --data DIR          a one-time token for a new team
    python -m sync.server relay --data DIR …        a keyless mailbox for one clinic's router
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ournydesk.domain.ids import new_id
from sync.server.access import Access, setting, utc_now
from sync.server.app import server
from sync.server.ledger import SERVER_ID, Ledger
from sync.server.serving import run
from sync.server.storage import Storage, sqlite_url

DATABASE: str = "OURNY_DATABASE_URL"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code."""
    asked = _parser().parse_args(arguments)
    os.umask(0o077)
    if bool(asked.tls_cert) != bool(asked.tls_key):
        sys.stderr.write("Give both --tls-cert and --tls-key, or neither.\n")
        return 2
    asked.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    relay = asked.command == "relay"
    database = Storage(_url(asked.data, relay=relay))
    database.migrate()
    try:
        if asked.command == "token":
            ledger = Ledger(database, setting(database, SERVER_ID, new_id))
            sys.stdout.write(Access(database, ledger, utc_now).new_creation_token() + "\n")
            return 0
        if relay:
            _introduce(database, asked.members)
        app = server(database, new_id=new_id, numbered=not relay)
        run(app, asked.host, asked.port, asked.tls_cert, asked.tls_key)
    finally:
        database.close()
    return 0


def _introduce(database: Storage, entries: Path) -> None:
    """Tell a relay whose clinic it serves: the team's membership log, which is no secret."""
    from sync.protocol.codec import decode  # noqa: PLC0415 - only the relay reads a file
    from sync.protocol.messages import Members  # noqa: PLC0415 - the same

    told = decode(Members, entries.read_bytes())
    ledger = Ledger(database, setting(database, SERVER_ID, new_id), numbered=False)
    with database.writing() as connection:
        ledger.create_team(connection, told.entries)


def _url(data: Path, *, relay: bool) -> str:
    if relay:
        return sqlite_url(data / "relay.db")
    return os.environ.get(DATABASE) or sqlite_url(data / "server.db")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sync.server",
        description="Keeps sealed operations in order and gives them to those they are for. Can open none.",
        epilog=f"The database is a file in DIR; set {DATABASE} to use PostgreSQL.",
    )
    parser.add_argument("command", nargs="?", choices=["serve", "token", "relay"], default="serve")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="where the database is")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8443, help="0 for any free one")
    parser.add_argument("--tls-cert", type=Path, metavar="PEM")
    parser.add_argument("--tls-key", type=Path, metavar="PEM")
    parser.add_argument("--members", type=Path, metavar="FILE", help="relay: the team's membership log")
    return parser


if __name__ == "__main__":
    sys.exit(main())
