"""Mutants that let somebody say or read what is not theirs."""

from __future__ import annotations

from typing import Final

from tests.mutants.workshop import Mutant

MEMBERS: Final = "ournydesk/domain/membership"
SERVICES: Final = "ournydesk/services"
T_MEMBERS: Final = "tests/unit/domain/test_membership.py"
T_SERVICES: Final = "tests/unit/services"
T_LEDGER: Final = "tests/contracts/test_ledger.py"

RIGHTS: Final = (
    Mutant(
        "every role may say everything",
        f"{MEMBERS}/team.py",
        "return member is not None and member.role in WRITES[kind]",
        "return member is not None",
        (T_MEMBERS,),
    ),
    Mutant(
        "who was shut out is obeyed for ever",
        f"{MEMBERS}/team.py",
        "return found.role in WRITES[kind] and dseq <= found.last_seq",
        "return found.role in WRITES[kind]",
        (T_MEMBERS,),
    ),
    Mutant(
        "a desk does not ask whether a role may say this",
        f"{SERVICES}/receiving.py",
        "if not team.accepts(header.dev, header.dseq, header.kind):",
        "if header.dev not in team.devices:",
        (f"{T_SERVICES}/test_receiving.py",),
    ),
    Mutant(
        "the server does not ask whether a role may say this",
        "sync/server/ledger.py",
        'return "" if team.accepts(one.header.dev, one.header.dseq, one.header.kind) else "role"',
        'return ""',
        (f"{T_LEDGER}::test_a_role_decides_which_kinds_are_taken",),
    ),
    Mutant(
        "a desk believes whoever writes into a record of others",
        f"{SERVICES}/receiving.py",
        "    if header.dev in lent:\n",
        "    if authors:\n",
        (f"{T_SERVICES}/test_receiving.py",),
    ),
    Mutant(
        "a desk believes whoever lends a record of others",
        f"{SERVICES}/receiving.py",
        "    return {one.header.dev for one in passed if one.header.rec == record",
        "    return {one.header.dev for one in passed if not one.header.rec",
        (f"{T_SERVICES}/test_receiving.py::test_nobody_lends_a_record_that_somebody_else_began",),
    ),
    Mutant(
        "whoever does not read signs for what was read",
        f"{SERVICES}/receiving.py",
        "    if not _wrote_as_reader(team, header):\n        _know_the_team(team, header)\n        raise",
        "    if header.dev not in team.devices:\n        raise",
        (f"{T_SERVICES}/test_receiving.py",),
    ),
    Mutant(
        "who does not manage people changes the team",
        f"{MEMBERS}/replay.py",
        "if member is None or not member.manages or not team.active(device_id):",
        "if member is None or not team.active(device_id):",
        (T_MEMBERS,),
    ),
    Mutant(
        "a desk that was shut out changes the team",
        f"{MEMBERS}/replay.py",
        "if member is None or not member.manages or not team.active(device_id):",
        "if member is None or not member.manages:",
        (T_MEMBERS,),
    ),
    Mutant(
        "one signature is always enough",
        f"{MEMBERS}/replay.py",
        "if len(signers) < 2 and _needs_two(team, changed, frozenset(signers)):",
        "if not signers and _needs_two(team, changed, frozenset(signers)):",
        (T_MEMBERS,),
    ),
    Mutant(
        "one person with two desks is two people",
        f"{MEMBERS}/replay.py",
        "if len(signers) < 2 and",
        "if len(entry.signatures) < 2 and",
        (T_MEMBERS,),
    ),
    Mutant(
        "the last one who manages people can leave",
        f"{MEMBERS}/replay.py",
        "if not changed.able():",
        "if not changed.devices:",
        (T_MEMBERS,),
    ),
    Mutant(
        "who was shut out keeps the key of what comes",
        f"{MEMBERS}/replay.py",
        "if any(device.id in group.members for group in after.groups.values()):",
        "if not after.devices:",
        (T_MEMBERS,),
    ),
    Mutant(
        "everybody is handed everything",
        f"{MEMBERS}/team.py",
        "    if not team.active(device):\n        return False\n    return any(",
        "    if team.active(device):\n        return True\n    return any(",
        (T_MEMBERS,),
    ),
    Mutant(
        "who was shut out is handed what comes",
        f"{MEMBERS}/team.py",
        "    if not team.active(device):\n        return False\n    return any(",
        "    return any(",
        (T_MEMBERS,),
    ),
    Mutant(
        "the server hands everything to everybody",
        "sync/server/ledger.py",
        "mine = dev == device or entitled(known, device, tuple(json.loads(recipients)))",
        "mine = bool(entitled and recipients)",
        (f"{T_LEDGER}::test_only_those_an_operation_is_for_get_its_bytes[SQLite]",),
    ),
    Mutant(
        "a token outlives its desk",
        "sync/server/access.py",
        "if not self._ledger.current(connection, team, row.member_hash).active(device):",
        "if not self._ledger.current(connection, team, row.member_hash).devices:",
        ("tests/contracts/test_server_members.py::test_a_revoked_device_is_shut_out_at_once",),
    ),
    Mutant(
        "a desk is let in without its words",
        f"{SERVICES}/enrolment.py",
        "if tuple(word.strip().casefold() for word in typed) != tuple(card.words[place] for place in TYPED):",
        "if not typed:",
        (f"{T_SERVICES}/test_enrolment_keys.py",),
    ),
)
