from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ournydesk import logs
from ournydesk.logs import CODES, IDS, NUMBERS, AllowListed, Ring, loggable

NAME = "Quibblethorp Zanzifer"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, Ring]]:
    logger, ring = logging.Logger("invented"), Ring()  # noqa: LOG001  # one of its own, not the process's
    logger.addHandler(ring)
    yield logger, ring
    ring.close()


def test_a_line_is_a_code_and_its_facts(log: tuple[logging.Logger, Ring]) -> None:
    log[0].info("sync.round", extra=loggable(sent=3, ms=1.5, outcome="wire.away", vault="ab" * 16))
    line = log[1].text()
    assert line.endswith("INFO sync.round sent=3 ms=1.5 outcome=wire.away vault=abab")


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "x"},
        {"outcome": NAME},
        {"outcome": "x" * 61},
        {"sent": "3"},
        {"vault": "Front desk"},
        {"error": ValueError(NAME)},
        {"path": "/data/a"},
    ],
    ids=str,
)
def test_what_is_not_on_the_list_cannot_be_logged(facts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is not something the log may hold"):
        loggable(**facts)


def test_messages_arguments_exceptions_and_strange_facts_never_show(
    log: tuple[logging.Logger, Ring],
) -> None:
    logger, ring = log
    logger.warning("client %s", NAME)
    logger.warning(NAME)
    logger.warning(f"a{NAME}")  # noqa: G004  # what a careless library does
    logger.warning("code", NAME)  # noqa: PLE1205  # the same
    logger.warning("sync.round", extra={"facts": {"sent": NAME}})
    logger.warning("sync.round", extra={"facts": NAME, "client": NAME})
    try:
        raise ValueError(NAME)
    except ValueError:
        logger.exception("sync.round", stack_info=True)
    assert "Zanzifer" not in ring.text()
    assert ring.text().count("<redacted>") == 6
    assert ring.text().endswith("raised=ValueError")


@given(st.text(), st.sampled_from(sorted(NUMBERS | CODES | IDS)))
def test_no_text_with_a_space_or_a_capital_gets_in(text: str, name: str) -> None:
    try:
        shown = loggable(**{name: text})["facts"][name]
    except ValueError:
        return
    assert shown in (text, text[:4])
    assert shown == shown.lower()
    assert " " not in shown


def test_the_oldest_lines_are_forgotten_first() -> None:
    ring = Ring(most_bytes=2000)
    for number in range(200):
        ring.handle(logging.makeLogRecord({"msg": "code", **loggable(count=number)}))
    assert len(ring.text()) <= 2000
    assert "count=199" in ring.text()
    assert "count=0\n" not in ring.text()
    ring.close()


def test_all_logging_of_the_process_goes_through_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    try:
        ring = logs.start(logging.StreamHandler(stream))
        logging.getLogger("some.library").warning("person %s", NAME)
        assert isinstance(root.handlers[1].formatter, AllowListed)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    assert "Zanzifer" not in stream.getvalue() + ring.text() + "".join(capsys.readouterr())
    assert "<redacted>" in stream.getvalue()
    assert sys.stderr is not stream
