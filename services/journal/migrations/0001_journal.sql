-- The first form of the journal: facts, what is personal beside them, and what is settled with them.

-- Where each stream stands. Follows from the facts, and is kept so that a batch is checked with one look.
CREATE TABLE streams (
    stream  TEXT    NOT NULL PRIMARY KEY CHECK (stream <> ''),
    version INTEGER NOT NULL,
    at      INTEGER NOT NULL, -- micros since the epoch
    shelf   TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX streams_by_shelf ON streams (shelf, stream) WHERE shelf IS NOT NULL;

-- What happened. Only ever added to.
CREATE TABLE facts (
    seq     INTEGER NOT NULL PRIMARY KEY,
    stream  TEXT    NOT NULL,
    version INTEGER NOT NULL,
    at      INTEGER NOT NULL, -- micros since the epoch
    kind    TEXT    NOT NULL,
    body    TEXT    NOT NULL, -- json
    UNIQUE (stream, version)
) STRICT;

-- What a fact says about people, beside the fact: a person is forgotten by deleting rows here.
CREATE TABLE personal (
    stream  TEXT    NOT NULL,
    version INTEGER NOT NULL,
    slot    INTEGER NOT NULL,
    person  INTEGER NOT NULL, -- 0 = the case as a whole
    body    TEXT    NOT NULL, -- json
    PRIMARY KEY (stream, version, slot, person)
) STRICT, WITHOUT ROWID;

-- What must still be done, in the order it was asked. Done errands stay: their ids must not come back to life.
CREATE TABLE errands (
    seq        INTEGER NOT NULL PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    stream     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    subject    TEXT    NOT NULL, -- json
    attempts   INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL, -- micros since the epoch
    stuck      INTEGER NOT NULL DEFAULT 0,
    done       INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX errands_due ON errands (not_before) WHERE done = 0 AND stuck = 0;
CREATE INDEX errands_open ON errands (seq) WHERE done = 0;

-- Names that only one stream may hold.
CREATE TABLE keys (
    key    TEXT NOT NULL PRIMARY KEY,
    stream TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was answered to whom asked before: the same request again gets the same reply.
CREATE TABLE receipts (
    key    TEXT    NOT NULL PRIMARY KEY,
    digest TEXT    NOT NULL,
    reply  BLOB    NOT NULL,
    stream TEXT    NOT NULL,
    at     INTEGER NOT NULL -- micros since the epoch
) STRICT;

-- The register of an office: replaced as a whole, found by identifier.
CREATE TABLE register_header (
    one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    header TEXT    NOT NULL -- json
) STRICT;

CREATE TABLE register_rows (
    row  INTEGER NOT NULL PRIMARY KEY,
    body TEXT    NOT NULL -- json
) STRICT;

CREATE TABLE register_keys (
    key TEXT    NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (key, row)
) STRICT, WITHOUT ROWID;
