"""A representative's accreditation is in the log, partial or full; entries from before say nothing of it."""

from __future__ import annotations

import pytest

from ournydesk.domain.membership import Role, Scope, Statement, UserId, user_body
from ournydesk.errors import ProtocolFault
from tests.unit.domain.test_membership import Log

NEW = UserId("1" * 32)


@pytest.mark.parametrize("scope", [None, *Scope])
def test_what_was_said_is_in_the_team(scope: Scope | None) -> None:
    log = Log()
    log.say(Statement.USER_ADD, user_body(user=NEW, role=Role.REPRESENTATIVE, reads=True, scope=scope))
    assert log.team.members[NEW].scope is scope


def test_it_can_be_said_later() -> None:
    log = Log()
    log.say(Statement.USER_ADD, user_body(user=NEW, role=Role.REPRESENTATIVE))
    log.say(Statement.USER_ROLE, user_body(user=NEW, role=Role.REPRESENTATIVE, scope=Scope.FULL))
    assert log.team.members[NEW].scope is Scope.FULL


def test_an_entry_of_before_is_spelled_as_it_was() -> None:
    assert set(user_body(user=NEW, role=Role.ATTORNEY)) == {"user", "role", "manages", "reads"}


@pytest.mark.parametrize(
    ("role", "scope", "why"),
    [
        (Role.ATTORNEY, "full", "scope"),
        (Role.REPRESENTATIVE, "half", "scope"),
        (Role.REPRESENTATIVE, None, "scope"),
    ],
)
def test_any_other_scope_is_refused(role: Role, scope: str | None, why: str) -> None:
    body = {**user_body(user=NEW, role=role), "scope": scope}
    with pytest.raises(ProtocolFault) as caught:
        Log().say(Statement.USER_ADD, body)
    assert caught.value.facts["why"] == why


@pytest.mark.parametrize("extra", ["", "title"])
def test_no_other_field_comes_with_it(extra: str) -> None:
    with pytest.raises(ProtocolFault) as caught:
        Log().say(Statement.USER_ADD, {**user_body(user=NEW, role=Role.ATTORNEY), extra: "x"})
    assert caught.value.facts["why"] == "body"
