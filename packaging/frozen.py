"""Where the frozen program begins: the command line, and the self-test that packaging asks for."""

import sys

SELF_TEST = "--self-test"


def main() -> int:
    """Run the command line, or the self-test."""
    if sys.argv[1:] == [SELF_TEST]:
        import self_test

        return self_test.main()
    from ournydesk.__main__ import main as ournydesk

    return ournydesk()


if __name__ == "__main__":
    sys.exit(main())
