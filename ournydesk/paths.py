"""Where files are on this laptop. Layer: beside config; makes no folder and reads no file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

NAME: Final = "ournydesk"


def data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    r"""Where vaults are kept: ``OURNY_DATA``, or the system's place for a person's data.

    ``$XDG_DATA_HOME/ournydesk`` (``~/.local/share/ournydesk``) on Linux,
    ``~/Library/Application Support/ournydesk`` on macOS, ``%LOCALAPPDATA%\\ournydesk`` on Windows:
    the local one, which does not roam to a file server.
    """
    if chosen := environ.get("OURNY_DATA"):
        return Path(chosen).expanduser()
    home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / NAME
    if platform == "darwin":
        return home / "Library" / "Application Support" / NAME
    base = Path(environ.get("XDG_DATA_HOME") or "")
    # The XDG base directory specification: a relative path is to be ignored.
    return (base if base.is_absolute() else home / ".local" / "share") / NAME


def font_folders(environ: Mapping[str, str], platform: str = sys.platform) -> tuple[Path, ...]:
    """Folders that may hold the fonts we print and show with, the first that has one wins.

    ``OURNY_FONTS`` stands before the system's folders; the frozen desk sets it to its own.
    """
    chosen = (Path(environ["OURNY_FONTS"]).expanduser(),) if environ.get("OURNY_FONTS") else ()
    if platform == "win32":
        return (*chosen, Path(environ.get("WINDIR") or "C:/Windows") / "Fonts")
    if platform == "darwin":
        return (*chosen, Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    return (*chosen, Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def font_file(name: str, folders: tuple[Path, ...]) -> Path | None:
    """The font file of this name (``NotoSansBengali-Regular.ttf``) in these folders or below them."""
    for folder in folders:
        found = sorted(folder.rglob(name)) if folder.is_dir() else []
        if found:
            return found[0]
    return None
