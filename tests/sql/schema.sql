-- What test_store.c needs: one table by paying parent, one across, every type.
-- version 7

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE parent (
    name TEXT NOT NULL UNIQUE,
    pp   INTEGER PRIMARY KEY
);

-- A row of every type, each with and without NULL.
CREATE TABLE thing (
    pp        INTEGER NOT NULL REFERENCES parent,
    id        INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    until     INTEGER,
    amount    INTEGER NOT NULL CHECK (amount > -1000),
    extra     INTEGER,
    is_open   INTEGER NOT NULL,
    note      TEXT,
    body      BLOB,
    PRIMARY KEY (pp, id)
);
CREATE INDEX thing_day ON thing (day, pp);
