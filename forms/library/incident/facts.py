"""What an incident report adds to a funder's numbers. Layer: forms.library.

Only reports whose teller agreed to be counted are. *Unknown*, *declined* and *blank* are three columns of
their own, never a category. Nothing here is a name, a text or a day: small numbers are still to be held back
by whoever publishes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from forms.engine import Session
from forms.library.incident.answered import Answered
from forms.library.incident.sharing import consents
from ournydesk.domain.answers import Answer, Said


class Dimension(StrEnum):
    """What reports are counted by."""

    MONTH = "month"
    KIND = "kind"
    COUNTY = "county"
    PLACE = "place"
    BIAS = "bias"
    """NIBRS bias motivation codes, data element 8A."""
    AXIS = "axis"
    """Our own: immigration status, language, accent and the like, which have no NIBRS code."""
    OFFENSE = "offense"
    """NIBRS offense codes nearest to the acts. A crosswalk, to be confirmed with an attorney."""
    LANGUAGE = "language"
    TELLER = "teller"
    BEFORE = "before"
    POLICE = "police"
    OUTCOME = "outcome"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered: values, or how it was said that there are none."""

    values: frozenset[str] = frozenset()
    said: Said = Said.VALUE

    @property
    def blank(self) -> bool:
        """Nobody answered, or nobody asked."""
        return self.said is Said.VALUE and not self.values


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """One report. People are rows of the table: a crowd is one."""

    countable: bool
    given: Mapping[Dimension, Given]
    acts: int
    affected: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Reports by value. A report with two values stands in both: the columns can sum to more than ``of``."""

    of: int = 0
    by_value: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 0
    declined: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Numbers:
    """All tallies, over the reports that may be counted."""

    incidents: int
    acts: int
    affected: int
    """Rows of people it happened to, not unduplicated persons: nobody is recognised across reports."""
    not_countable: int
    tallies: Mapping[Dimension, Tally]


Reader = Callable[[Answered], Given]


def facts(session: Session) -> IncidentFacts:
    """What one filling says, by dimension."""
    answered = Answered(session)
    people = [row for row in answered.rows("person") if "affected" in row.words("p_part")]
    return IncidentFacts(
        countable=consents(session).countable,
        given={dimension: READERS[dimension](answered) for dimension in Dimension},
        acts=len(answered.rows("act")),
        affected=len(people),
    )


def count(reports: Iterable[IncidentFacts]) -> Numbers:
    """The numbers of several reports; one that may not be counted is only counted as such."""
    told = list(reports)
    counted = [one for one in told if one.countable]
    return Numbers(
        incidents=len(counted),
        acts=sum(one.acts for one in counted),
        affected=sum(one.affected for one in counted),
        not_countable=len(told) - len(counted),
        tallies={dimension: _tally(one.given[dimension] for one in counted) for dimension in Dimension},
    )


def _tally(given: Iterable[Given]) -> Tally:
    told = list(given)
    values = Counter(value for one in told for value in one.values)
    return Tally(
        of=len(told),
        by_value=dict(sorted(values.items())),
        unknown=sum(one.said is Said.UNKNOWN for one in told),
        declined=sum(one.said is Said.DECLINED for one in told),
        blank=sum(one.blank for one in told),
    )


def _question(name: str) -> Reader:
    return lambda answered: _given(answered.answer(name), answered.words(name))


def _column(table: str, name: str, values: str = "") -> Reader:
    """All values of one column; how it was said only when no row has a value."""

    def read(answered: Answered) -> Given:
        cells = [_given(row.answer(name), row.words(values or name)) for row in answered.rows(table)]
        found = frozenset(value for cell in cells for value in cell.values)
        if found:
            return Given(found)
        said = {cell.said for cell in cells}
        return Given(said=next((one for one in (Said.UNKNOWN, Said.DECLINED) if one in said), Said.VALUE))

    return read


def _given(answer: Answer, values: Iterable[str]) -> Given:
    return Given(said=answer.said) if answer.said is not Said.VALUE else Given(frozenset(values))


def _month(answered: Answered) -> Given:
    """The month; only the year when only that is known."""
    sure = answered.answer("happened_sure")
    year_only = sure.text == "year" or sure.said is not Said.VALUE
    day = answered.text("happened")
    return _given(answered.answer("happened"), {day[:4] if year_only else day[:7]} - {""})


READERS: Final[Mapping[Dimension, Reader]] = {
    Dimension.MONTH: _month,
    Dimension.KIND: _question("kinds"),
    Dimension.COUNTY: _question("county"),
    Dimension.PLACE: _question("place"),
    Dimension.BIAS: _column("act", "a_bias", "a_bias_codes"),
    Dimension.AXIS: _column("act", "a_axis"),
    Dimension.OFFENSE: _column("act", "a_type", "a_offense"),
    Dimension.LANGUAGE: _question("spoken"),
    Dimension.TELLER: _question("role"),
    Dimension.BEFORE: _question("before"),
    Dimension.POLICE: _question("reported_police"),
    Dimension.OUTCOME: _question("outcome"),
    Dimension.REFERRAL: _column("referral", "rf_need"),
}
