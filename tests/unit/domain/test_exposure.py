from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from ournydesk.domain.exposure import ExposedGroup, ExposedRecord, Exposure, Held, as_table, safe_csv
from ournydesk.domain.operations import DeviceId, RecordId


def a_record(
    name: str, held: Held = Held.WRITTEN, client: str = "", ticket: int | None = None
) -> ExposedRecord:
    return ExposedRecord(id=RecordId(name * 32), held=held, client=client, ticket=ticket)


def an_exposure(*records: ExposedRecord, of_groups: tuple[ExposedRecord, ...] = ()) -> Exposure:
    return Exposure(
        device=DeviceId("d" * 32),
        name="Seat 3",
        role="volunteer",
        seat=True,
        revoked=True,
        heard_at=None,
        records=records,
        groups=(ExposedGroup(name="staff", title="Staff", records=len(of_groups)),),
        of_groups=of_groups,
        reads_here=True,
    )


def test_who_is_told_are_those_whose_record_could_be_opened_each_once() -> None:
    written, lent = a_record("1", client="Zoe Example", ticket=4), a_record("2", Held.LENT)
    gone = a_record("3", Held.LET_GO, client="Ana Example")
    read = (a_record("1", Held.GROUP, client="Zoe Example"), a_record("4", Held.GROUP, client="Ben Sample"))
    found = an_exposure(written, lent, gone, of_groups=read)
    assert [(one.client, one.held) for one in found.clients] == [
        ("Ben Sample", Held.GROUP),
        ("Zoe Example", Held.WRITTEN),
        ("", Held.LENT),
    ]
    assert found.let_go == (gone,)


def test_a_row_says_what_is_known() -> None:
    heads, row = as_table([a_record("1", client="Zoe Example", ticket=4)])
    assert heads[0] == "Record"
    assert row == ("11111111", "4", "Zoe Example", "written on it", "not yet")


def test_no_cell_is_taken_for_a_formula() -> None:
    text = safe_csv([("=1+1", "@SUM(A1)", 'say "no"', "two\nlines", "-5", "plain")])
    assert text == '"\'=1+1","\'@SUM(A1)","say ""no""","two lines","\'-5","plain"\r\n'


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=4))
def test_every_row_stays_one_row_and_every_cell_one_cell(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(safe_csv(rows), newline="")))
    assert [len(row) for row in read] == [len(row) for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row)
