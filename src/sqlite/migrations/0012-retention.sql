-- How long words stay.

-- Places that are no more, or that Aeries was taken out of: what is still to be taken out, until when it came, and the last conversation
-- that is done.
CREATE TABLE left_place (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  workspace TEXT,
  channel TEXT,
  thread TEXT,
  until INTEGER NOT NULL,
  done TEXT NOT NULL DEFAULT ''
) STRICT;

-- Whom the operator wants forgotten, for the process that the database belongs to.
CREATE TABLE errand (
  person TEXT PRIMARY KEY,
  asked_at INTEGER NOT NULL,
  -- All rows that were found then.
  found INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the operator did to whose data. `person` is a hash: who was forgotten is nowhere named here, and who is asked for can be found.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('export', 'forget', 'counts')),
  person BLOB NOT NULL,
  found INTEGER NOT NULL
) STRICT;
