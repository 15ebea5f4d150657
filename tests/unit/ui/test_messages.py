from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ournydesk import cli, errors
from ournydesk.errors import BadInput, DeskError, Refused, StoreBroken
from ui.messages import MESSAGES, message

ROOT = Path(__file__).resolve().parents[3]
RAISED = {"Refused", "StoreBroken", "Tampered", "WrongPassphrase", "AlreadyOpen", "NotAVault", "DeskError"}
# Met by command lines and by the team's own log, never by a window.
ELSEWHERE = ("refused.member", "refused.key")


def codes() -> set[str]:
    """Every code the desk's own rooms raise."""
    found = set()
    for room in ("ournydesk/services", "ournydesk/store", "ournydesk/crypto", "forms/paper"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        found.add(first.value)
    return found


def errors_of_the_tree() -> list[type[DeskError]]:
    return [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, DeskError)]


@pytest.mark.parametrize("error", errors_of_the_tree(), ids=lambda one: one.__name__)
def test_every_error_of_the_tree_has_words(error: type[DeskError]) -> None:
    if error is BadInput:
        assert message(BadInput("The file is torn.")).what == "The file is torn."
        return
    assert message(error()).what != MESSAGES["desk"].what or error is DeskError


def test_every_code_that_is_raised_has_words_of_its_own_branch() -> None:
    found = codes()
    assert len(found) > 10
    wordless = {
        code
        for code in found
        if not code.startswith(ELSEWHERE) and message(DeskError(code)).what == MESSAGES["desk"].what
    }
    assert wordless == set()


def test_the_closest_words_win() -> None:
    assert message(Refused("refused.no_blank")).what == MESSAGES["refused.no_blank"].what
    assert message(Refused("refused.never_heard_of")).what == MESSAGES["refused"].what
    assert message(StoreBroken("store.events")).what == MESSAGES["store"].what


def test_a_bug_is_told_without_its_insides() -> None:
    assert "secret" not in message(KeyError("secret")).text


def test_no_message_uses_the_words_volunteers_should_not_meet() -> None:
    for one in MESSAGES.values():
        for word in ("oops", "invalid", "error", "sync", "vault", "please", "passphrase"):
            assert word not in one.text.casefold(), one.text


def reasons() -> set[str]:
    """Every reason for which the team's rules refuse an entry of its log."""
    tree = ast.parse((ROOT / "ournydesk/domain/membership/replay.py").read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    return {
        str(node.args[0].value)
        for node in calls
        if isinstance(node.func, ast.Name)
        and node.func.id == "_refused"
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_reason_of_the_team_s_rules_has_a_sentence_of_its_own_on_screen_and_terminal() -> None:
    told = [Refused("refused.member", why=why) for why in sorted(reasons())]
    assert len(told) > 9
    for words in ([message(one).what for one in told], [cli.sentence(one) for one in told]):
        assert len(set(words)) == len(told)
        assert not {MESSAGES["refused.member"].what, cli.SENTENCES["refused.member"]} & set(words)


def test_a_reason_without_words_gets_those_of_its_code() -> None:
    assert message(Refused("refused.member", why="never_heard_of")) == MESSAGES["refused.member"]
