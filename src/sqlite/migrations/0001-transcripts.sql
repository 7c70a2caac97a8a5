-- Who said what where, and what became of it.
-- Times are whole milliseconds since 1970. Integer ids stay in this room; a `key` is the id that the house speaks.
-- The ids of turns and messages begin with their conversation's, so that its rows lie side by side (see side-by-side.ts).

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  external INTEGER NOT NULL CHECK (external IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX person_key ON person (key);

-- One transcript: a DM, a channel, a thread. The window is what prompts see of it: all from (window_ordinal, window_id) on.
CREATE TABLE conversation (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  platform TEXT NOT NULL,
  workspace TEXT,
  channel TEXT NOT NULL,
  thread TEXT,
  audience TEXT NOT NULL CHECK (audience IN ('dm', 'private', 'public', 'external')),
  name TEXT,
  window_ordinal INTEGER NOT NULL DEFAULT 0,
  window_id INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX conversation_key ON conversation (key);

-- Every event that was taken in, once. It outlives the words that came with it, so that a late repeat finds no way back in.
CREATE TABLE event (
  key TEXT PRIMARY KEY,
  received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One asker's exchange. `ordinal` is that of the last question in it, behind which the reply stands.
CREATE TABLE turn (
  id INTEGER PRIMARY KEY,
  -- At random: platforms remember the keys of writes, which come from this one, also when a new database starts at id 1.
  key TEXT NOT NULL DEFAULT (lower(hex(randomblob(8)))),
  conversation_id INTEGER NOT NULL REFERENCES conversation (id),
  asker_id INTEGER NOT NULL REFERENCES person (id),
  state TEXT NOT NULL DEFAULT 'answering' CHECK (state IN ('answering', 'done', 'cut off', 'stopped', 'failed')),
  ordinal INTEGER NOT NULL,
  begun_at INTEGER NOT NULL,
  closed_at INTEGER,
  CHECK ((state = 'answering') = (closed_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX turn_key ON turn (key);
-- A handful of rows at any time: what a restart looks through, and what keeps open turns out of the window.
CREATE INDEX turn_open ON turn (id) WHERE state = 'answering';

-- One line of a transcript. What a person said has a key and, until a turn takes it, no turn; what Aeries said has a turn.
-- `ordinal` is where it stands: a question's time × 1000, plus one for each that the same millisecond brought before;
-- a reply stands at its question's ordinal, under a greater id.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id),
  ordinal INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('person', 'aeries')),
  -- The speaker; of Aeries' words, whom they answer.
  person_id INTEGER NOT NULL REFERENCES person (id),
  turn_id INTEGER REFERENCES turn (id),
  said_at INTEGER NOT NULL,
  event_key TEXT,
  key TEXT,
  text TEXT NOT NULL,
  CHECK ((role = 'person') = (key IS NOT NULL) AND (role = 'person') = (event_key IS NOT NULL)),
  CHECK (role = 'person' OR turn_id IS NOT NULL)
) STRICT;

CREATE INDEX message_transcript ON message (conversation_id, ordinal);
CREATE INDEX message_of_person ON message (person_id, ordinal);
CREATE INDEX message_of_turn ON message (turn_id) WHERE turn_id IS NOT NULL;
CREATE UNIQUE INDEX message_key ON message (key) WHERE key IS NOT NULL;
-- What waits for a turn: small however long the transcripts are.
CREATE UNIQUE INDEX message_waiting ON message (event_key) WHERE turn_id IS NULL;

-- The platform's messages that show a reply, in order: how a reaction finds the turn and the part.
CREATE TABLE reply_part (
  turn_id INTEGER NOT NULL REFERENCES turn (id),
  part INTEGER NOT NULL,
  message_key TEXT NOT NULL,
  PRIMARY KEY (turn_id, part)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX reply_part_message ON reply_part (message_key);
