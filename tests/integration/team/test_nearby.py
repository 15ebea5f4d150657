"""A relay that is found on the network: two programs, one certificate, and nothing said of anybody."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ournydesk.bootstrap import LaptopDesk
from ournydesk.bootstrap.wire import LaptopWire
from ournydesk.config import Settings
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.ids import is_id
from ournydesk.domain.membership import Role
from ournydesk.domain.wire import Reach
from ournydesk.services import troubles
from sync.client.nearby import SERVICE, announced, relays_nearby
from sync.protocol.paths import RELAY_NAME
from tests.fakes.cheap import WORDS
from tests.fakes.desks import TickingClock, enrol, example_intake, here, open_desk

LOOPBACK = ("127.0.0.1",)
ROOT = Path(__file__).parents[3]
PATIENCE_S = 60


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate that is its own authority, for one name."""
    folder.mkdir(parents=True, exist_ok=True)
    key, made = folder / "key.pem", folder / "cert.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    asked = [*command.split(), *names, "-keyout", str(key), "-out", str(made)]
    subprocess.run(asked, check=True, capture_output=True, timeout=PATIENCE_S)
    return made, key


@contextmanager
def relay(vault: Path, folder: Path, cert: Path, key: Path) -> Iterator[int]:
    """``ournydesk relay`` as a program of its own, announced on the loopback network."""
    words, port = folder / "words", free_port()
    words.write_text(WORDS, encoding="utf-8")
    arguments = ["relay", "--vault", vault, "--passphrase-file", words, "--data", folder / "relay"]
    arguments += ["--announce", "--host", "127.0.0.1", "--port", port, "--tls-cert", cert, "--tls-key", key]
    program = [sys.executable, "-m", "ournydesk", *map(str, arguments)]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()  # it says where it listens
        yield port
        process.terminate()


@pytest.mark.slow
def test_desks_find_the_relay_and_believe_only_the_certificate_of_their_team(tmp_path: Path) -> None:
    clock = TickingClock()
    lead = LaptopDesk(Settings(data=tmp_path / "lead"), clock)
    lead.unlock(lead.create_vault("C. Coordinator", WORDS).id, WORDS)
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    lead.team.publish_form("naturalization")
    helper = open_desk(tmp_path / "helper", "Jo Volunteer", clock)
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    helper.wire.hand_over(example_intake(helper), "")
    [header] = (tmp_path / "lead").glob("**/vault.json")
    lead.lock()
    cert, key = certificate(tmp_path / "true", RELAY_NAME)
    vault = helper.team.replica().vault
    wire = LaptopWire(lambda: vault, WordBook.bundled(), clock, look=lambda: relays_nearby(10.0, LOOPBACK))
    with relay(header.parent, tmp_path, cert, key) as port:
        assert relays_nearby(10.0, LOOPBACK) == (f"https://127.0.0.1:{port}",)
        wire.use_relay(troubles.NEARBY, certificate(tmp_path / "false", RELAY_NAME)[0])
        assert wire.sync(here).relay_reach is Reach.AWAY
        wire.use_relay(troubles.NEARBY, cert)
        for _ in range(2):
            assert wire.sync(here).relay_reach is Reach.REACHED
        assert all(one.carried_at for one in vault.operations.outbox(100, 10**8))
    assert wire.sync(here).relay_reach is Reach.AWAY
    helper.lock()


def test_what_is_announced_is_an_address_and_a_random_id() -> None:
    names = set()
    for _ in range(2):
        with announced(8444, LOOPBACK) as name:
            assert is_id(name)
            assert relays_nearby(10.0, LOOPBACK) == ("https://127.0.0.1:8444",)
            names.add(name)
    assert len(names) == 2
    assert "ourny" in SERVICE
    assert relays_nearby(0.2, LOOPBACK) == ()
