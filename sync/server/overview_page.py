"""The operator's page: one table, no script, nothing from elsewhere. Layer: sync.server.

Colours are the browser's own, so it is light or dark as the operator's machine is.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Final

from sync.server.overview import Overview, TeamOverview

STYLE: Final = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 auto; padding: 1.5rem; max-width: 72rem }
h1 { font-size: 1.5rem; margin: 0 0 1rem } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0 0 1rem }
dt { opacity: .75 } dd { margin: 0 }
code { font-family: ui-monospace, monospace } th code, time { white-space: nowrap }
table { border-collapse: collapse; width: 100% }
th, td { text-align: right; padding: .5rem .75rem; border-bottom: 1px solid GrayText; vertical-align: top;
         font-variant-numeric: tabular-nums }
thead th { font-weight: 600; vertical-align: bottom } tbody th { font-weight: 400 }
th:first-child { text-align: left; padding-left: 0 } td:last-child, thead th:last-child { padding-right: 0 }
a { color: LinkText; display: inline-block; padding: .5rem 0 }
a:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
.note { max-width: 44rem; opacity: .85 }
@media (max-width: 72rem) {
  body { padding: 1rem }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tr { display: block; border-bottom: 1px solid GrayText; padding: .75rem 0 }
  tbody th, td { display: flex; justify-content: space-between; gap: 1rem; max-width: 30rem; border: 0;
                 padding: .15rem 0; text-align: left }
  tbody th { display: block } th code { white-space: normal; overflow-wrap: anywhere }
  td::before { content: attr(data-of); opacity: .75 }
  td { text-align: right }
}
"""
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"
        + base64.b64encode(hashlib.sha256(STYLE.encode("ascii")).digest()).decode("ascii")
        + "'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
COLUMNS: Final = (
    "Devices",
    "Member entries",
    "Operations",
    "Operations, size",
    "Attachments",
    "Attachments, size",
    "Last sync",
)
UNITS: Final = ("B", "kB", "MB", "GB", "TB")


def page(seen: Overview) -> str:
    """The page as HTML."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>OurNY server</title><style>{STYLE}</style></head><body><main>"
        f"<h1>OurNY server</h1>{_facts(seen)}<h2>Teams</h2>{_table(seen.teams)}"
        '<p class="note">Every operation is sealed: this server can open none. Teams are shown by the ids '
        "they gave themselves; their names are not known here. Hours are in UTC.</p>"
        '<p><a href="">Look again</a></p></main></body></html>'
    )


def size(count: int) -> str:
    """Bytes as a person reads them, in thousands."""
    value, unit = float(count), 0
    while value >= 999.95 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{count} B" if unit == 0 else f"{value:.1f} {UNITS[unit]}"


def _facts(seen: Overview) -> str:
    facts = {
        "Version": f"{seen.version}, tables {seen.schema}",
        "Database": seen.database,
        "Storage used": size(seen.stored_bytes),
        "Free on its disk": "not known here" if seen.free_bytes is None else size(seen.free_bytes),
        "Teams": str(len(seen.teams)),
    }
    told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in facts.items())
    return f"<dl>{told}</dl>"


def _table(teams: Iterable[TeamOverview]) -> str:
    rows = "".join(map(_row, teams))
    if not rows:
        return "<p>No team has come here yet. <code>python -m sync.server token</code> lets one in.</p>"
    heads = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    return f'<table><thead><tr><th scope="col">Team</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _row(team: TeamOverview) -> str:
    told = (
        f"{team.devices:,}",
        f"{team.members:,}",
        f"{team.operations:,}",
        size(team.operation_bytes),
        f"{team.attachments:,}",
        size(team.attachment_bytes),
        _hour(team.last_sync),
    )
    cells = "".join(f'<td data-of="{name}">{said}</td>' for name, said in zip(COLUMNS, told, strict=True))
    return f'<tr><th scope="row"><code>{escape(team.id)}</code></th>{cells}</tr>'


def _hour(moment: datetime | None) -> str:
    if moment is None:
        return "never"
    return f'<time datetime="{moment.isoformat()}">{moment:%Y-%m-%d, %H:00}</time>'
