"""The clinic's day: four desks, a server that can open nothing, a relay, a stick. Follows the volunteer's."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tests.demo.authority import make_authority
from tests.demo.client import Client
from tests.demo.day import ROOT, Day, DidNotHold, Window
from tests.demo.purged import Tried, what_can_be_opened

PEOPLE: Final = {
    "coordinator": "C. Coordinator",
    "volunteer": "Jo Volunteer",
    "attorney": "M. Attorney",
    "second": "Ruma Sample",
}
ROLES: Final = {"volunteer": 0, "attorney": 2, "second": 0}
"""Places in the list of what somebody does."""
LISTENS_WITHIN_S: Final = 30


class Program:
    """The server or the relay, as a process of its own."""

    def __init__(self, arguments: list[str], log: Path, **more: Any) -> None:
        self._log = log.open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            cwd=ROOT,
            **more,
        )
        self.address = self._listening()

    def _listening(self) -> str:
        out = self._process.stdout
        until = time.monotonic() + LISTENS_WITHIN_S
        while out is not None and time.monotonic() < until:
            if select.select([out], [], [], 1.0)[0]:
                line = out.readline()
                if found := re.search(r"https://\S+", line):
                    return found.group()
                if not line:
                    break
        raise DidNotHold("the server did not begin to listen")

    def stop(self) -> None:
        """End it as an operator would."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=LISTENS_WITHIN_S)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()


class ClinicDay:
    """The steps, in order, on what the volunteer's day left."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._output = day.output
        self._laptops = {name: day.output / "laptops" / name for name in PEOPLE}
        self._laptops["volunteer"] = day.data
        self._words: dict[str, str] = {"volunteer": day.words}
        self._authority, certificate, key = make_authority(day.output / "tls")
        self._tls = ["--tls-cert", str(certificate), "--tls-key", str(key)]
        self._port = _free_port()
        self._server_data = day.output / "server"
        self._age = day.output / "partner.age-key"

    def run(self) -> None:
        """All of it. Raises DidNotHold at the first step that did not."""
        server = self._serve()
        try:
            self._team(server.address)
        finally:
            server.stop()
        relay = self._relay()
        try:
            self._one_clinic(relay.address)
        finally:
            relay.stop()
        self._stick()
        server = self._serve()
        try:
            self._internet_back()
            self._batch()
        finally:
            server.stop()
        self._forgotten()
        self._search_the_server()

    # -- the steps ----------------------------------------------------------------------------------

    def _team(self, address: str) -> None:
        token = self._command("sync.server", "token", "--data", str(self._server_data)).strip()
        window = self._window("found", "coordinator", server=address, token=token)
        self._words["coordinator"] = str(window.wait_for("words")["words"])
        window.wait_for("founded")
        window.must_end_well()
        sent = "the form and the N-400 blank" if self._day.blank else "the form"
        self._held(f"A team, brought to the server with a one-time token; {sent} sent to all, signed")
        guests = []
        for name, role in ROLES.items():
            request, invite = self._file(name, "request"), self._file(name, "invite")
            window = self._window("ask", name, request=str(request))
            if name not in self._words:
                self._words[name] = str(window.wait_for("words")["words"])
            read = window.wait_for("asked")["read"]
            window.must_end_well()
            guests.append(
                {
                    "person": PEOPLE[name],
                    "request": str(request),
                    "invite": str(invite),
                    "read": read,
                    "role": role,
                }
            )
        window = self._window("admit", "coordinator", guests=guests)
        self._held(f"Words that were not heard: “{window.wait_for('not_admitted')['read']}”")
        window.wait_for("admitted")
        window.must_end_well()
        self._held("Three desks let in by file and compared words; the attorney's holds the clinic's key")
        self._where()

    def _one_clinic(self, relay: str) -> None:
        window = self._window(
            "hand_over", "volunteer", relay=relay, invite=str(self._file("volunteer", "invite"))
        )
        window.wait_for("carried")
        window.must_end_well()
        self._held("No internet. The intake is handed over; the clinic's relay carries it")
        self._where()
        window = self._window("decide", "attorney", relay=relay, invite=str(self._file("attorney", "invite")))
        self._held(f"The attorney's desk opens it the same minute: {window.wait_for('case')['read']}")
        window.wait_for("decided")
        self._held("Flag 15b, the dates and their citations; a note and a decision, signed")
        window.wait_for("lent")
        window.must_end_well()
        window = self._window("print_it", "second", relay=relay, invite=str(self._file("second", "invite")))
        window.wait_for("printed")
        window.must_end_well()
        which = "the N-400" if self._day.blank else "the packet"
        self._held(f"A second volunteer, granted the one record, prints {which}")
        self._where()

    def _stick(self) -> None:
        window = self._window("by_stick", "volunteer", stick=str(self._output / "monday.courier"))
        window.wait_for("on_a_stick")
        window.must_end_well()
        before = self._tried()
        if not before.sealed or before.opened != before.sealed or not before.found:
            raise DidNotHold("before it lets go, a volunteer's laptop should open what it wrote")
        window = self._window("from_stick", "attorney", stick=str(self._output / "monday.courier"))
        window.wait_for("two_cases")
        window.must_end_well()
        self._held("Another client's intake goes the same way on a stick")
        self._where()

    def _internet_back(self) -> None:
        for name in ("second", "attorney"):
            window = self._window("online", name)
            window.wait_for("online")
            window.must_end_well()
        window = self._window("let_go", "volunteer")
        read = window.wait_for("received")["read"]
        window.must_end_well()
        self._held(f"Internet back: the server numbers the same bytes; the volunteer's desk reads “{read}”")
        tried = self._tried()
        if tried.opened or tried.found:
            raise DidNotHold(f"the volunteer's laptop still opens {tried.opened} and holds {tried.found[:5]}")
        self._held(
            f"Its copy is gone: {tried.sealed} operations kept, {tried.keys} keys tried, none opens; "
            "none of the client's words in the opened database"
        )
        self._where()

    def _batch(self) -> None:
        made = self._run(["age-keygen", "-o", str(self._age)])
        [key] = re.findall(r"age1\w+", made)
        folder = self._output / "batch"
        folder.mkdir()
        window = self._window("batch", "coordinator", key=key, output=str(folder))
        window.wait_for("batch")
        window.must_end_well()
        [written] = folder.glob("*.age")
        opened = subprocess.run(
            ["age", "-d", "-i", str(self._age), str(written)], capture_output=True, check=False
        )
        if opened.returncode or b"Talukder-Example" not in opened.stdout or opened.stdout[:2] != b"PK":
            raise DidNotHold(f"age does not open the batch: {opened.stderr.decode()[-300:]}")
        if b"Talukder-Example" in written.read_bytes():
            raise DidNotHold("the batch can be read without a key")
        self._held(
            f"Two cases as {written.name}, {written.stat().st_size // 1024} KiB; the stock age opens it"
        )

    def _forgotten(self) -> None:
        window = self._window("forget", "second", outgoing=str(self._laptops["second"] / "vaults"))
        window.wait_for("mirrored")
        window.cut_the_power()
        [outgoing] = (self._laptops["second"] / "vaults").glob("*/outgoing")
        told = self._with_vault("attorney", "courier", "deliver", "--from", str(outgoing))
        window = self._window("rescued", "attorney")
        window.wait_for("rescued")
        window.must_end_well()
        self._held(f"A forgotten passphrase: the mirrored ciphertext is carried from there. {told.strip()}")
        self._where()

    def _search_the_server(self) -> None:
        files = [path for path in self._server_data.rglob("*") if path.is_file()]
        contents = [path.read_bytes() for path in files]
        words = [*Client(_today()).words(), "Placeholder-Specimen", "Farida", *PEOPLE.values()]
        found = [
            word
            for word in words
            for content in contents
            if any(word.encode(encoding) in content for encoding in ("utf-8", "utf-16-le"))
        ]
        if not files or found:
            raise DidNotHold(f"readable on the server: {', '.join(found[:5]) or 'nothing was searched'}")
        size = sum(len(content) for content in contents)
        self._held(f"{len(words)} words and names searched in the server's {size // 1024} KiB: none found")

    def _tried(self) -> Tried:
        """What the volunteer's laptop and its words open."""
        secrets = [*Client(_today()).words(), "Placeholder-Specimen"]
        return what_can_be_opened(self._laptops["volunteer"], self._words["volunteer"], secrets)

    # -- how ----------------------------------------------------------------------------------------

    def _serve(self) -> Program:
        arguments = ["sync.server", "--data", str(self._server_data), "--port", str(self._port), *self._tls]
        return Program(arguments, self._day.log)

    def _relay(self) -> Program:
        arguments = ["ournydesk", "relay", "--vault", str(self._vault("coordinator"))]
        arguments += ["--passphrase-file", str(self._words_file("coordinator")), "--port", "0", *self._tls]
        return Program([*arguments, "--data", str(self._output / "relay")], self._day.log)

    def _window(self, part: str, name: str, **more: object) -> Window:
        job: Mapping[str, object] = {
            "data": str(self._laptops[name]),
            "seat": PEOPLE[name],
            "person": PEOPLE[name],
            "words": self._words.get(name, ""),
            "authority": str(self._authority),
            **more,
        }
        return self._day.window(part, **job)

    def _file(self, name: str, kind: str) -> Path:
        return self._output / f"{name}.{kind}"

    def _vault(self, name: str) -> Path:
        [vault] = (path for path in (self._laptops[name] / "vaults").iterdir() if path.is_dir())
        return vault

    def _words_file(self, name: str) -> Path:
        path = self._output / f"{name}.words"
        path.write_text(self._words[name], encoding="utf-8")
        return path

    def _with_vault(self, name: str, *arguments: str) -> str:
        words = self._words_file(name)
        return self._command(
            "ournydesk", *arguments, "--vault", str(self._vault(name)), "--passphrase-file", str(words)
        )

    def _command(self, *arguments: str) -> str:
        return self._run([sys.executable, "-m", *arguments])

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, env=dict(os.environ), check=False
        )
        if done.returncode:
            raise DidNotHold(f"{' '.join(command[:4])}: {done.stdout}{done.stderr}"[-1500:])
        return done.stdout + done.stderr

    def _held(self, what: str) -> None:
        self._day.held(what)

    def _where(self) -> None:
        """Say what is where, as anybody can count it without a key."""
        waiting = {
            name: sum(1 for _ in (laptop / "vaults").glob("*/outgoing/*.op"))
            for name, laptop in self._laptops.items()
        }
        told = [f"{name} {count}" for name, count in waiting.items()]
        parts = [f"waiting on laptops: {', '.join(told)}"]
        for place, path in (("relay", "relay/relay.db"), ("server", "server/server.db")):
            if (self._output / path).exists():
                parts.append(f"{place}: {_operations(self._output / path)} operations")
        print(f"           {'; '.join(parts)}", flush=True)


def _operations(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        [(count,)] = database.execute("SELECT count(*) FROM operations").fetchall()
    return int(count)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _today() -> Any:
    return datetime.now(UTC).date()
