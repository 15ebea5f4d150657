"""The operator's guide says what the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sync.protocol.limits import MOST_BODY
from sync.server.__main__ import _check, _parser
from sync.server.app import BODY_S, METRICS, OPERATOR
from sync.server.rates import REQUESTS, TEAM_REQUESTS
from sync.server.serving import Hurried

GUIDE = Path(__file__).parents[3].joinpath("docs", "server.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"python -m sync\.server (.*)$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_guide_is_one_the_program_takes(command: str) -> None:
    asked = _parser().parse_args(shlex.split(command))
    if asked.tls_cert:  # the guide's certificate is not here
        asked.tls_cert = asked.tls_key = None
        asked.plain = True
    _check(asked)


def test_the_numbers_of_the_guide_are_those_of_the_code() -> None:
    text = " ".join(GUIDE.split())
    for said in (
        f"up to {MOST_BODY // 1024**2} MiB",
        f"headers after {Hurried.headers_s:.0f} and bodies after {BODY_S:.0f} seconds",
        f"{REQUESTS} requests a minute of one device, or {TEAM_REQUESTS} of a team",
        f"`{METRICS}`",
        OPERATOR,
    ):
        assert said in text
    assert len(COMMANDS) == 7
