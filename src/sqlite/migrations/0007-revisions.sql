-- What people change about what was said.

-- So often its reply was begun anew: writes of one run have keys of their own.
ALTER TABLE turn ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
-- The word that its reply ended with.
ALTER TABLE turn ADD COLUMN note TEXT;
-- Its reply was taken out of the history, and with it the question out of prompts.
ALTER TABLE turn ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
-- What was asked in it is still to be learnt from, or once more.
ALTER TABLE turn ADD COLUMN unlearnt INTEGER NOT NULL DEFAULT 0 CHECK (unlearnt IN (0, 1));

CREATE INDEX turn_withdrawn ON turn (id) WHERE withdrawn = 1;

-- Replies that another one took the place of; the greatest run of a turn is the newest of them.
CREATE TABLE superseded (
  turn_id INTEGER NOT NULL REFERENCES turn (id) ON DELETE CASCADE,
  run INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('reaction', 'button', 'edit')),
  in_place INTEGER NOT NULL CHECK (in_place IN (0, 1)),
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'cut off', 'stopped', 'failed')),
  note TEXT,
  text TEXT NOT NULL,
  PRIMARY KEY (turn_id, run)
) STRICT;

-- The messages that still show one.
CREATE TABLE superseded_part (
  message_key TEXT PRIMARY KEY,
  turn_id INTEGER NOT NULL REFERENCES turn (id) ON DELETE CASCADE,
  run INTEGER NOT NULL,
  part INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX superseded_part_of_turn ON superseded_part (turn_id, run, part);

-- Messages of ours that are to be taken off their platform.
CREATE TABLE removal (
  message_key TEXT PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX removal_of_conversation ON removal (conversation_id);
