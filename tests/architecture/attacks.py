"""Which tests try which row of the lists of attacks on identity (D) and on the vault (E).

A row's text is kept where the lists are; here stand its number and the tests, each by its file and its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CRYPTO: Final = "tests/unit/crypto"
SERVICES: Final = "tests/unit/services"
DOMAIN: Final = "tests/unit/domain"
VAULT: Final = "tests/integration/vault"
TEAM: Final = "tests/integration/team"
SERVER: Final = "tests/contracts/test_server_members.py"

TRIED: Final[Mapping[str, tuple[str, ...]]] = {
    "D1": (
        f"{SERVER}::test_a_revoked_device_is_shut_out_at_once",
        "tests/contracts/test_ledger.py::test_what_a_revoked_device_signed_counts_up_to_its_last_number",
        f"{SERVICES}/test_receiving.py::test_what_was_signed_after_a_desk_was_shut_out_is_set_aside",
    ),
    "D2": (
        f"{SERVICES}/test_receiving.py::test_what_was_signed_after_a_desk_was_shut_out_is_set_aside",
        f"{TEAM}/test_whereabouts.py::test_what_was_set_aside_can_be_kept_and_looked_at_again",
    ),
    "D3": (
        f"{SERVICES}/test_membership.py::test_after_a_desk_was_shut_out_the_new_key_is_not_among_its_own",
    ),
    "D4": (
        f"{SERVICES}/test_role_matrix.py::test_a_volunteer_changes_no_record_of_another",
        "tests/contracts/test_ledger.py::test_a_role_decides_which_kinds_are_taken",
        "tests/contracts/test_ledger.py::test_only_those_an_operation_is_for_get_its_bytes",
        "tests/contracts/test_server_blobs.py::test_another_teams_attachment_is_as_if_it_were_not_there",
    ),
    "D5": (
        f"{SERVICES}/test_role_matrix.py::test_a_desk_takes_of_each_role_what_that_role_may_say_and_nothing_else",
        f"{SERVICES}/test_receiving.py::test_nobody_writes_into_a_record_of_others",
    ),
    "D6": (
        f"{SERVER}::test_a_login_that_does_not_fit_is_refused_alike",
        f"{SERVER}::test_a_login_meant_for_another_server_cannot_be_passed_on",
        "tests/integration/server/test_http.py::test_nothing_is_served_without_a_token",
    ),
    "D7": (
        f"{CRYPTO}/test_signing.py::test_a_key_under_which_anything_verifies_is_refused",
        f"{CRYPTO}/test_signing.py::test_under_a_key_off_the_curve_nothing_verifies",
        f"{CRYPTO}/test_grants.py::test_a_public_key_anybody_could_open_is_refused",
        f"{SERVICES}/test_enrolment_keys.py::test_a_request_with_a_key_nobody_can_seal_to_is_refused",
    ),
    "D8": (
        f"{SERVICES}/test_enrolment_keys.py::test_a_request_of_which_one_part_was_exchanged_on_the_way_is_refused",
        f"{SERVICES}/test_enrolment_keys.py::test_nobody_is_let_in_by_other_words",
    ),
    "D9": (
        (
            f"{SERVICES}/test_enrolment_keys.py"
            "::test_an_invite_lets_in_the_desk_it_was_written_for_once_and_within_three_days"
        ),
        f"{SERVICES}/test_enrolment_keys.py::test_an_invite_with_another_teams_fingerprint_is_refused",
    ),
    "D10": (
        f"{DOMAIN}/test_membership.py::test_the_last_one_who_manages_people_cannot_leave",
        f"{DOMAIN}/test_membership.py::test_two_people_must_agree_that_one_no_longer_manages",
        (
            f"{DOMAIN}/test_membership_laws.py"
            "::test_whatever_is_said_a_team_stays_one_that_can_be_led_and_lets_no_stranger_read"
        ),
    ),
    "D11": (
        f"{CRYPTO}/test_signing.py::test_a_signature_with_the_order_added_is_another_one_and_refused",
        f"{CRYPTO}/test_signing.py::test_a_signature_of_the_wrong_shape_is_refused",
        f"{CRYPTO}/test_signing.py::test_every_flipped_bit_of_a_signature_is_noticed",
    ),
    "D12": (f"{CRYPTO}/test_verification.py::test_a_signature_counts_under_its_own_label_and_key_only",),
    "D13": (
        f"{SERVER}::test_a_device_that_exists_costs_the_same_questions_as_one_that_does_not",
        (
            "tests/integration/server/test_login_time.py"
            "::test_a_device_nobody_has_is_refused_as_fast_as_one_somebody_has"
        ),
    ),
    "D14": (
        f"{CRYPTO}/test_grants.py::test_a_grant_opens_for_no_other_purpose",
        f"{CRYPTO}/test_operations.py::test_a_grant_opens_nowhere_else",
        f"{CRYPTO}/test_groups.py::test_a_grant_of_an_epoch_opens_nowhere_else",
        f"{SERVICES}/test_membership.py::test_a_key_that_does_not_belong_to_its_group_is_not_kept",
    ),
    "E1": (
        f"{SERVICES}/test_vault.py::test_a_thousand_wrong_tries_lock_nobody_out",
        f"{SERVICES}/test_vault.py::test_each_wrong_try_waits_twice_as_long_up_to_a_minute",
        f"{VAULT}/test_life.py::test_wrong_words_are_wrong_and_change_nothing",
    ),
    "E2": (
        f"{CRYPTO}/test_kdf.py::test_the_floor_and_the_ceiling_are_those_of_the_design",
        f"{CRYPTO}/test_passphrase.py::test_generated_words_are_six_listed_ones_and_good_enough",
        f"{CRYPTO}/test_kdf.py::test_one_guess_at_the_floor_takes_a_tenth_of_a_second_or_more",
    ),
    "E3": (
        f"{VAULT}/test_damaged_header.py::test_a_cost_outside_the_limits_is_refused_before_deriving",
        f"{CRYPTO}/test_kdf.py::test_a_cost_outside_the_limits_is_never_derived",
    ),
    "E4": (
        f"{VAULT}/test_damaged_header.py::test_the_sealed_key_of_another_vault_opens_nothing",
        f"{VAULT}/test_damaged_header.py::test_the_header_of_another_vault_is_not_taken_for_wrong_words",
    ),
    "E5": ("tests/unit/store/test_database.py::test_a_raw_key_of_another_length_cannot_be_made",),
    "E6": (
        f"{VAULT}/test_damaged_database.py::test_an_open_database_is_refused_even_when_it_is_whole",
        f"{VAULT}/test_damaged_database.py::test_the_database_of_another_vault_is_not_ours",
    ),
    "E7": (
        f"{CRYPTO}/test_passphrase.py::test_the_same_words_typed_elsewhere_are_the_same_bytes",
        f"{CRYPTO}/test_passphrase.py::test_any_text_is_bytes_or_refused",
        f"{CRYPTO}/test_passphrase.py::test_nul_and_emoji_are_characters_like_others",
    ),
    "E8": (
        f"{VAULT}/test_left_behind.py::test_a_desk_that_was_opened_again_holds_nothing_of_what_was_said",
        f"{CRYPTO}/test_keys.py::test_a_forgotten_key_is_overwritten_and_useless",
    ),
    "E9": (
        f"{VAULT}/test_left_behind.py::test_a_crash_leaves_no_core",
        (
            "tests/unit/test_surroundings.py"
            "::test_a_hardened_process_dumps_no_core_and_writes_for_its_owner_only"
        ),
    ),
    "E10": (
        f"{VAULT}/test_left_behind.py::test_a_day_leaves_no_word_of_a_client_in_any_file_of_its_account",
        f"{VAULT}/test_left_behind.py::test_a_day_writes_nowhere_but_into_its_own_folders",
        f"{VAULT}/test_canaries.py::test_no_word_of_a_client_is_in_any_file_of_the_vault",
    ),
    "E11": (
        "tests/gui/test_left_alone.py::test_two_minutes_hide_and_fifteen_lock",
        "tests/gui/test_left_alone.py::test_however_short_a_laptop_slept_it_wakes_locked",
        "tests/gui/test_left_alone.py::test_a_system_that_says_so_is_heard",
        "tests/gui/test_left_alone.py::test_after_a_lock_no_widget_shows_a_record_and_the_vault_is_closed",
    ),
    "E12": (
        (
            "tests/gui/test_left_alone.py"
            "::test_what_was_copied_is_gone_after_a_while_and_asks_not_to_be_remembered"
        ),
        "tests/gui/test_left_alone.py::test_a_lock_clears_what_was_copied_here_and_nothing_else",
    ),
    "E14": (
        f"{TEAM}/test_recovery.py::test_the_stock_age_opens_a_kit_with_the_words",
        f"{TEAM}/test_recovery.py::test_wrong_words_a_torn_file_and_no_kit_are_one_sentence_each",
        f"{CRYPTO}/test_recovery.py::test_other_words_and_no_words_are_one_sentence",
    ),
}
NOT_TRIED: Final[Mapping[str, str]] = {
    "E13": "There is nothing to interrupt: forgetting a vault is not built before counsel has said yes.",
}
