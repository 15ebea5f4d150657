"""A recovery kit that another spelling made; with any bit wrong it opens nothing."""

from __future__ import annotations

import base64
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ournydesk.crypto
from ournydesk.crypto.grants import SealingKey
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.recovery import Kit, name_of, open_kit, plain_kit
from ournydesk.errors import BadInput
from tests.unit.crypto import make_recovery_vector
from tests.unit.crypto.test_vectors import flipped, vectors


@pytest.fixture(scope="module")
def vector() -> dict[str, Any]:
    [found] = vectors("recovery")
    return found


def test_the_vector_is_what_the_text_says() -> None:
    assert vectors("recovery") == make_recovery_vector.made()["vectors"]


def test_what_another_spelling_sealed_opens(vector: dict[str, Any]) -> None:
    kit = open_kit(base64.b64decode(vector["file"]), vector["words"])
    assert kit == Kit(
        team=vector["team"],
        fingerprint=vector["fingerprint"],
        made=date.fromisoformat(vector["made"]),
        key=SealingKey(bytes.fromhex(vector["private"])),
    )
    assert plain_kit(kit).decode("ascii") == vector["plain"]
    assert " ".join(name_of(kit.key.public(), WordBook.bundled())) == vector["name"]


def test_with_one_bit_wrong_anywhere_it_does_not_open(vector: dict[str, Any]) -> None:
    file = base64.b64decode(vector["file"])
    opened = []
    for at in range(len(file)):
        try:
            open_kit(flipped(file, at), vector["words"])
        except BadInput:
            continue
        opened.append(at)
    assert opened == []


def test_with_one_letter_wrong_the_words_do_not_open_it(vector: dict[str, Any]) -> None:
    file, words = base64.b64decode(vector["file"]), vector["words"]
    for at, letter in enumerate(words):
        if letter.isalpha():
            other = "z" if letter != "z" else "y"
            with pytest.raises(BadInput):
                open_kit(file, words[:at] + other + words[at + 1 :])


def test_the_example_of_the_text_is_the_vector(vector: dict[str, Any]) -> None:
    text = Path(ournydesk.crypto.__file__).with_name("FORMAT.md").read_text(encoding="utf-8")
    example = " ".join(text.split("## 14.")[1].split())
    assert f"*{vector['words']}*" in example
    assert f"*{vector['name']}*" in example
