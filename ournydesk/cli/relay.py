"""``ournydesk relay``: a keyless mailbox for one clinic's router. Layer: cli."""

from __future__ import annotations

import argparse
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.cli.opening import add_vault, opened
from ournydesk.domain.operations import RecordId
from ournydesk.errors import BadInput
from ournydesk.services.membership import team_of
from sync.protocol.codec import encode
from sync.protocol.messages import Members, Push
from sync.protocol.paths import RELAY_NAME
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
    parser.add_argument(
        "--announce",
        action="store_true",
        help=f"let desks find it on the network; its certificate has to be for the name {RELAY_NAME}",
    )
    parser.add_argument("--tls-cert", type=Path, metavar="PEM")
    parser.add_argument("--tls-key", type=Path, metavar="PEM")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Learn the team, close the vault, listen."""
    if args.announce and not (args.port and args.tls_cert):
        raise BadInput("A relay that is announced needs --tls-cert, --tls-key, and a --port other than 0.")
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
        from sync.client.nearby import announced  # noqa: PLC0415 - few relays are announced

        reached = _addresses(args.host) if args.announce else ()
        for name in (*args.name, *reached):
            given += ["--name", name]
        if args.tls_cert:
            given += ["--tls-cert", str(args.tls_cert)]
        if args.tls_key:
            given += ["--tls-key", str(args.tls_key)]
        with announced(args.port, reached) if args.announce else nullcontext():
            return serve(given)


def _addresses(host: str) -> tuple[str, ...]:
    """Where desks can reach it: the one address it listens on, or all of this laptop's."""
    from sync.client.nearby import addresses_here  # noqa: PLC0415 - few relays are announced

    return addresses_here() if host in {"0.0.0.0", "::", ""} else (host,)  # noqa: S104 - compared
