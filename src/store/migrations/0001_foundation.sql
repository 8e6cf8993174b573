-- Settings of this database: demo mark, digest of the accepted configuration, log head, secrets' ids.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The access log. Rows are chained: h = BLAKE2b-256(previous h || canonical row).
CREATE TABLE log (
  seq        INTEGER PRIMARY KEY,
  at         TEXT NOT NULL,
  session    TEXT NOT NULL,
  user       TEXT,
  agency     TEXT,
  roles      TEXT,
  action     TEXT NOT NULL,
  kind       TEXT,
  record     TEXT,
  fields     TEXT,
  terms_hash TEXT,
  shown      TEXT,
  n          INTEGER NOT NULL DEFAULT 0,
  purpose    TEXT,
  result     TEXT NOT NULL,
  detail     TEXT,
  h          BLOB NOT NULL
) STRICT;
CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Old and new value of every field of every record.
CREATE TABLE history (
  seq       INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  record    TEXT NOT NULL,
  rev       INTEGER NOT NULL,
  shared_rev INTEGER NOT NULL,
  at        TEXT NOT NULL,
  user      TEXT,
  agency    TEXT,
  field     TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  reason    TEXT
) STRICT;
CREATE INDEX history_record ON history(record, seq);

-- Which kind a record id belongs to, and its agency: ids are found without knowing the kind.
CREATE TABLE record_index (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  case_no TEXT UNIQUE
) STRICT, WITHOUT ROWID;

-- Case numbers: the last one given out per series and year.
CREATE TABLE case_series (
  series TEXT NOT NULL,
  year   INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (series, year)
) STRICT, WITHOUT ROWID;

-- Typed text that is not saved yet: one per user, form and record.
CREATE TABLE draft (
  user    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  record  TEXT NOT NULL DEFAULT '',
  at      TEXT NOT NULL,
  body    BLOB NOT NULL,
  PRIMARY KEY (user, kind, record)
) STRICT, WITHOUT ROWID;

-- Imported items: which outside item became which record, and what it looked like.
CREATE TABLE import_item (
  source TEXT NOT NULL,
  item   TEXT NOT NULL,
  record TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (source, item)
) STRICT, WITHOUT ROWID;

-- The last accepted configuration, so that a broken file never stops the night shift. With rowids: finding a
-- name or a digest must not read bodies.
CREATE TABLE config_file (
  name   TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  body   TEXT NOT NULL
) STRICT;
