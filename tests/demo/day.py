"""The day from outside: starts the windows, cuts the power, looks at what is left on the disk."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.demo.client import Client

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 170
AFTER_HALF = 3
"""Answers of the next section that are saved before the power goes."""
ON_THE_FORM = (
    "Talukder-Example",
    "02/29/1984",
    "10/04/2021",
    "74-09 Sample Avenue",
    "06/20/2024",
    "08/27/2024",
    "Bangladesh, United Arab Emirates",
    "Traffic citation",
)


class DidNotHold(Exception):
    """A step of the day was not as it should be."""


class Window:
    """One process with the desk's window and somebody in front of it."""

    def __init__(self, part: str, job: dict[str, Any], log: Path) -> None:
        self._part = part
        handle, name = tempfile.mkstemp(suffix=".json")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(job, file)
        self._job = Path(name)
        self._log = log.open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.demo.desk", part, name],
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            cwd=ROOT,
        )

    def told(self) -> Iterator[dict[str, Any]]:
        """What it tells, as it happens."""
        if self._process.stdout is None:
            return
        for line in self._process.stdout:
            yield json.loads(line)

    def wait_for(self, what: str) -> dict[str, Any]:
        """The next time it tells this."""
        for fact in self.told():
            if fact["what"] == what:
                return fact
        raise DidNotHold(f"{self._part} ended before “{what}”:\n{self.end()}")

    def cut_the_power(self) -> None:
        """SIGKILL: nothing in the process gets to say goodbye."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def end(self) -> str:
        """Wait for its end; its last words when it failed, nothing when it went well."""
        code = self._process.wait(timeout=PATIENCE_S)
        self._log.close()
        self._job.unlink(missing_ok=True)
        return (
            ""
            if code == 0
            else Path(self._log.name).read_text(encoding="utf-8")[-3000:] or f"exit code {code}"
        )

    def must_end_well(self) -> None:
        """Wait for its end, which must be a good one."""
        trouble = self.end()
        if trouble:
            raise DidNotHold(f"{self._part}:\n{trouble}")


class Day:
    """The steps, in order. Each prints what held and how long it took."""

    def __init__(self, output: Path, blank: Path | None) -> None:
        self.output, self.blank = output, blank
        shutil.rmtree(output, ignore_errors=True)
        self.pictures = output / "pictures"
        self.pictures.mkdir(parents=True)
        self.data = output / "laptop"
        self.log = output / "errors.txt"
        self.go = output / "go"
        self._since = time.monotonic()
        self._start = self._since
        self.words = ""
        self.saved: dict[str, str] = {}

    def run(self) -> None:
        """All of it. Raises DidNotHold at the first step that did not."""
        print(
            f"A volunteer's day at {self._where()}; blank form: {self.blank.name if self.blank else 'none'}\n"
        )
        self.first_half()
        self.second_half()
        self.damage()
        self.search_the_disk()
        self.read_the_papers()
        self.go.unlink(missing_ok=True)

    def finish(self) -> None:
        """Say that all of it held, and where to look."""
        if not self.log.read_text(encoding="utf-8").strip():
            self.log.unlink()
        print(f"\nAll of it held, in {time.monotonic() - self._start:.0f} s. Look at {self.output.name}/:")
        for path in sorted([*self.output.glob("*.pdf"), self.pictures, self.data]):
            print(f"  {path.relative_to(self.output)}{'/' if path.is_dir() else ''}")

    def first_half(self) -> None:
        """First run, unlock, half an intake; then the power goes."""
        window = self.window("first_half")
        self.words = str(window.wait_for("words")["words"])
        self.held("First run: six words, typed twice, a seat proven by opening it again")
        after = 0
        for fact in window.told():
            if fact["what"] == "half":
                self.held(
                    f"An intake in Bengali with English beneath: {len(self.saved)} answers typed and saved"
                )
                after = 1
            elif fact["what"] == "saved":
                self.saved[fact["ref"]] = fact["value"]
                after += 1 if after else 0
            if after > AFTER_HALF:
                window.cut_the_power()
                self.held(
                    f"The power goes in the middle of a section (SIGKILL), {len(self.saved)} answers in"
                )
                return
        raise DidNotHold(f"the first half ended early:\n{window.end()}")

    def second_half(self) -> None:
        """Everything is there again; the rest of the intake, paper, lock."""
        window = self.window("second_half", saved=self.saved)
        self.held(f"Wrong words: “{window.wait_for('wrong_words')['read']}”")
        compared = int(window.wait_for("compared")["fields"])
        if compared != len(self.saved):
            raise DidNotHold(f"{len(self.saved)} answers were saved and {compared} were found again")
        self.held(f"Opened again: all {compared} saved answers are on the screen")
        window.wait_for("open")
        second = self.window("second_window")
        self.held(f"A second window: “{second.wait_for('busy')['read']}”")
        second.must_end_well()
        self.go.touch()
        self.held(f"An inverted trip: “{window.wait_for('inverted')['read']}”")
        window.wait_for("hidden")
        window.wait_for("no_blank")
        self.held(
            "The rest of the intake; 15b is Yes: the panel says to call the attorney, and gives no verdict"
        )
        self.held("Hidden for a break: wrong digits leave it hidden, the six chosen ones bring it back")
        self.held("Without a blank the desk says where to get one")
        if self.blank:
            window.wait_for("printed")
            self.held("The N-400 is filled on the agency's own blank")
        window.wait_for("printed")
        self.held("The packet is printed in Bengali and English, with the attorney's sheet")
        window.wait_for("locked")
        window.must_end_well()
        self.held("Locked: the database is closed, the windows of the record are gone")

    def damage(self) -> None:
        """Damaged copies say that they are damaged."""
        for name, at in (("data.db", 0.5), ("data.db", 0.0), ("vault.json", 0.4)):
            copy = self.output / "damaged"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(self.data, copy)
            [path] = copy.rglob(name)
            content = bytearray(path.read_bytes())
            place = int(len(content) * at)
            for offset in range(64):
                content[min(place + offset, len(content) - 1)] ^= 0xFF
            path.write_bytes(bytes(content))
            window = self.window("damaged", data=str(copy), damaged=f"{path.stem}-{int(at * 100)}")
            read = window.wait_for("damaged")["read"]
            window.must_end_well()
            shutil.rmtree(copy)
            self.held(f"{name} damaged: “{read}”")

    def search_the_disk(self) -> None:
        """None of the client's words can be read in the vault's folder."""
        client = Client(datetime.now(UTC).date())
        files = [path for path in self.data.rglob("*") if path.is_file()]
        contents = {path.name: path.read_bytes() for path in files}
        found = [
            f"{word!r} in {name}"
            for name, content in contents.items()
            for word in client.words()
            if any(word.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
        ]
        if not files or found:
            raise DidNotHold(f"readable on the disk: {', '.join(found[:5]) or 'nothing was searched'}")
        size = sum(path.stat().st_size for path in files)
        self.held(
            f"{len(client.words())} of the client's words searched in {size // 1024} KiB of vault: none found"
        )

    def read_the_papers(self) -> None:
        """An independent reader finds the answers where the form wants them."""
        packet = self.text("packet.pdf")
        for wanted in ("6 Jul 2026", "Talukder-Example", "গত পাঁচ বছরে", "8 USC 1427"):
            if wanted not in packet:
                raise DidNotHold(f"the packet does not read {wanted!r}")
        self.held("The packet reads back: Bengali as it was typed, the earliest filing date, its citation")
        if not self.blank:
            return
        for page in range(1, 15):
            digits = "".join(self.text("n-400.pdf", page).split())
            if "061234507" not in digits:
                raise DidNotHold(f"page {page} of the N-400 has no A-number")
        form = self.text("n-400.pdf")
        for wanted in ON_THE_FORM:
            if wanted not in form:
                raise DidNotHold(f"the N-400 does not read {wanted!r}")
        self.held(
            "The N-400 reads back in poppler: the A-number on all 14 pages, names, dates, trips, the citation"
        )

    def window(self, part: str, **more: object) -> Window:
        """Start a window and somebody in front of it."""
        job = {
            "data": str(self.data),
            "pictures": str(self.pictures),
            "output": str(self.output),
            "blank": str(self.blank) if self.blank else "",
            "go": str(self.go),
            "words": self.words,
            **more,
        }
        return Window(part, job, self.log)

    def held(self, what: str) -> None:
        """Say that a step held."""
        now = time.monotonic()
        print(f"  {now - self._since:5.1f} s  ✓ {what}", flush=True)
        self._since = now

    def text(self, name: str, page: int | None = None) -> str:
        """What poppler reads in a PDF file."""
        pages = [] if page is None else ["-f", str(page), "-l", str(page)]
        done = subprocess.run(
            ["pdftotext", "-layout", *pages, str(self.output / name), "-"],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def _where(self) -> str:
        return "an offscreen window" if os.environ.get("QT_QPA_PLATFORM") == "offscreen" else "this screen"
