"""Opening a vault from the command line: which folder, and where its words come from. Layer: cli.

Words are never an argument: arguments stand in the shell's history and in every process list.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ournydesk.crypto.kdf import POLICY, Policy
from ournydesk.errors import BadInput

if TYPE_CHECKING:
    from ournydesk.store.opened import StoredVault

MOST_BYTES: Final = 4096


def add_words(parser: argparse.ArgumentParser) -> None:
    """Register ``--passphrase-file``."""
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="a file that holds the words, or - for standard input; without it they are asked for",
    )


def add_vault(parser: argparse.ArgumentParser) -> None:
    """Register ``--vault`` and ``--passphrase-file``."""
    parser.add_argument(
        "--vault", metavar="DIR", type=Path, required=True, help="the vault's folder, with vault.json in it"
    )
    add_words(parser)


@contextmanager
def opened(args: argparse.Namespace, policy: Policy = POLICY) -> Iterator[StoredVault]:
    """The vault ``args`` name, open as long as the block runs.

    Raises BadInput when the words cannot be read, and what ``open_folder`` raises.
    """
    # Commands that only take these arguments wait for no cipher and no database.
    from ournydesk.store.opened import open_folder  # noqa: PLC0415

    vault = open_folder(args.vault, read_words(args.passphrase_file), policy=policy)
    try:
        yield vault
    finally:
        vault.close()


def read_words(name: str | None, question: str = "Words of this vault: ") -> str:
    """Words from a file, from standard input (``-``), or asked for on a terminal. Raises BadInput."""
    if name is None:
        if not sys.stdin.isatty():
            raise BadInput("There is no terminal to ask for the words: give them with --passphrase-file.")
        return getpass.getpass(question)
    if name == "-":
        shown, untrusted = "standard input", sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        shown = name
        with Path(name).open("rb") as file:
            untrusted = file.read(MOST_BYTES + 1)
    if len(untrusted) > MOST_BYTES:
        raise BadInput(f"{shown} is longer than any passphrase: it should hold the words and nothing else.")
    try:
        words = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{shown} is not UTF-8 text: save the words as plain text.") from error
    if not words.strip():
        raise BadInput(f"{shown} is empty: it should hold the words of the vault.")
    return words
