"""Mutants that open what should stay shut."""

from __future__ import annotations

from typing import Final

from tests.mutants.workshop import Edit, Mutant

CRYPTO: Final = "ournydesk/crypto"
SERVICES: Final = "ournydesk/services"
T_HEADER: Final = "tests/integration/vault/test_damaged_header.py"
T_CRYPTO: Final = "tests/unit/crypto"
T_SERVICES: Final = "tests/unit/services"

SEALS: Final = (
    Mutant(
        "a vault's header can be changed",
        f"{CRYPTO}/vault_header.py",
        "digest(LABEL, header)",
        "digest(LABEL)",
        (f"{T_HEADER}::test_a_header_rewritten_inside_the_limits_opens_nothing",),
        (Edit(f"{CRYPTO}/vault_header.py", "digest(LABEL, self.header)", "digest(LABEL)"),),
    ),
    Mutant(
        "what was sealed opens under another header",
        f"{CRYPTO}/operations.py",
        "hashlib.sha256(CONTEXT_LABEL + header)",
        "hashlib.sha256(CONTEXT_LABEL)",
        (f"{T_CRYPTO}/test_operations.py::test_ciphertext_under_another_header_opens_nothing",),
    ),
    Mutant(
        "a grant opens for another recipient",
        f"{CRYPTO}/grants.py",
        "str(self.version), self.recipient, self.context)",
        "str(self.version), self.context)",
        (f"{T_CRYPTO}/test_grants.py::test_a_grant_opens_for_no_other_purpose",),
    ),
    Mutant(
        "a grant opens at another place of the team's log",
        f"{CRYPTO}/grants.py",
        "str(self.version), self.recipient, self.context)",
        "str(self.version), self.recipient)",
        (f"{T_CRYPTO}/test_groups.py::test_a_grant_of_an_epoch_opens_nowhere_else",),
    ),
    Mutant(
        "a record's grant opens for another record",
        f"{CRYPTO}/operations.py",
        "Purpose(team=team, about=record, version=version",
        'Purpose(team=team, about="", version=version',
        (f"{T_CRYPTO}/test_operations.py::test_a_grant_opens_nowhere_else",),
    ),
    Mutant(
        "a record's grant opens in another epoch",
        f"{CRYPTO}/operations.py",
        'recipient=f"{to}#{epoch}"',
        "recipient=to",
        (f"{T_CRYPTO}/test_operations.py::test_a_grant_opens_nowhere_else",),
    ),
    Mutant(
        "an envelope that was cut opens half",
        f"{CRYPTO}/envelope.py",
        "return held + decryptor.finalize()",
        "return held",
        (f"{T_CRYPTO}/test_envelope.py::test_an_envelope_cut_after_a_whole_chunk_gives_nothing",),
    ),
    Mutant(
        "a key that is not the group's is kept",
        f"{SERVICES}/membership.py",
        "    if key.public() != group.public:\n",
        "    if not group.public:\n",
        (f"{T_SERVICES}/test_membership.py",),
    ),
    Mutant(
        "any cost is derived",
        f"{CRYPTO}/kdf.py",
        "    policy.check(cost)\n    if len(salt)",
        "    if len(salt)",
        (f"{T_CRYPTO}/test_kdf.py::test_a_cost_outside_the_limits_is_never_derived",),
    ),
    Mutant(
        "everybody's passphrase is good enough",
        f"{CRYPTO}/passphrase.py",
        "if any(_mostly(_bare(text), phrase) for phrase in self.common):",
        "if not text:",
        (f"{T_CRYPTO}/test_passphrase.py::test_a_passphrase_that_is_guessed_first_is_refused",),
    ),
    Mutant(
        "any six digits bring the screen back",
        f"{SERVICES}/pin.py",
        "return hmac.compare_digest(_derived(pin, bytes.fromhex(salt), cost, policy), bytes.fromhex(kept))",
        "return bool(salt and hmac)",
        (f"{T_SERVICES}/test_pin.py",),
    ),
)
