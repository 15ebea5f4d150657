"""Mutants that break what a person was promised."""

from __future__ import annotations

from typing import Final

from tests.mutants.workshop import Edit, Mutant

SERVICES: Final = "ournydesk/services"
T_SERVICES: Final = "tests/unit/services"
T_DOCUMENTS: Final = "tests/integration/team/test_documents.py"

PROMISES: Final = (
    Mutant(
        "a volunteer's laptop could open again what it let go",
        f"{SERVICES}/records.py",
        "grant_to=to if pending.first else (),",
        "grant_to=(*to, identity.device) if pending.first else (),",
        (f"{T_SERVICES}/test_purging.py",),
    ),
    Mutant(
        "who lends a record keeps a grant of it",
        f"{SERVICES}/records.py",
        "grant_to=(device,),",
        "grant_to=(device, identity_of(vault).device),",
        (f"{T_SERVICES}/test_purging.py",),
    ),
    Mutant(
        "a purge keeps the record's key",
        f"{SERVICES}/purging.py",
        "        vault.keys.forget_record(name)\n",
        "",
        (f"{T_SERVICES}/test_purging.py",),
    ),
    Mutant(
        "a purge keeps what was sealed",
        f"{SERVICES}/purging.py",
        "        vault.operations.forget_payloads(name)\n",
        "",
        (f"{T_SERVICES}/test_purging.py",),
    ),
    Mutant(
        "a purge keeps the mirrored files",
        f"{SERVICES}/purging.py",
        "    vault.outgoing.remove(mirrored)\n",
        "",
        (f"{T_SERVICES}/test_purging.py",),
    ),
    Mutant(
        "a record is let go before a reader signed for it",
        f"{SERVICES}/purging.py",
        "if row.status is Status.RECEIVED",
        "if row.status in (Status.ON_THE_SERVER, Status.RECEIVED)",
        (f"{T_SERVICES}/test_purging.py",),
    ),
    Mutant(
        "what was pushed counts as on the server",
        f"{SERVICES}/syncing.py",
        'if result.said == "no":',
        'if result.said == "ok":\n'
        "                for one in [self.vault.operations.get(result.op_id)]:\n"
        "                    self.vault.operations.follow([(result.n or 0, result.op_id)], "
        'Head(result.n or 0, "0" * 64))\n'
        '            if result.said == "no":',
        (f"{T_SERVICES}/test_syncing.py",),
    ),
    Mutant(
        "what was sent once is never sent again",
        "ournydesk/store/operations.py",
        '"WHERE n IS NULL AND standing IN',
        '"WHERE n IS NULL AND offered_at IS NULL AND standing IN',
        ("tests/contracts/test_open_vault_operations.py",),
    ),
    Mutant(
        "what was sent counts as on the server",
        "ournydesk/store/ladder.py",
        '"SELECT DISTINCT record, kind, dev, n IS NOT NULL,',
        '"SELECT DISTINCT record, kind, dev, offered_at IS NOT NULL,',
        ("tests/contracts/test_open_vault_records.py",),
    ),
    Mutant(
        "an intake is handed over before the client agreed",
        f"{SERVICES}/records.py",
        '    if not row.progress.agreed:\n        raise Refused("refused.consent")\n',
        "",
        (f"{T_SERVICES}/test_records.py",),
    ),
    Mutant(
        "an intake is sealed before the client agreed",
        f"{SERVICES}/records.py",
        "if identity is None or not identity.member or not row.progress.agreed:",
        "if identity is None or not identity.member:",
        (f"{T_SERVICES}/test_records.py",),
    ),
    Mutant(
        "of two answers the later one wins silently",
        "ournydesk/domain/merge/fold.py",
        "            if len(answers) > 1:\n",
        "            if not answers:\n",
        ("tests/unit/domain/test_merge.py",),
    ),
    Mutant(
        "a batch need not be what its manifest says",
        f"{SERVICES}/batches.py",
        'if body.get("files") != {name:',
        'if body.get("files") is None or not {name:',
        (f"{T_SERVICES}/test_batches.py",),
    ),
    Mutant(
        "a torn courier file is taken",
        f"{SERVICES}/courier.py",
        " or hashlib.sha256(body).digest() != checksum:",
        " or not checksum:",
        (f"{T_SERVICES}/test_courier.py",),
    ),
    Mutant(
        "a piece of an attachment is not what it was said to be",
        "sync/server/blobs.py",
        'if not hmac.compare_digest(found.encode("ascii"), sha256.encode("utf-8")):',
        "if not hmac:",
        ("tests/contracts/test_server_blobs.py::test_a_part_that_is_not_what_its_hash_says_is_not_kept",),
    ),
    Mutant(
        "a recovery kit is in force before it opened",
        f"{SERVICES}/recovery.py",
        'if open_kit(keep(seal(kit, " ".join(shown))), " ".join(noted)) != kit:',
        'if not keep(seal(kit, " ".join(shown))):',
        (f"{T_SERVICES}/test_recovery.py",),
    ),
    Mutant(
        "a recovery kit is made with words nobody wrote down",
        f"{SERVICES}/recovery.py",
        "if noted != list(shown):",
        "if not noted:",
        (f"{T_SERVICES}/test_recovery.py",),
    ),
    Mutant(
        "another team's recovery kit passes a drill",
        f"{SERVICES}/recovery.py",
        "if kit.fingerprint != identity.fingerprint:",
        "if not kit.fingerprint:",
        (f"{T_SERVICES}/test_recovery.py",),
        (Edit(f"{SERVICES}/recovery.py", "if public != team.recovery:", "if not public:"),),
    ),
    Mutant(
        "a recovery kit that was replaced passes a drill",
        f"{SERVICES}/recovery.py",
        "if public != team.recovery:",
        "if not public:",
        (f"{T_SERVICES}/test_recovery.py",),
    ),
    Mutant(
        "a second person signs what was not signed before",
        f"{SERVICES}/cosigning.py",
        "            check_statement(public, signature, statement)\n",
        "            verify.__name__\n",
        (f"{T_SERVICES}/test_cosigning.py",),
    ),
    Mutant(
        "a statement of another team is read",
        f"{SERVICES}/cosigning.py",
        "if decode_entry(entries[0]).hash != identity_of(vault).fingerprint:",
        "if not entries:",
        (f"{T_SERVICES}/test_cosigning.py",),
    ),
    Mutant(
        "a reader signs for a document that is not there",
        f"{SERVICES}/receiving.py",
        "if operation.op_id in on_their_way:",
        "if operation.op_id == on_their_way:",
        (f"{T_DOCUMENTS}::test_nobody_signs_for_a_record_whose_document_is_not_here",),
    ),
    Mutant(
        "a part of a document is kept whatever its bytes",
        "ournydesk/crypto/attachments.py",
        "return hashlib.sha256(untrusted).hexdigest() == sha256",
        "return len(sha256) == 64",
        ("tests/unit/crypto/test_attachments.py",),
    ),
    Mutant(
        "what was erased comes back with what others wrote meanwhile",
        f"{SERVICES}/receiving.py",
        "if header.kind is not Kind.ERASE and erasing.erased(header.rec, vault):",
        "if header.kind is Kind.ERASE and erasing.erased(header.rec, vault):",
        (
            "tests/integration/team/test_erasing.py::test_what_somebody_wrote_meanwhile_is_kept_aside_and_brings_nothing_back",
        ),
    ),
    Mutant(
        "an alarm is settled with any words",
        f"{SERVICES}/troubles.py",
        "    vault.prove(passphrase)\n",
        "    passphrase.strip()\n",
        (
            "tests/integration/team/test_whereabouts.py::test_an_alarm_is_settled_by_a_named_person_with_the_words_of_the_seat",
        ),
    ),
    Mutant(
        "any certificate makes a relay",
        "sync/client/transport.py",
        "self._session.verify = str(authority) if authority is not None else True",
        "self._session.verify = authority is None",
        (
            "tests/integration/server/test_tls.py::test_a_desk_reaches_a_server_with_the_authority_of_its_invite",
        ),
    ),
)
