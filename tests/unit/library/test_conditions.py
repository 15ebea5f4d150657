"""Which conditions paper can say in a sentence."""

from __future__ import annotations

import pytest

from forms.library.conditions import Told, told
from ournydesk.domain.paper_copy import When


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("/data/a = 'Y'", Told(When.IS, "/data/a", ("Y",))),
        (" ../a  =  'Y' ", Told(When.IS, "/data/g/a", ("Y",))),
        ("/data/a = 'Y' or /data/a = 'M'", Told(When.IS, "/data/a", ("Y", "M"))),
        ("selected(/data/a, 'call')", Told(When.IS, "/data/a", ("call",))),
        ("/data/a != ''", Told(When.ANSWERED, "/data/a")),
        ("/data/a = ''", Told(When.EMPTY, "/data/a")),
        ("/data/a = 'Y' and /data/b = 'N'", Told(When.APPLIES)),
        ("/data/a = 'Y' or /data/b = 'Y'", Told(When.APPLIES)),
        ("/data/a = '' or /data/a = 'Y'", Told(When.APPLIES)),
        ("not(selected(/data/a, 'x'))", Told(When.APPLIES)),
        ("/data/a > 5", Told(When.APPLIES)),
    ],
)
def test_a_condition_is_told_or_left_to_the_reader(source: str, wanted: Told) -> None:
    assert told(source, "/data/g/q") == wanted
