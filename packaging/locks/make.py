"""Write the lock files anew: python packaging/locks/make.py (wants pip-tools in the environment).

`desk.in` and `server.in` are read off pyproject.toml, so a dependency is named in one place. The
locks carry versions and hashes only, never the address of a package index.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADER = "# Written by packaging/locks/make.py from pyproject.toml; change that, not this.\n"

OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
)


def main() -> int:
    """Write the .in files of the extras and compile all three locks."""
    project = tomllib.loads((HERE.parents[1] / "pyproject.toml").read_text())
    core = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for extra, names in project["project"]["optional-dependencies"].items():
        (HERE / f"{extra}.in").write_text(HEADER + "".join(f"{name}\n" for name in sorted([*core, *names])))
    for profile in ("desk", "server", "test"):
        command = [
            sys.executable,
            "-m",
            "piptools",
            "compile",
            *OPTIONS,
            "-o",
            f"{profile}.txt",
            f"{profile}.in",
        ]
        compiled = subprocess.run(command, cwd=HERE, check=False)
        if compiled.returncode:
            return compiled.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
