"""The published interface: every request made from it, sound or not, is answered as it says."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from sync.protocol import paths
from sync.protocol.codec import encode
from sync.protocol.messages import CreateTeam
from sync.server import openapi
from sync.server.app import router
from sync.server.storage import Storage, sqlite_url
from tests.fakes.signed_team import SignedTeam
from tests.integration.server.visits import Housed, visits

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    ignored_auth,
    unsupported_method,
]
EXAMPLES = 25
OPERATIONS = sorted((one.method, one.path) for one in openapi.ASKED)
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
TRIED = [
    *((one.method, one.path, POSITIVE) for one in openapi.ASKED),
    # What takes nothing can be given nothing wrong.
    *((one.method, one.path, NEGATIVE) for one in openapi.ASKED if one.sends or one.parameters),
]
SEED = random.SystemRandom().randrange(10**6)
TEXT = schemathesis.openapi.from_dict(json.loads(openapi.document()))


@pytest.fixture(scope="module")
def team() -> SignedTeam:
    return SignedTeam()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, team: SignedTeam) -> Iterator[Housed]:
    database = Storage(sqlite_url(tmp_path_factory.mktemp("openapi") / "server.db"))
    database.migrate()
    with visits(database, team) as opened:
        yield opened
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path", "mode"), TRIED)
def test_whatever_the_text_allows_or_forbids_is_answered_as_it_says(
    here: Housed, team: SignedTeam, method: str, path: str, mode: schemathesis.GenerationMode
) -> None:
    logging.getLogger(__name__).warning("seed %d", SEED)  # shown with a failure
    token = here.log_in(team.first)
    operation = TEXT[path][method.upper()]
    cases = operation.as_strategy(generation_mode=mode)

    @seed(SEED)
    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @given(case=cases, known=st.booleans())
    def asked(case: schemathesis.Case[Any], known: bool) -> None:
        headers = {"Authorization": f"Bearer {token}"} if known else {}
        answer = case.call(base_url=f"http://127.0.0.1:{here.port}", headers=headers)
        case.validate_response(answer, checks=CHECKS, headers=headers)

    asked()


def test_the_text_is_there_for_everybody_and_names_every_address(here: Housed) -> None:
    answer = here.ask("GET", paths.OPENAPI)
    assert (answer.status, answer.body) == (200, openapi.document())
    served = {
        (str(method).lower(), str(getattr(route, "path", "")))
        for route in router.routes
        for method in getattr(route, "methods", ())
    }
    assert {one for one in served if one[1].startswith("/v1/")} == set(OPERATIONS)


def test_a_sound_message_fits_the_text(here: Housed) -> None:
    other = SignedTeam()
    message = CreateTeam(token=here.house.access.new_creation_token(), entries=tuple(other.entries))
    case = TEXT[paths.TEAMS]["POST"].Case(body=json.loads(encode(message)), media_type=paths.JSON)
    answer = case.call(base_url=f"http://127.0.0.1:{here.port}")
    case.validate_response(answer, checks=CHECKS[:4])
    assert answer.status_code == 201
