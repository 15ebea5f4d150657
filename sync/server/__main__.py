"""The central server, and the clinic's relay. Layer: sync.server, the program.

::

    python -m sync.server --data DIR --host 0.0.0.0 --name sync.example.org --tls-cert C.pem --tls-key K.pem
    python -m sync.server token --data DIR          a one-time token for a new team
    python -m sync.server operator --data DIR       a token for /operator and /metrics; the last one ends
    python -m sync.server migrate --data DIR        bring the tables up to date, serve nothing
    python -m sync.server backup --data DIR --to F  a copy of the database file while it is in use
    python -m sync.server hold --data DIR --team T  delete nothing of this team, whatever it erases
    python -m sync.server release --data DIR --team T   delete what was erased meanwhile, and from now on
    python -m sync.server relay --data DIR --members F …   a keyless mailbox for one clinic's router
"""

from __future__ import annotations

import argparse
import os
import socket
import sqlite3
import ssl
import sys
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from ournydesk.domain.ids import new_id
from ournydesk.domain.operations import TeamId
from ournydesk.errors import BadInput, ProtocolFault
from sync.protocol.batches import in_pushes
from sync.protocol.codec import decode
from sync.protocol.messages import Members, Push
from sync.server import erasing
from sync.server.access import Access, hostname, setting, utc_now
from sync.server.app import LOOPBACK, server
from sync.server.faults import NotServed
from sync.server.ledger import SERVER_ID, Ledger
from sync.server.serving import run, said, work
from sync.server.storage import Storage, sqlite_url
from sync.server.workers import listen, supervise

DATABASE: Final = "OURNY_DATABASE_URL"
HOLDS: Final = ("hold", "release")
ANYWHERE: Final = frozenset(("0.0.0.0", "::", ""))  # noqa: S104 - what is refused without a name


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    asked = _parser().parse_args(words)
    os.umask(0o077)
    try:
        _check(asked)
        asked.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if asked.command == "serve" and asked.workers > 1 and asked.fd is None:
            return _supervise(asked, words)
        database = Storage(_url(asked.data, relay=asked.command == "relay"))
        try:
            return _do(asked, database)
        finally:
            database.close()
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"The folder {asked.data} cannot be used: {error.strerror}.\n")
        return 2
    except SQLAlchemyError as error:
        sys.stderr.write(f"The database does not answer ({type(error).__name__}). Is {DATABASE} right?\n")
        return 1


def _supervise(asked: argparse.Namespace, words: list[str]) -> int:
    """Bring the tables up to date once, then let workers serve."""
    database = Storage(_url(asked.data, relay=False))
    try:
        database.migrate()
    finally:
        database.close()
    with listen(asked.host, asked.port) as listening:
        line = said(asked.host, listening.getsockname()[1], bool(asked.tls_cert))
        return supervise(words, asked.workers, listening, lambda: print(line, flush=True))  # noqa: T201 - its one line


def _check(asked: argparse.Namespace) -> None:
    """What cannot be told from one option alone. Raises BadInput."""
    if bool(asked.tls_cert) != bool(asked.tls_key):
        raise BadInput("Give both --tls-cert and --tls-key, or neither.")
    if asked.tls_cert:
        _check_certificate(asked.tls_cert, asked.tls_key)
    if asked.command == "relay" and asked.members is None:
        raise BadInput("A relay needs --members FILE, the membership log of its team.")
    if asked.command == "backup" and asked.to is None:
        raise BadInput("A backup needs --to FILE, a file that is not there yet.")
    if asked.command not in {"serve", "relay"}:
        return
    if asked.host not in LOOPBACK and not (asked.tls_cert or asked.plain):
        raise BadInput(
            "Listening beyond this machine needs --tls-cert and --tls-key, "
            "or --plain where a proxy in front speaks TLS."
        )
    if "" in map(hostname, asked.name):
        raise BadInput("--name takes a host name or an address, such as sync.example.org.")
    if asked.host in ANYWHERE and not asked.name:
        raise BadInput("Listening everywhere needs --name, the host name or address that desks use.")


def _check_certificate(certificate: Path, key: Path) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        raise BadInput(f"{certificate} and {key} are not a certificate and its key in PEM.") from error
    except OSError as error:
        raise BadInput(f"The certificate or its key cannot be read: {error.strerror}.") from error


def _do(asked: argparse.Namespace, database: Storage) -> int:
    database.migrate()
    if asked.command == "migrate":
        return 0
    if asked.command == "backup":
        return _back_up(database, asked.to)
    if asked.command in HOLDS:
        return _hold(database, asked.team, held=asked.command == "hold")
    ledger = Ledger(database, setting(database, SERVER_ID, new_id), numbered=asked.command != "relay")
    if asked.command in {"token", "operator"}:
        access = Access(database, ledger, utc_now, LOOPBACK)
        made = access.new_creation_token if asked.command == "token" else access.new_operator_token
        sys.stdout.write(made() + "\n")
        return 0
    if asked.command == "relay":
        _introduce(database, ledger, asked.members, asked.mail)
    app = server(database, new_id=new_id, numbered=asked.command != "relay", hosts=_hosts(asked))
    if asked.fd is not None:
        work(app, socket.socket(fileno=asked.fd), asked.tls_cert, asked.tls_key)
    else:
        run(app, asked.host, asked.port, asked.tls_cert, asked.tls_key)
    return 0


def _hosts(asked: argparse.Namespace) -> frozenset[str]:
    """The names a login may be meant for."""
    named = frozenset(map(hostname, asked.name))
    if asked.host in LOOPBACK:
        return named | LOOPBACK
    return named if asked.host in ANYWHERE else named | {hostname(asked.host)}


def _introduce(database: Storage, ledger: Ledger, entries: Path, mail: Path | None) -> None:
    """Tell a relay whose clinic it serves, and give it the sealed mail it begins with.

    The team's membership log is no secret; the mail is what the team published for all its desks.
    """
    try:
        told = decode(Members, entries.read_bytes())
        with database.writing() as connection:
            team = ledger.create_team(connection, told.entries)
        if mail is not None:
            ops = decode(Push, mail.read_bytes()).ops
            for some in in_pushes(ops):
                ledger.push(team, some)
    except OSError as error:
        raise BadInput(f"{entries} cannot be read: {error.strerror}.") from error
    except (ProtocolFault, NotServed) as error:
        raise BadInput(f"{entries} is not what a relay of this team can begin with.") from error


def _back_up(database: Storage, target: Path) -> int:
    if target.exists():
        raise BadInput(f"{target} is there already. Name a file that is not.")
    try:
        if not database.back_up(target):
            raise BadInput(f"{DATABASE} is not a file: use pg_dump.")
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)  # half a copy is worse than none
        raise BadInput(f"{target} could not be written.") from error
    return 0


def _hold(database: Storage, team: str, *, held: bool) -> int:
    try:
        erased = erasing.hold(database, TeamId(team), held=held)
    except NotServed as error:
        raise BadInput("No such team is here: give --team ID as the operator's page shows it.") from error
    told = "Nothing of it is deleted until you release it" if held else "What was erased is deleted"
    sys.stdout.write(f"{told}. Records erased so far: {erased}.\n")
    return 0


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
    commands = ["serve", "token", "operator", "migrate", "backup", *HOLDS, "relay"]
    parser.add_argument("command", nargs="?", choices=commands, default="serve")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="where the database is")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8443, help="0 for any free one")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="host name or address desks reach it by, if not --host; may be given again",
    )
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes on one database")
    parser.add_argument("--fd", type=int, help=argparse.SUPPRESS)  # how a worker gets its socket
    parser.add_argument("--tls-cert", type=Path, metavar="PEM", help="certificate chain")
    parser.add_argument("--tls-key", type=Path, metavar="PEM", help="its private key")
    parser.add_argument("--plain", action="store_true", help="no TLS here: a proxy in front speaks it")
    parser.add_argument("--members", type=Path, metavar="FILE", help="relay: the team's membership log")
    parser.add_argument("--mail", type=Path, metavar="FILE", help="relay: sealed operations to begin with")
    parser.add_argument("--to", type=Path, metavar="FILE", help="backup: the copy, a file not there yet")
    parser.add_argument("--team", default="", metavar="ID", help="hold, release: whose records")
    return parser


if __name__ == "__main__":
    sys.exit(main())
