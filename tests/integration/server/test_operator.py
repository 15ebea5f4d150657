"""The operator's page, in a real browser where there is one; what it shows, and to whom."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ournydesk.domain.operations import decode_envelope, decode_header
from sync.protocol import paths
from sync.server.overview import overview
from sync.server.overview_page import page, size
from sync.server.storage import Storage
from tests.fakes.databases import database
from tests.fakes.signed_team import SignedTeam
from tests.integration.server import browser as browsers
from tests.integration.server.browser import ENTER, TAB, Browser
from tests.integration.server.visits import Answered, Housed, visits

__all__ = ["database"]
BLOB = "5e" * 16
OPERATORS = ("/operator", "/metrics")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if why := browsers.missing():
        pytest.skip(why)
    with browsers.browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture
def teams() -> list[SignedTeam]:
    return [SignedTeam(), SignedTeam()]


@pytest.fixture
def here(database: Storage, teams: list[SignedTeam]) -> Iterator[Housed]:
    """A server with a team that has worked and one that has not."""
    busy = teams[0]
    busy.join()
    with visits(database, *teams) as opened:
        token = opened.log_in(busy.first)
        opened.push(token, *busy.first.operations(3, ciphertext=bytes(2000)))
        content = b"sealed" * 1000
        digest = hashlib.sha256(content).hexdigest()
        assert opened.ask("PUT", f"{paths.BLOBS}/{BLOB}/0", content, token, X_Sha256=digest).status == 201
        yield opened


def basic(token: str, name: str = "anybody") -> str:
    return "Basic " + base64.b64encode(f"{name}:{token}".encode()).decode()


def seen(here: Housed, path: str, authorization: str) -> Answered:
    return here.ask("GET", path, Authorization=authorization)


@pytest.mark.parametrize("path", OPERATORS)
def test_nobody_sees_it_but_who_has_the_newest_operators_token(
    here: Housed, teams: list[SignedTeam], path: str
) -> None:
    desk = here.log_in(teams[0].first)
    assert seen(here, path, "Bearer ").status == 401  # before there is any
    old, new = (here.house.access.new_operator_token() for _ in range(2))
    for said in (
        "",
        "Bearer",
        basic(""),
        basic(old),
        f"Bearer {old}",
        f"Bearer {desk}",
        "Basic é",
        "Basic =",
    ):
        answer = seen(here, path, said)
        assert (answer.status, answer.code) == (401, "token"), said
    assert [seen(here, path, said).status for said in (basic(new), f"Bearer {new}")] == [200, 200]
    assert ("www-authenticate" in seen(here, path, "").headers) is (path == "/operator")
    assert here.ask("GET", paths.STATE, token=new).status == 401  # it opens nothing else


def test_it_says_what_is_there_in_numbers(here: Housed, teams: list[SignedTeam]) -> None:
    told = {one.id: one for one in overview(here.house.database).teams}
    busy, idle = told[teams[0].id], told[teams[1].id]
    assert (busy.devices, busy.members, busy.operations) == (2, 3, 3)
    assert 6000 < busy.operation_bytes < 9000
    assert (busy.attachments, busy.attachment_bytes) == (1, 6000)
    assert busy.last_sync is not None
    assert (busy.last_sync.minute, busy.last_sync.second) == (0, 0)
    assert (idle.devices, idle.operations, idle.attachments, idle.last_sync) == (1, 0, 0, None)
    whole = overview(here.house.database)
    assert whole.stored_bytes > 6000
    assert (whole.free_bytes is None) is (whole.database == "PostgreSQL")


def test_it_names_no_device_no_record_and_no_operation(here: Housed, teams: list[SignedTeam]) -> None:
    told = page(overview(here.house.database))
    (op,) = teams[0].first.operations(1)
    envelope = decode_envelope(op)
    names = (*teams[0].now.devices, envelope.op_id, decode_header(envelope.header).rec, BLOB)
    assert [name for name in names if name in told] == []
    assert all(team.id in told for team in teams)


@pytest.mark.slow
def test_a_browser_shows_it_and_fetches_nothing_else(
    here: Housed, teams: list[SignedTeam], chromium: Browser, tmp_path: Path
) -> None:
    token = here.house.access.new_operator_token()
    chromium.resize(1366, 768)
    chromium.go(f"http://operator:{token}@127.0.0.1:{here.port}/operator")
    shown = str(chromium.run("document.body.innerText"))
    for said in (*(team.id for team in teams), "Storage used", "Version", "Last sync", "never", "Sync"[1:]):
        assert said in shown
    assert chromium.run("document.title") == "OurNY server"
    assert chromium.run("performance.getEntriesByType('resource').length") == 0
    assert chromium.run("getComputedStyle(document.querySelector('dl')).display") == "grid"  # its style holds
    picture(chromium, tmp_path / "wide.png")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "dark"), [(320, False), (640, True), (1024, False), (1920, True)])
def test_nothing_is_cut_however_narrow_the_window(
    here: Housed, chromium: Browser, width: int, dark: bool, tmp_path: Path
) -> None:
    token = here.house.access.new_operator_token()
    chromium.resize(width, 768, dark=dark)
    chromium.go(f"http://operator:{token}@127.0.0.1:{here.port}/operator")
    assert chromium.run("document.documentElement.scrollWidth") <= width
    cells = "[...document.querySelectorAll('td, th, dd, p')]"
    assert (
        chromium.run(
            f"{cells}.filter(e => e.scrollWidth > e.clientWidth + 1 && e.closest('thead') === null).length"
        )
        == 0
    )
    picture(chromium, tmp_path / f"{width}.png")


@pytest.mark.slow
def test_it_is_read_again_with_the_keyboard_alone(here: Housed, chromium: Browser) -> None:
    token = here.house.access.new_operator_token()
    chromium.go(f"http://operator:{token}@127.0.0.1:{here.port}/operator")
    chromium.run("(window.before = true)")
    chromium.press(TAB)
    assert chromium.run("document.activeElement.innerText") == "Look again"
    chromium.press(ENTER)
    for _ in range(200):
        if chromium.run("document.readyState === 'complete' && window.before === undefined"):
            break
    assert chromium.run("window.before === undefined")
    assert chromium.run("document.title") == "OurNY server"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (4 * 10**15, "4000.0 TB"),
    ],
)
def test_a_size_is_said_as_a_person_reads_it(count: int, said: str) -> None:
    assert size(count) == said


def picture(chromium: Browser, target: Path) -> None:
    chromium.picture(target)
    logging.getLogger(__name__).warning("picture: %s", target)  # shown with a failure
