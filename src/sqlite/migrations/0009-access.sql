-- Who may talk to Aeries where, as the admins of a workspace say it: `realm` is theirs, `subject` whom or what the rule is about.
CREATE TABLE access_rule (
  realm TEXT NOT NULL,
  subject TEXT NOT NULL,
  says TEXT NOT NULL CHECK (says IN ('allow', 'deny')),
  ruled_by TEXT NOT NULL,
  ruled_at INTEGER NOT NULL,
  PRIMARY KEY (realm, subject)
) STRICT, WITHOUT ROWID;

-- One row for each answer that was asked for in the last day. `person` is a hash: who is forgotten is nowhere named here,
-- and may not ask more often for it.
CREATE TABLE asking (
  id INTEGER PRIMARY KEY,
  person BLOB NOT NULL,
  asked_at INTEGER NOT NULL
) STRICT;

CREATE INDEX asking_of_person ON asking (person, asked_at);
CREATE INDEX asking_by_age ON asking (asked_at);

-- Tokens of prompts and answers, by the hour since 1970.
CREATE TABLE spending (
  hour INTEGER PRIMARY KEY,
  tokens INTEGER NOT NULL
) STRICT;

-- When somebody was last told that they are not answered.
CREATE TABLE refusal (
  person BLOB PRIMARY KEY,
  told_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX refusal_by_age ON refusal (told_at);

-- Who Aeries was in a reply; and what it only overheard, which nobody expects an answer to.
ALTER TABLE turn ADD COLUMN persona TEXT;
ALTER TABLE turn ADD COLUMN is_overheard INTEGER NOT NULL DEFAULT 0 CHECK (is_overheard IN (0, 1));
