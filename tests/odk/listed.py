"""The differences to ODK's web engine that CONFORMANCE.md names, and how each is recognised.

``name`` stands word for word in the first column of its last table. A difference no entry recognises
is a mistake of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from forms.engine.xlsform import Compiled
from tests.odk.compare import Difference

_SHUFFLED_AT_RANDOM: Final = re.compile(r"randomize\([^,()]*(?:\([^()]*\)[^,()]*)*\)")


@dataclass(frozen=True, slots=True)
class Listed:
    """One deliberate difference."""

    name: str
    applies: Callable[[Difference, Compiled], bool]


def why_listed(difference: Difference, compiled: Compiled) -> str:
    """The entry of CONFORMANCE.md that covers a difference; blank when none does."""
    return next((one.name for one in TABLE if one.applies(difference, compiled)), "")


def _only_theirs(*beginnings: str) -> Callable[[Difference, Compiled], bool]:
    """Their engine stops with one of these messages; ours goes on."""

    def applies(difference: Difference, _compiled: Compiled) -> bool:
        stopped = difference.fact in ("load", "stopped") and difference.ours is None
        return stopped and str(difference.theirs).startswith(beginnings)

    return applies


def _twice_minus(difference: Difference, _compiled: Compiled) -> bool:
    said = str(difference.theirs)
    return difference.fact == "load" and difference.ours is None and "syntax error" in said and "--" in said


def _only_ours(part: str) -> Callable[[Difference, Compiled], bool]:
    """Ours turns it down in these words; their engine goes on."""

    def applies(difference: Difference, _compiled: Compiled) -> bool:
        return difference.fact == "load" and difference.theirs is None and part in str(difference.ours)

    return applies


def _shuffled(difference: Difference, compiled: Compiled) -> bool:
    at_random = _SHUFFLED_AT_RANDOM.search(compiled.xml.decode("utf-8")) is not None
    if not at_random or difference.fact not in ("choices", "said"):
        return False
    return _sorted(difference.theirs) == _sorted(difference.ours)


def _sorted(value: object) -> list[str]:
    return sorted(value) if isinstance(value, list) else []


def _hidden_default(difference: Difference, compiled: Compiled) -> bool:
    name = re.sub(r"\[\d+\]", "", difference.node).rpartition("/")[2]
    given = re.search(rf"<{re.escape(name)}>[^<]", compiled.xml.decode("utf-8").partition("<bind")[0])
    return difference.fact in ("violation", "message") and bool(name) and given is not None


def _control_characters(difference: Difference, compiled: Compiled) -> bool:
    said = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(difference.theirs))
    return b"base64-decode(" in compiled.xml and (
        said == str(difference.ours) or said[:60] == str(difference.ours)[:60]
    )


def _moved_row(difference: Difference, compiled: Compiled) -> bool:
    actions = re.findall(rb'<setvalue[^>]*xforms-value-changed[^>]*ref="([^"]*)"', compiled.xml)
    rows = re.findall(rb'<repeat[^>]*nodeset="([^"]*)"', compiled.xml)
    inside = any(path.startswith(row + b"/") for path in actions for row in rows)
    return difference.removed and inside


def _more_than_words(difference: Difference, compiled: Compiled) -> bool:
    other = b'form="guidance"' in compiled.xml or b'form="big-image"' in compiled.xml
    pairs = zip(_texts(difference.theirs), _texts(difference.ours), strict=False)
    return other and difference.fact in ("label", "hint", "said") and all(a.startswith(b) for a, b in pairs)


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


_LONG_NUMBER: Final = re.compile(r"-?\d+\.\d{8,}(?:e[+-]?\d+)?")


def _last_digit(difference: Difference, compiled: Compiled) -> bool:
    used = re.search(rb"\b(?:exp|exp10|log|log10|pow|sqrt|a?(?:sin|cos|tan)2?|area|distance)\(", compiled.xml)
    return used is not None and _rounded(difference.theirs) == _rounded(difference.ours)


def _rounded(value: object) -> str:
    return _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.13g}", str(value))


TABLE: Final = (
    Listed("`--2`", _twice_minus),
    Listed("unions, `preceding-sibling::`", _only_theirs("XPath functionality pending")),
    Listed(
        "a date or number that no calendar reaches (`2021-02-29`) in a numeric place",
        _only_theirs("Out-of-bounds date", "Expected a valid date", "Invalid date"),
    ),
    Listed(
        "a faulty expression of a node that is not relevant",
        _only_theirs("Expected a node-set", "The function 'distance' received"),
    ),
    Listed(
        "a calculation from its own value without a guard (`. = ''`, `../a + 1`)", _only_ours("A cycle: ")
    ),
    Listed("the last digit of `exp()`, `log()`, `pow()`, `sin()` and their like", _last_digit),
    Listed("a control of unknown name", _only_ours("a control this desk cannot show")),
    Listed("a body group at a question of the instance", _only_theirs("Unexpected body element")),
    Listed("an action in a row, after a row before it was removed", _moved_row),
    Listed('`<value form="big-image">` and `guidance` in a label', _more_than_words),
    Listed("`randomize()` without a seed", _shuffled),
    Listed("a select's default that is none of its choices", _hidden_default),
    Listed("control characters that XML cannot hold, out of `base64-decode`", _control_characters),
)
