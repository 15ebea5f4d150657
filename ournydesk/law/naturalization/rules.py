"""The naturalization table as typed values. Layer: law, stdlib only; read from naturalization.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ournydesk.errors import BadInput
from ournydesk.law.naturalization.assessment import Severity
from ournydesk.law.naturalization.facts import Basis
from ournydesk.law.reading import Authority, Provenance, Section, read_law

FILE = "naturalization.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRule:
    """What one basis asks for. ``years`` 0: no residence or presence is asked for."""

    basis: Basis
    years: int
    early_days: int
    presence_days: int
    restart_years: int
    union_years: int
    conduct_years: int
    settled_age: int
    state_months: int
    minimum_age: int
    needs_lpr: bool
    free: bool
    burden: int
    authority: Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRule:
    """English is not asked of a person this old with this many years as a permanent resident."""

    name: str
    age: int
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every number, date and citation the naturalization rules use. Lengths are days."""

    provenance: Provenance
    bases: Mapping[Basis, BasisRule]
    presumption_over: int
    break_at: int
    near_from: int
    window_years: int
    english: tuple[LanguageRule, ...]
    special_civics: LanguageRule
    civics_tests: tuple[tuple[date, str], ...]
    """(first filing date, name), oldest first."""
    aggravated_felony_from: date
    marijuana_grams: int
    confined_days: int
    drunk_driving: int
    register_from_age: int
    register_until_age: int
    severities: Mapping[str, Severity]
    sentences: Mapping[str, str]
    """For codes whose sentence names no date or figure."""
    findings: Mapping[str, Authority]
    workings: Mapping[str, Authority]


def read_rules(own: Path | None = None) -> Rules:
    """The rules the desk ships, or the organisation's own from the folder ``own``.

    Raises BadInput naming file and key when a value is missing or of the wrong kind.
    """
    file = read_law(FILE, own)
    absence, conduct = file.section("absence"), file.section("conduct")
    civics, service = file.section("civics"), file.section("selective_service")
    return Rules(
        provenance=file.provenance(),
        bases=_bases(file),
        presumption_over=absence.integer("presumption_over"),
        break_at=absence.integer("break_at"),
        near_from=absence.integer("near_from"),
        window_years=absence.integer("window_years"),
        english=tuple(
            LanguageRule(name=name.replace("-", "/"), age=row.integer("age"), years=row.integer("years"))
            for name, row in file.named("english")
        ),
        special_civics=_special(civics),
        civics_tests=tuple(sorted((row.day("effective"), row.text("name")) for row in civics.rows("tests"))),
        aggravated_felony_from=conduct.day("aggravated_felony_from"),
        marijuana_grams=conduct.integer("marijuana_grams"),
        confined_days=conduct.integer("confined_days"),
        drunk_driving=conduct.integer("drunk_driving"),
        register_from_age=service.integer("from_age"),
        register_until_age=service.integer("until_age"),
        severities={
            code: Severity(row.one_of("severity", tuple(Severity))) for code, row in file.named("finding")
        },
        sentences={code: row.text("text") for code, row in file.named("finding") if row.has("text")},
        findings={code: row.authority() for code, row in file.named("finding")},
        workings={code: row.authority() for code, row in file.named("working")},
    )


def _special(civics: Section) -> LanguageRule:
    age, years = civics.integer("special_age"), civics.integer("special_years")
    return LanguageRule(name=f"{age}/{years}", age=age, years=years)


def _bases(file: Section) -> dict[Basis, BasisRule]:
    found = {}
    for name, row in file.named("basis"):
        if name not in set(Basis) - {Basis.BEST}:
            raise BadInput(f"{row.where}: there is no basis of this name.", key=name)
        found[Basis(name)] = _basis(Basis(name), row)
    for basis in Basis:
        if basis is not Basis.BEST and basis not in found:
            raise BadInput(f"{file.where}: the basis “{basis}” is missing.", key=basis.value)
    return found


def _basis(basis: Basis, row: Section) -> BasisRule:
    if row.integer("presence_days") > row.integer("years") * 365:
        raise BadInput(f"{row.where}: “presence_days” must fit into “years”.", key="presence_days")
    return BasisRule(
        basis=basis,
        years=row.integer("years"),
        early_days=row.integer("early_days"),
        presence_days=row.integer("presence_days"),
        restart_years=row.integer("restart_years"),
        union_years=row.integer("union_years"),
        conduct_years=row.integer("conduct_years"),
        settled_age=row.integer("settled_age"),
        state_months=row.integer("state_months"),
        minimum_age=row.integer("minimum_age"),
        needs_lpr=row.truth("needs_lpr"),
        free=row.truth("free"),
        burden=row.integer("burden"),
        authority=row.authority(),
    )
