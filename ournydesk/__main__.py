"""``ournydesk`` and ``python -m ournydesk``: hands over to the command line."""

from __future__ import annotations

import sys

from ournydesk import cli, process


def main() -> int:
    """Run the command line with this process's arguments; returns the exit code.

    Every command leaves private files and no core dump.
    """
    process.harden()
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
