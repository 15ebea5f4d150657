"""Mutants that believe what nobody signed, and logs that do not hold together."""

from __future__ import annotations

from typing import Final

from tests.mutants.workshop import Edit, Mutant

CRYPTO: Final = "ournydesk/crypto"
MEMBERS: Final = "ournydesk/domain/membership"
SERVICES: Final = "ournydesk/services"
T_CRYPTO: Final = "tests/unit/crypto"
T_MEMBERS: Final = "tests/unit/domain/test_membership.py"
T_PLACES: Final = (
    "tests/unit/domain/test_membership_laws.py::test_an_entry_of_another_team_or_another_place_is_refused"
)
T_SERVICES: Final = "tests/unit/services"
T_LEDGER: Final = "tests/contracts/test_ledger.py"

SIGNATURES: Final = (
    Mutant(
        "no signature is checked",
        f"{CRYPTO}/signing.py",
        "Ed25519PublicKey.from_public_bytes(self.encoded).verify(signature, _message(label, parts))",
        "_message(label, parts)",
        (f"{T_CRYPTO}/test_signing.py",),
    ),
    Mutant(
        "keys of small order are taken",
        f"{CRYPTO}/signing.py",
        "if y >= FIELD or y in SMALL_ORDER:",
        "if y >= FIELD:",
        (f"{T_CRYPTO}/test_signing.py::test_a_key_under_which_anything_verifies_is_refused",),
    ),
    Mutant(
        "a signature counts under any label",
        f"{CRYPTO}/signing.py",
        "return label.value + b",
        "return b",
        (f"{T_CRYPTO}/test_verification.py::test_a_signature_counts_under_its_own_label_and_key_only",),
    ),
    Mutant(
        "the grants beside an operation are not those that were signed",
        f"{CRYPTO}/verification.py",
        "if hashlib.sha256(envelope.grants).hexdigest() != header.grants:",
        "if not header.grants:",
        (f"{T_CRYPTO}/test_verification.py::test_grants_that_were_left_out_or_added_to_are_noticed",),
    ),
    Mutant(
        "a desk takes an operation nobody signed",
        f"{SERVICES}/receiving.py",
        "    check_operation(envelope, VerifyKey.decode(device.sign))",
        "    VerifyKey.decode(device.sign)",
        (f"{T_SERVICES}/test_receiving.py",),
    ),
    Mutant(
        "an entry of the team's log counts without its signature",
        f"{MEMBERS}/replay.py",
        "        verify(team.devices[device_id].sign, signature, entry.statement)\n",
        "",
        (T_MEMBERS,),
    ),
    Mutant(
        "a team's first entry counts without its signature",
        f"{MEMBERS}/replay.py",
        "    verify(device.sign, entry.signatures[0][1], entry.statement)\n",
        "",
        (T_MEMBERS,),
    ),
    Mutant(
        "a request to join need not hold its keys",
        f"{CRYPTO}/verification.py",
        "VerifyKey.decode(public).verify(Label.ENROLMENT, signature, *parts)",
        "VerifyKey.decode(public)",
        (f"{T_SERVICES}/test_enrolment_keys.py",),
    ),
    Mutant(
        "a login need not be signed",
        f"{CRYPTO}/verification.py",
        "VerifyKey.decode(public).verify(Label.AUTHENTICATION, signature, *parts)",
        "VerifyKey.decode(public)",
        ("tests/contracts/test_server_members.py::test_a_login_that_does_not_fit_is_refused_alike",),
    ),
    Mutant(
        "a batch is opened without its signature",
        f"{SERVICES}/batches.py",
        "    VerifyKey.decode(device.sign).verify(Label.EXPORT, signature, manifest)\n",
        "",
        (f"{T_SERVICES}/test_batches.py",),
    ),
)

CHAINS: Final = (
    Mutant(
        "a gap in the team's log is passed over",
        "sync/protocol/chain.py",
        "if n != head.at + 1:",
        "if n <= head.at:",
        ("tests/unit/sync/test_chain.py::test_a_gap_or_a_repeat_is_a_fault",),
    ),
    Mutant(
        "the server takes two operations at one place of a desk's chain",
        "sync/server/batch.py",
        "if header.dseq <= high.at or header.dprev != high.hash:",
        "if header.dprev != high.hash and header.dseq > high.at:",
        (f"{T_LEDGER}::test_a_second_operation_at_one_place_of_a_devices_chain_is_a_fork[SQLite]",),
    ),
    Mutant(
        "the server does not ask which operation another one follows",
        "sync/server/batch.py",
        "if header.dseq <= high.at or header.dprev != high.hash:",
        "if header.dseq <= high.at:",
        (f"{T_LEDGER}::test_a_second_operation_at_one_place_of_a_devices_chain_is_a_fork[SQLite]",),
    ),
    Mutant(
        "the server leaves gaps in a desk's chain",
        "sync/server/batch.py",
        "if header.dseq > high.at + 1:",
        "if header.dseq < 0:",
        (f"{T_LEDGER}::test_after_a_gap_nothing_of_that_device_is_taken_and_others_go_on[SQLite]",),
    ),
    Mutant(
        "a desk that says two things at one place is believed twice",
        f"{SERVICES}/receiving.py",
        "if vault.operations.rival(header.dev, header.dseq, operation.op_id):",
        "if vault.operations.rival(header.dev, -1, operation.op_id):",
        (f"{T_SERVICES}/test_receiving.py",),
    ),
    Mutant(
        "an entry of the team's log stands at any place",
        f"{MEMBERS}/replay.py",
        "if place != (team.id, team.head.at + 1, team.head.hash):",
        "if place[::2] != (team.id, team.head.hash):",
        (T_PLACES,),
    ),
    Mutant(
        "an entry of the team's log follows any other",
        f"{MEMBERS}/replay.py",
        "if place != (team.id, team.head.at + 1, team.head.hash):",
        "if place[:2] != (team.id, team.head.at + 1):",
        (T_PLACES,),
    ),
    Mutant(
        "an entry of another team is taken",
        f"{MEMBERS}/replay.py",
        "if place != (team.id, team.head.at + 1, team.head.hash):",
        "if place[1:] != (team.head.at + 1, team.head.hash):",
        (T_PLACES,),
    ),
    Mutant(
        "the head a server serves is not compared with what was read",
        "sync/client/engine.py",
        "if head.at == page.head.at and head.hash != page.head.hash:",
        "if head.at > page.head.at:",
        ("tests/unit/sync/test_engine_log.py",),
    ),
    Mutant(
        "the head a server tells of is not compared with one's own",
        "sync/client/engine.py",
        "elif state.head.at == cursor.at and cursor.at and state.head.hash != cursor.hash:",
        "elif state.head.at < cursor.at:",
        ("tests/unit/sync/test_engine_log.py",),
    ),
    Mutant(
        "an operation stands under another one's name",
        "sync/client/engine.py",
        "same = op is None or decode_envelope(op).op_id == op_id",
        "same = op is None or bool(decode_envelope(op).op_id)",
        ("tests/unit/sync/test_engine_log.py",),
    ),
    Mutant(
        "a laptop that was copied goes on beside its copy",
        "sync/client/engine.py",
        "if state.device_high.at > own.at:",
        "if state.device_high.at < 0:",
        ("tests/unit/sync/test_engine_log.py",),
        (
            Edit(
                "sync/client/engine.py",
                'if not same:\n            raise Alarm(what="cloned"',
                'if False:\n            raise Alarm(what="cloned"',
            ),
        ),
    ),
    Mutant(
        "two logs of one team are not noticed",
        "sync/client/engine.py",
        "if state.members == common and state.member_hash != self._replica.member_hash(common):",
        "if not state.member_hash:",
        ("tests/unit/sync/test_engine_log.py",),
    ),
    Mutant(
        "what an author had seen is not compared",
        f"{SERVICES}/receiving.py",
        "if here.hash != seen.hash:",
        "if here.at != seen.at:",
        (f"{T_SERVICES}/test_receiving.py",),
    ),
)
