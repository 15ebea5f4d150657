"""Words a client said are in no file of the vault's folder, however they are looked for."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ournydesk.domain.documents import BlankCard
from ournydesk.domain.intake import Progress
from tests.fakes import cheap
from tests.integration.vault.conftest import Seat

CANARIES = (
    "Quibblethorp Zanzifer",
    "কাল্পনিক নামটি",
    "A-000-111-222-CANARY",
    "canary.street@example.invalid",
)


def shapes(word: str) -> Iterator[bytes]:
    """A word as it could stand in a file: in several encodings, whole and in pieces."""
    for text in (word, word.upper(), word.casefold(), word[:9], word[-9:]):
        yield text.encode("utf-8")
        yield text.encode("utf-16-le")
        yield text.encode("utf-8").hex().encode()
        yield base64.b64encode(text.encode("utf-8")).rstrip(b"=")[:-1]
        yield text.encode("ascii", "backslashreplace")


def found(folder: Path) -> set[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"vault.json", "data.db"} <= {path.name for path in files}
    return {
        (path.name, shape)
        for path in files
        for content in (path.read_bytes(),)
        for word in (*CANARIES, cheap.WORDS, cheap.OTHER_WORDS, cheap.FORM.title)
        for shape in shapes(word)
        if shape in content
    }


def test_no_word_of_a_client_is_in_any_file_of_the_vault(seat: Seat, tmp_path: Path) -> None:
    vault = seat.open()
    for number, word in enumerate(CANARIES):
        events = [cheap.said(f"/data/c{number}", word), *cheap.trip(word)]
        vault.intakes.append(seat.intake, events, Progress(), cheap.later(number))
        vault.preferences.set(f"note{number}", word)
    card = BlankCard(form="n-400", edition="01/20/25", expires="02/28/2027", pages=1)
    vault.blanks.keep(card, CANARIES[0].encode(), cheap.NOON)
    # Copied by another process: closing a handle of ours would drop the vault's lock.
    subprocess.run(["cp", "-r", str(seat.folder), str(tmp_path / "open")], check=True)
    assert (tmp_path / "open" / "data.db-wal").stat().st_size > 0
    vault.change_passphrase(cheap.WORDS, cheap.OTHER_WORDS)
    subprocess.run(["cp", "-r", str(seat.folder), str(tmp_path / "changed")], check=True)
    vault.intakes.destroy(seat.intake, "declined")
    vault.close()
    for folder in (tmp_path / "open", tmp_path / "changed", seat.folder):
        assert found(folder) == set()


def test_the_search_finds_what_is_there(seat: Seat) -> None:
    (seat.folder / "left.tmp").write_text(CANARIES[1], encoding="utf-8")
    assert {name for name, _ in found(seat.folder)} == {"left.tmp"}
