"""``ournydesk relay``: a keyless mailbox for one clinic's router. Layer: cli."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.cli.opening import add_vault, opened
from ournydesk.domain.operations import RecordId
from ournydesk.services.membership import team_of
from sync.protocol.codec import encode
from sync.protocol.messages import Members, Push
from sync.server.__main__ import main as serve

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(subparsers: Subparsers) -> None:
    """Register ``relay``."""
    parser = subparsers.add_parser(
        "relay",
        help="carry for one clinic on its own router, without internet and without a key",
        description="Take sealed operations from the desks of this team and hand them to those they are "
        "for. The vault is opened once to learn who is in the team, and closed again before the relay "
        "listens: it holds no key and can open nothing. Stop it with Ctrl+C.",
        epilog="Example: ournydesk relay --vault DIR --data RELAY --host 192.168.8.10 "
        "--tls-cert C.pem --tls-key K.pem",
    )
    add_vault(parser)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="where the mailbox is kept")
    parser.add_argument("--host", default="127.0.0.1", help="address on the clinic's router")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="host name or address desks reach it by, if not --host; may be given again",
    )
    parser.add_argument("--port", type=int, default=8444, help="0 for any free one")
    parser.add_argument("--tls-cert", type=Path, metavar="PEM")
    parser.add_argument("--tls-key", type=Path, metavar="PEM")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Learn the team, close the vault, listen."""
    with opened(args) as vault:
        team = team_of(vault)
        told = encode(Members(since=0, entries=vault.membership.entries()))
        published = vault.operations.of_record(RecordId(team.id))
        mail = encode(Push(ops=tuple(operation.envelope for operation in published)))
    with tempfile.TemporaryDirectory(prefix="ourny-") as folder:
        members = Path(folder) / "members.json"
        members.write_bytes(told)
        given = ["relay", "--data", str(args.data), "--host", args.host, "--port", str(args.port)]
        sealed = Path(folder) / "mail.json"
        sealed.write_bytes(mail)
        given += ["--members", str(members), "--mail", str(sealed)]
        for name in args.name:
            given += ["--name", name]
        if args.tls_cert:
            given += ["--tls-cert", str(args.tls_cert)]
        if args.tls_key:
            given += ["--tls-key", str(args.tls_key)]
        return serve(given)
