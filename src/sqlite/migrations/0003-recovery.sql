-- What a start needs to know of the process before it.

-- The reply of an open turn, at least as far as somebody may have seen it; once it ended, how.
CREATE TABLE draft (
  turn_id INTEGER PRIMARY KEY REFERENCES turn (id),
  text TEXT NOT NULL,
  outcome TEXT CHECK (outcome IN ('done', 'cut off', 'stopped', 'failed')),
  note TEXT
) STRICT;

-- Since when a platform's words may have been missed, for as long as nobody has read all of what was said since then.
CREATE TABLE missed (
  platform TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When, by the platform's clock, the newest message was said there that was received. What came later may have been missed.
ALTER TABLE conversation ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0;

UPDATE conversation SET heard_at = coalesce(
  (SELECT max(ordinal) / 1000 FROM message WHERE message.conversation_id = conversation.id),
  0
);

CREATE INDEX conversation_heard ON conversation (platform, heard_at);
