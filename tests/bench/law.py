"""How long the rules take: they run while answers are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import quantiles
from time import perf_counter

from ournydesk.bootstrap.cases import attorneys_sheet
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeHead
from ournydesk.law.naturalization import Basis, Facts, Trip, assess
from ournydesk.law.naturalization.reported import read_facts
from ournydesk.law.tables import read_tables
from tests.bench import Measure
from tests.unit.library.screenings import a_client

ROUNDS = 400
MILLISECONDS = 1000.0
FILING = date(2026, 11, 28)


def measure() -> list[Measure]:
    """95th percentile of single assessments, in milliseconds."""
    tables = read_tables()
    plain = Facts(filing_date=FILING, lpr_date=date(2015, 6, 15), dob=date(1986, 5, 17))
    travelled = Facts(
        filing_date=FILING,
        lpr_date=date(2015, 6, 15),
        dob=date(1986, 5, 17),
        basis=Basis.BEST,
        married=True,
        living_together=True,
        marriage_date=date(2014, 1, 1),
        spouse_usc_since="birth",
        trips=tuple(_trip(number) for number in range(40)),
        flags=("overdue_taxes", "arrest_2019_example", "dui_conviction_2024"),
    )
    partly = read_facts(
        {
            "filing_date": "2026-11-28",
            "lpr_date": "2015",
            "dob": "1986-05",
            "trips": [
                {"depart": f"{year}-0{month}", "ret": f"{year}-0{month}"}
                for year in YEARS
                for month in (3, 7)
            ],
        }
    )
    return [
        Measure("assess, no trips", _slow(lambda: assess(plain, tables)), "ms", 5),
        Measure(
            "assess, 40 trips, best of two bases, flags", _slow(lambda: assess(travelled, tables)), "ms", 5
        ),
        Measure("assess, 12 trips known by month", _slow(lambda: assess(partly, tables)), "ms", 5),
        Measure("attorney's sheet of a screening", _slow(_screening()), "ms", 5),
        Measure("reading all law tables", _slow(read_tables), "ms"),
    ]


YEARS = range(2020, 2026)


def _screening() -> Callable[[], object]:
    """The whole sheet, from the answers of a filling: what a given answer costs an attorney's panel."""
    session = a_client(last_how="ewi", arrived="2025-11-02", fears="yes", birth_country="Haiti")
    form = session.form
    head = IntakeHead(
        id=IntakeId("bench"),
        ticket=1,
        form_id=form.id,
        form_version=form.version,
        form_hash=form.hash,
        form_title=form.title,
        language="English (en)",
        started_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    )
    return lambda: attorneys_sheet(session, head, date(2026, 11, 23))


def _trip(number: int) -> Trip:
    depart = date(2021, 12, 10) + timedelta(days=44 * number)
    return Trip(depart, depart + timedelta(days=30))


def _slow(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * MILLISECONDS)
    return quantiles(taken, n=20)[-1]
