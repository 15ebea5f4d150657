"""``ournydesk team``: who is in it, whether its log holds, who comes and goes. Layer: cli."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ournydesk.cli import team_invite, team_revoke, team_seats
from ournydesk.cli.opening import add_vault, opened
from ournydesk.crypto.passphrase import WordBook
from ournydesk.services import founding
from ournydesk.services.membership import team_of
from sync.protocol import chain

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse names it no other way


def add(subparsers: Subparsers) -> None:
    """Register ``team list``, ``team verify`` and what the modules beside this one do."""
    parser = subparsers.add_parser(
        "team",
        help="who is in the team, letting in and shutting out, the seats of its clinics",
        description="The team as its signed log adds up in this vault.",
        epilog="Example: ournydesk team list --vault DIR",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, run, summary in (
        ("list", show, "people, rights and desks"),
        ("verify", verify, "replay the whole log and the chain of operations, and print both heads"),
    ):
        action = actions.add_parser(
            name,
            help=summary,
            description=summary.capitalize() + ".",
            epilog=f"Example: ournydesk team {name}",
        )
        add_vault(action)
        action.set_defaults(run=run)
    team_invite.add(actions)
    team_seats.add(actions)
    team_revoke.add(actions)


def show(args: argparse.Namespace) -> int:
    """Print the team."""
    with opened(args) as vault:
        view = founding.view(vault, WordBook.bundled())
    print(f"{view.name}: {' '.join(view.words)}")
    for member in view.members:
        scope = f" ({member.scope.value})" if member.scope is not None else ""
        rights = [f"{member.role.value}{scope}", *(["manages people"] if member.manages else [])]
        rights += ["reads cases"] if member.reads else []
        desks = sum(not device.revoked for device in member.devices)
        print(f"  {member.name or member.id[:8]}: {', '.join(rights)}; desks: {desks}")
    for clinic in view.clinics:
        print(f"  Clinic {clinic.title}, closes {clinic.closes.astimezone():%d %b %Y %H:%M}")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Replay everything; 1 when the chain here does not add up."""
    with opened(args) as vault:
        team = team_of(vault)
        cursor = vault.operations.cursor()
        head = chain.follow(chain.start(team.fingerprint), vault.operations.numbered(0))
    print(f"Members: {team.head.at + 1} entries, head {team.head.hash}")
    print(f"Operations: {head.at} positions, head {head.hash}")
    if cursor.hash and cursor != head:
        print("The chain of operations does not add up to the head this vault keeps: call the coordinator.")
        return 1
    print("Every signature and every link holds.")
    return 0
