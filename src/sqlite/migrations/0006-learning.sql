-- What is learnt about people. All that a person said stands in one table, `evidence`, which only grows at its end, so that its rows
-- never move and a row that is blanked before it is deleted leaves no copy behind. The others hold numbers, ids and words of ours.

-- A thread with fewer readers than its channel.
ALTER TABLE conversation ADD COLUMN apart INTEGER NOT NULL DEFAULT 0 CHECK (apart IN (0, 1));

-- A person's key: the words by which what they told is found stand here only as hashed with it.
CREATE TABLE learner (
  person_id INTEGER PRIMARY KEY REFERENCES person (id),
  secret BLOB NOT NULL
) STRICT;

-- What is known of a person, by who may hear it. Whatever is asked of the tables below goes through here.
CREATE TABLE learning_scope (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Moves when what a brief shows from here has to change at once.
  revision INTEGER NOT NULL DEFAULT 0,
  -- Active facts, and the stems that they are found by, all counted: what BM25 asks of a collection.
  facts INTEGER NOT NULL DEFAULT 0,
  words INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX learning_scope_of_person ON learning_scope (person_id, workspace, name);

-- One stretch of talk.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  conversation_id INTEGER NOT NULL REFERENCES conversation (id),
  scope TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

CREATE INDEX session_of_person ON session (person_id, conversation_id, last_at);
CREATE INDEX session_of_conversation ON session (conversation_id);

-- Mood and task of the moment: gone with the session.
CREATE TABLE session_signal (
  session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  dedupe TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  weight REAL NOT NULL,
  half_life INTEGER NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (session_id, dedupe)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_signal_of_source ON session_signal (source);

-- What a person said about themself, with the words that prove it.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scope_id INTEGER NOT NULL REFERENCES learning_scope (id),
  slot TEXT NOT NULL,
  -- The slots that are settled together.
  slot_group TEXT NOT NULL,
  kind TEXT NOT NULL,
  polarity INTEGER NOT NULL CHECK (polarity IN (-1, 1)),
  message_key TEXT NOT NULL,
  session_id INTEGER NOT NULL,
  said_at INTEGER NOT NULL,
  written_at INTEGER NOT NULL,
  weight REAL NOT NULL,
  half_life INTEGER,
  lasts INTEGER,
  start INTEGER NOT NULL,
  value TEXT NOT NULL,
  quote TEXT NOT NULL,
  -- Separated by blanks.
  head TEXT NOT NULL,
  terms TEXT NOT NULL
) STRICT;

CREATE INDEX evidence_of_group ON evidence (scope_id, slot_group, said_at, id);
CREATE INDEX evidence_of_message ON evidence (message_key);

-- What the evidence adds up to: made from it alone, and made anew whenever it changes. Its id is that of the evidence that opened it.
CREATE TABLE trait (
  id INTEGER PRIMARY KEY,
  scope_id INTEGER NOT NULL REFERENCES learning_scope (id),
  slot TEXT NOT NULL,
  slot_group TEXT NOT NULL,
  -- `slot`: style and identity, always told. `fact`: told when it matters.
  part TEXT NOT NULL CHECK (part IN ('slot', 'fact')),
  polarity INTEGER NOT NULL,
  is_told INTEGER NOT NULL CHECK (is_told IN (0, 1)),
  status TEXT NOT NULL CHECK (status IN ('active', 'superseded', 'expired')),
  mass REAL NOT NULL,
  half_life INTEGER,
  since INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  until INTEGER,
  ended_at INTEGER,
  -- The evidence whose words it has, that said otherwise within a day, and that ended it.
  wording_id INTEGER NOT NULL,
  conflict_id INTEGER,
  superseded_by INTEGER,
  -- The ids of all evidence for it, as JSON.
  statements TEXT NOT NULL,
  -- When its mass will have faded to 1, or would have without end: an order that no passing of time changes.
  strong_until REAL NOT NULL,
  -- The hashed stems that find it, as JSON, and how many words it has with repetitions.
  terms TEXT NOT NULL,
  length INTEGER NOT NULL
) STRICT;

CREATE INDEX trait_of_group ON trait (scope_id, slot_group);
CREATE INDEX trait_live ON trait (scope_id, part, strong_until DESC, until) WHERE status = 'active';

CREATE INDEX trait_expired ON trait (scope_id) WHERE status = 'expired';

-- Which fact a stem finds, the person's key hashing the stem.
CREATE TABLE posting (
  scope_id INTEGER NOT NULL REFERENCES learning_scope (id),
  term INTEGER NOT NULL,
  trait_id INTEGER NOT NULL,
  frequency INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (scope_id, term, trait_id)
) STRICT, WITHOUT ROWID;

-- The log of signals: rows come, and go only when what they came from is taken back.
CREATE TABLE signal (
  id INTEGER PRIMARY KEY,
  scope_id INTEGER NOT NULL REFERENCES learning_scope (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- As told; what the bound on its message leaves of it; whether the bound on its time lets it count.
  told_weight REAL NOT NULL,
  weight REAL NOT NULL,
  is_counted INTEGER NOT NULL CHECK (is_counted IN (0, 1)),
  half_life INTEGER NOT NULL,
  at INTEGER NOT NULL,
  written_at INTEGER NOT NULL,
  source TEXT NOT NULL,
  message_key TEXT NOT NULL,
  session_id INTEGER NOT NULL,
  dedupe TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX signal_once ON signal (scope_id, dedupe);
CREATE INDEX signal_of_key ON signal (scope_id, key, at);
CREATE INDEX signal_of_source ON signal (source);
CREATE INDEX signal_of_message ON signal (message_key);

-- The decayed masses of a value, those that fade alike in one row. They can be made anew from the log.
CREATE TABLE aggregate (
  scope_id INTEGER NOT NULL REFERENCES learning_scope (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  half_life INTEGER NOT NULL,
  is_inferred INTEGER NOT NULL CHECK (is_inferred IN (0, 1)),
  positive REAL NOT NULL,
  negative REAL NOT NULL,
  at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (scope_id, key, value, half_life, is_inferred)
) STRICT, WITHOUT ROWID;

-- How a value stands since its last event. `last_at` and `last_dedupe` are that event.
CREATE TABLE dial (
  scope_id INTEGER NOT NULL REFERENCES learning_scope (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  guessed_in TEXT,
  is_confirmed INTEGER NOT NULL CHECK (is_confirmed IN (0, 1)),
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  last_at INTEGER NOT NULL,
  last_dedupe TEXT NOT NULL,
  PRIMARY KEY (scope_id, key, value)
) STRICT, WITHOUT ROWID;

-- What the observer has yet to read. A dead one failed for good, and says why.
CREATE TABLE observer_job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id),
  conversation_id INTEGER NOT NULL REFERENCES conversation (id),
  turn_id INTEGER NOT NULL REFERENCES turn (id),
  session_id INTEGER NOT NULL REFERENCES session (id),
  workspace TEXT NOT NULL,
  scope TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  reason TEXT
) STRICT;

CREATE INDEX observer_job_due ON observer_job (state, not_before, id);
CREATE INDEX observer_job_of_person ON observer_job (person_id, conversation_id);
CREATE INDEX observer_job_of_conversation ON observer_job (conversation_id);
CREATE UNIQUE INDEX observer_job_of_turn ON observer_job (turn_id);
CREATE INDEX observer_job_of_session ON observer_job (session_id);
