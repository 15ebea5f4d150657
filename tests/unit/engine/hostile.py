"""Forms made to break a reader: each must end in one clear error within a second and 200 MB."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from tests.unit.engine.builders import bind, xml

_LAUGHS: Final = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' if level else '<!ENTITY l0 "ha">' for level in range(9)
)
_SELF_GROWING: Final = (
    '<group ref="/data/r"><repeat nodeset="/data/r" jr:count="{count}">'
    '<input ref="/data/r/x"/></repeat></group>'
)
_NESTED: Final = (
    '<group ref="/data/r"><repeat nodeset="/data/r" jr:count="{count}"><group ref="/data/r/s">'
    '<repeat nodeset="/data/r/s" jr:count="{count}"><input ref="/data/r/s/x"/></repeat>'
    "</group></repeat></group>"
)

FORMS: Final[Mapping[str, Callable[[], bytes]]] = MappingProxyType(
    {
        "billion laughs": lambda: f"<!DOCTYPE l [{_LAUGHS}]>".encode() + xml("<a>&l8;</a>"),
        "an external entity": lambda: (
            b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + xml("<a>&a;</a>")
        ),
        "a document type of somewhere": lambda: b'<!DOCTYPE l SYSTEM "http://example.org/l.dtd">' + xml(),
        "another document": lambda: xml(binds=bind("/data/a", calculate="document('/etc/passwd')")),
        "a million nodes": lambda: xml("<a/>" * 1_000_000),
        "a million lines of body": lambda: xml(body='<input ref="/data/a"/>' * 400_000),
        "too many questions": lambda: xml("".join(f"<a{number}/>" for number in range(60_000))),
        "depth": lambda: xml("<a>" * 3000 + "</a>" * 3000),
        "groups in groups": lambda: xml(body="<group>" * 150 + "</group>" * 150),
        "brackets": lambda: xml(binds=bind("/data/a", calculate="(" * 4000 + "1" + ")" * 4000)),
        "brackets of paths": lambda: xml(binds=bind("/data/a", calculate="../b" + "[../b" * 300 + "]" * 300)),
        "a chain": lambda: xml(binds=bind("/data/a", calculate="1" + "+1-1" * 3000)),
        "a long expression": lambda: xml(binds=bind("/data/a", calculate="'" + "x" * 300_000 + "'")),
        "a huge text": lambda: xml("<a>" + "x" * 11_000_000 + "</a>"),
        "too large": lambda: xml("<a>" + "<!-- " + "x" * 68_000_000 + " -->" + "</a>"),
        "a pattern that backtracks": lambda: xml(
            f"<a>{'a' * 60}b!</a><b/>", bind("/data/b", calculate="regex(/data/a, '^(?:a|aa)+(?!b)$')")
        ),
        "a pattern that is huge": lambda: xml(
            binds=bind("/data/b", calculate="regex('x', '(a{1000}){1000}')")
        ),
        "a cycle": lambda: xml(
            binds=bind("/data/a", calculate="../b + 1") + bind("/data/b", calculate="../a + 1")
        ),
        "rows without end": lambda: xml("<r><x/></r>", body=_SELF_GROWING.format(count="count(/data/r) + 1")),
        "a billion rows": lambda: xml("<r><x/></r>", body=_SELF_GROWING.format(count="1000000000")),
        "rows of rows": lambda: xml("<r><s><x/></s></r>", body=_NESTED.format(count="9999")),
        "a text that doubles": lambda: xml(
            "".join(f"<d{at}/>" for at in range(40)),
            bind("/data/d0", calculate="'xxxxxxxxxxxxxxxx'")
            + "".join(
                bind(f"/data/d{at}", calculate=f"concat(../d{at - 1}, ../d{at - 1})") for at in range(1, 40)
            ),
            '<input ref="/data/d0"/>',
        ),
    }
)
"""By what they try; made when asked for."""
