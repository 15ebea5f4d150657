"""The tables of a vault, as steps that only go forward. Layer: store.

Step n brings a database of version n - 1 to version n. A step that was ever released is never edited.
``events`` is the truth; ``intakes``, ``answers`` and ``answer_rows`` are projections of it and can be
rebuilt. Nothing here counts upwards across intakes, so a destroyed draft leaves no gap to notice.
"""

from __future__ import annotations

from typing import Final, LiteralString

V1: Final = """
CREATE TABLE form_versions (
    hash TEXT PRIMARY KEY,              -- SHA-256 of the XForm, hexadecimal
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    xml BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE form_files (
    hash TEXT NOT NULL REFERENCES form_versions (hash),
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (hash, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    intake TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),   -- from 1, no gap, per intake
    kind TEXT NOT NULL,
    body TEXT NOT NULL,                     -- JSON
    at TEXT NOT NULL,                       -- ISO 8601, UTC
    PRIMARY KEY (intake, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TABLE intakes (
    id TEXT PRIMARY KEY,
    ticket INTEGER NOT NULL,
    form_id TEXT NOT NULL,
    form_version TEXT NOT NULL,
    form_hash TEXT NOT NULL REFERENCES form_versions (hash),
    form_title TEXT NOT NULL,
    language TEXT NOT NULL,
    started_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    sections_done INTEGER NOT NULL DEFAULT 0,
    sections INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    attention INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
    intake TEXT NOT NULL REFERENCES intakes (id),
    path TEXT NOT NULL,
    said TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (intake, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer_rows (
    intake TEXT NOT NULL REFERENCES intakes (id),
    repeat TEXT NOT NULL,
    position INTEGER NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (intake, repeat, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE tallies (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blanks (
    form TEXT PRIMARY KEY,
    edition TEXT NOT NULL,
    expires TEXT NOT NULL,
    pages INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    pdf BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

STEPS: Final[tuple[LiteralString, ...]] = (V1,)
