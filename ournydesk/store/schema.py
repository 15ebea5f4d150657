"""The tables of a vault, as steps that only go forward. Layer: store.

Step n brings a database of version n - 1 to version n. A step that was ever released is never edited.
``events`` is the truth; ``intakes``, ``answers`` and ``answer_rows`` are projections of it and can be
rebuilt. Nothing here counts upwards across intakes, so a destroyed draft leaves no gap to notice. What
came of signed operations is in ``operations`` and beside it.
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

V2: Final = """
-- The operation of another desk that an event follows from, '' for what was done at this desk.
ALTER TABLE events ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- What an operation brings may come before its form version does, so the form is no foreign key any more;
-- how far a record has come is worked out of its operations and not stored.
CREATE TABLE intakes_2 (
    id TEXT PRIMARY KEY,
    ticket INTEGER NOT NULL,
    form_id TEXT NOT NULL,
    form_version TEXT NOT NULL,
    form_hash TEXT NOT NULL,
    form_title TEXT NOT NULL,
    language TEXT NOT NULL,
    started_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    written_seq INTEGER NOT NULL,       -- the last start or answer of this desk's own hand, 0 for none
    sections_done INTEGER NOT NULL DEFAULT 0,
    sections INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    attention INTEGER NOT NULL DEFAULT 0,
    agreed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE answers_2 (
    intake TEXT NOT NULL REFERENCES intakes_2 (id),
    path TEXT NOT NULL,
    said TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (intake, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer_rows_2 (
    intake TEXT NOT NULL REFERENCES intakes_2 (id),
    repeat TEXT NOT NULL,
    position INTEGER NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (intake, repeat, position)
) STRICT, WITHOUT ROWID;

INSERT INTO intakes_2 (
    id, ticket, form_id, form_version, form_hash, form_title, language, started_at, changed_at, last_seq,
    written_seq, sections_done, sections, missing, attention
) SELECT
    id, ticket, form_id, form_version, form_hash, form_title, language, started_at, changed_at, last_seq,
    (SELECT coalesce(max(seq), 0) FROM events WHERE intake = intakes.id AND kind <> 'progress.counted'),
    sections_done, sections, missing, attention
FROM intakes;

INSERT INTO answers_2 SELECT intake, path, said, text FROM answers;
INSERT INTO answer_rows_2 SELECT intake, repeat, position, row FROM answer_rows;
DROP TABLE answers;
DROP TABLE answer_rows;
DROP TABLE intakes;
ALTER TABLE intakes_2 RENAME TO intakes;
ALTER TABLE answers_2 RENAME TO answers;
ALTER TABLE answer_rows_2 RENAME TO answer_rows;

-- What became of an intake besides its events; an intake without a line has sealed nothing.
CREATE TABLE intake_marks (
    intake TEXT PRIMARY KEY,
    sealed_through INTEGER NOT NULL DEFAULT 0,  -- events up to this number are in an operation
    handed_over INTEGER NOT NULL DEFAULT 0,
    purged_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    team TEXT NOT NULL,
    user TEXT NOT NULL,
    device TEXT NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    server TEXT NOT NULL,
    authority BLOB NOT NULL
) STRICT;

CREATE TABLE members (
    mseq INTEGER PRIMARY KEY CHECK (mseq >= 0), -- from 0, no gap
    entry BLOB NOT NULL
) STRICT;

CREATE TABLE device_keys (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    sign BLOB NOT NULL,
    seal BLOB NOT NULL
) STRICT;

CREATE TABLE group_keys (
    name TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (name, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_keys (
    record TEXT NOT NULL,
    version INTEGER NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (record, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
    arrival INTEGER PRIMARY KEY,        -- the order in which they came
    op_id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    kind TEXT NOT NULL,
    dev TEXT NOT NULL,
    dseq INTEGER NOT NULL,
    dprev TEXT NOT NULL,
    standing TEXT NOT NULL,
    why TEXT NOT NULL,
    n INTEGER,                          -- position in the verified chain
    offered_at INTEGER,                 -- times: microseconds since 1970, short in an index
    carried_at INTEGER,
    received_at INTEGER,
    arrived_at INTEGER NOT NULL,
    header BLOB NOT NULL,
    payload BLOB NOT NULL,              -- long ones last: the others are read without them
    envelope BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX operations_numbered ON operations (n) WHERE n IS NOT NULL;
CREATE INDEX operations_waiting ON operations (dev, dseq, standing) WHERE n IS NULL;
CREATE INDEX operations_chained ON operations (dev, dseq, dprev, standing);
CREATE INDEX operations_aside ON operations (standing, record) WHERE standing <> 'applied';
CREATE INDEX operations_unread ON operations (kind, dev) WHERE received_at IS NULL AND standing = 'applied';
CREATE INDEX operations_ladder ON operations (
    record, kind, dev, n, offered_at, carried_at, received_at
) WHERE standing = 'applied';

-- The end of each device's chain as far as it is here and was checked; follows from operations.
CREATE TABLE chains (
    dev TEXT PRIMARY KEY,
    dseq INTEGER NOT NULL,
    op_id TEXT NOT NULL,
    heard_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The verified chain of every operation of the team, ours to read or not.
CREATE TABLE log (
    n INTEGER PRIMARY KEY,
    op_id BLOB NOT NULL CHECK (length(op_id) = 32)
) STRICT;

CREATE INDEX log_named ON log (op_id);

-- A reader signed for these before they came here.
CREATE TABLE acknowledged (
    op_id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE followed (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n INTEGER NOT NULL,                 -- last verified position
    hash TEXT NOT NULL,                 -- the chain's hash there
    confirmed INTEGER NOT NULL          -- entries of the team's log that the server holds
) STRICT;

INSERT INTO followed (one, n, hash, confirmed) VALUES (1, 0, '', 0);
"""

V3: Final = """
-- What a relay was given already, until the server has it; it was one long setting before.
CREATE TABLE given (
    op_id TEXT NOT NULL,
    box TEXT NOT NULL,                  -- the relay's own random id
    PRIMARY KEY (op_id, box)
) STRICT, WITHOUT ROWID;

DELETE FROM settings WHERE name LIKE 'mailbox.%.given' OR name = 'sync.acknowledged';
"""

V4: Final = """
-- Documents of records, sealed, in the parts they travel in.
CREATE TABLE attachments (
    blob TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    op_id TEXT NOT NULL,                -- the operation that holds its key
    parts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX attachments_of ON attachments (record);

CREATE TABLE attachment_parts (
    blob TEXT NOT NULL REFERENCES attachments (blob),
    part INTEGER NOT NULL,              -- from 0
    sha256 TEXT NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,    -- the server was seen to have it
    content BLOB,                       -- NULL while it is not here
    PRIMARY KEY (blob, part)
) STRICT;

CREATE INDEX attachment_parts_wanted ON attachment_parts (blob, part) WHERE content IS NULL;
CREATE INDEX attachment_parts_waiting ON attachment_parts (blob, part) WHERE sent = 0;
"""

V5: Final = """
-- Who signed for which record, without looking at what everybody wrote.
CREATE INDEX operations_signed ON operations (record, dev) WHERE standing = 'applied' AND kind = 'rec.ack';
"""

STEPS: Final[tuple[LiteralString, ...]] = (V1, V2, V3, V4, V5)
