"""PROTOCOL.md binds: its examples, tables and numbers are what the code says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import sync
from ournydesk.domain.operations import OpId
from sync.protocol import chain, messages, paths
from sync.protocol.codec import DEEPEST, decode, encode
from sync.protocol.faults import REFUSALS, STATUS
from sync.protocol.limits import (
    API,
    CHALLENGE_LIFE,
    MOST_BODY,
    MOST_LOGIN_BODY,
    MOST_MEMBERS,
    MOST_PAGE,
    MOST_PARTS,
    MOST_PUSH_BYTES,
    MOST_PUSH_OPS,
    TOKEN_LIFE,
)
from sync.server.app import BODY_S, LOOPBACK, router
from sync.server.rates import ALL_LOGINS, LOGINS, REQUESTS, TEAM_REQUESTS, UPLOADS
from sync.server.serving import Hurried

TEXT = Path(sync.__file__).with_name("PROTOCOL.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```json (\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
KINDS = [name for name, kind in vars(messages).items() if hasattr(kind, "__dataclass_fields__")]
MIB = 1024 * 1024


@pytest.mark.parametrize(("kind", "example"), [one for one in EXAMPLES if one[0] != "chain"])
def test_an_example_is_what_is_sent(kind: str, example: str) -> None:
    message = decode(getattr(messages, kind), example.encode())
    assert encode(message).decode() == example.strip()


def test_every_message_that_travels_alone_has_an_example() -> None:
    inside = {"OpResult", "LogEntry", "Head"}
    assert {name for name, _ in EXAMPLES} - {"chain"} == set(KINDS) - inside


def test_the_chain_of_the_example_is_ours() -> None:
    (example,) = (json.loads(text) for name, text in EXAMPLES if name == "chain")
    head = chain.start(example["fingerprint"])
    heads = [head.hash]
    for op_id in example["op_ids"]:
        head = chain.step(head, OpId(op_id))
        heads.append(head.hash)
    assert heads == example["heads"]


def test_every_code_is_in_its_table_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d{3}) \|", TEXT, re.MULTILINE)
    assert {code: int(status) for code, status in rows} == STATUS
    refused = TEXT[TEXT.index("| refused with |") : TEXT.index("* Positions are gapless")]
    assert set(re.findall(r"^\| `(\w+)` \|", refused, re.MULTILINE)) == REFUSALS


def test_every_address_is_in_its_table_and_no_other() -> None:
    told = {tuple(one) for one in re.findall(r"^\| `(GET|POST|PUT) (/v1/[^?`]+)", TEXT, re.MULTILINE)}
    named = {("{blob}", "ID"), ("{number}", "PART")}
    served = set()
    for route in router.routes:
        path = str(getattr(route, "path", ""))
        for code, word in named:
            path = path.replace(code, word)
        served |= {(method, path) for method in getattr(route, "methods", ()) if path.startswith("/v1/")}
    assert told == served
    assert all(path.startswith(f"/v{API}/") for _, path in served)
    assert paths.PULL in {path for _, path in served}


@pytest.mark.parametrize(
    "said",
    [
        f"A request or an answer is at most {MOST_BODY // MIB} MiB.",
        f"A request without a token is at most {MOST_LOGIN_BODY // 1024} KiB",
        f"nesting deeper than {['five'][DEEPEST - 5]}",
        f"At most {MOST_PUSH_OPS} operations and {MOST_PUSH_BYTES // MIB} MiB of them in one push",
        f"At most {MOST_MEMBERS} entries and 4 MiB of them in one answer",
        f"A page holds at most {MOST_PAGE} entries",
        f"at most {MOST_PARTS} parts of at most 1 MiB",
        f"{REQUESTS} a minute of a device, {TEAM_REQUESTS} of a team",
        f"{LOGINS} towards a login of one device, {ALL_LOGINS} towards any login",
        f"{UPLOADS // 1024**3} GiB of attachments a day of a team",
        f"cut headers after {Hurried.headers_s:.0f} and bodies after {BODY_S:.0f} seconds",
        {2: "A challenge lives two minutes"}[int(CHALLENGE_LIFE.total_seconds() // 60)],
        {15: "at most fifteen minutes"}[int(TOKEN_LIFE.total_seconds() // 60)],
    ],
)
def test_a_number_in_the_text_is_the_one_in_the_code(said: str) -> None:
    assert said in " ".join(TEXT.split())


def test_a_server_that_was_told_no_name_serves_its_own_machine_alone() -> None:
    assert frozenset(("127.0.0.1", "localhost", "::1")) == LOOPBACK
