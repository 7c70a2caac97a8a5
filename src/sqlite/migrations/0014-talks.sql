-- Conversations that a person began by themself and has a list of. Not bound to `conversation`, which begins with the first
-- message and may go when the last one does.
CREATE TABLE talk (
  key TEXT PRIMARY KEY,
  person_key TEXT NOT NULL,
  platform TEXT NOT NULL,
  workspace TEXT,
  channel TEXT NOT NULL,
  title TEXT,
  begun_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX talk_of_person ON talk (person_key, platform);

-- What was said in talks, word by word, for their person to search. It holds no text, only where each word stands; what is deleted
-- leaves it at once and leaves no trace.
CREATE VIRTUAL TABLE said USING fts5 (
  text, content = 'message', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO said (said, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER said_insert AFTER INSERT ON message
WHEN EXISTS (
  SELECT 1 FROM conversation JOIN talk ON talk.key = conversation.key WHERE conversation.id = new.conversation_id
)
BEGIN
  INSERT INTO said (rowid, text) VALUES (new.id, new.text);
END;

-- `said_docsize` has a row for each message that is in the index, whatever became of its talk.
CREATE TRIGGER said_update AFTER UPDATE OF text ON message
WHEN EXISTS (SELECT 1 FROM said_docsize WHERE id = old.id)
BEGIN
  INSERT INTO said (said, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO said (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER said_delete AFTER DELETE ON message
WHEN EXISTS (SELECT 1 FROM said_docsize WHERE id = old.id)
BEGIN
  INSERT INTO said (said, rowid, text) VALUES ('delete', old.id, old.text);
END;

-- A title tells what was said: it goes with the last of it.
CREATE TRIGGER talk_emptied AFTER DELETE ON message
WHEN NOT EXISTS (SELECT 1 FROM message WHERE conversation_id = old.conversation_id)
BEGIN
  UPDATE talk SET title = NULL WHERE key = (SELECT key FROM conversation WHERE id = old.conversation_id);
END;

-- Who has shown at a door without accounts of its own who they are elsewhere: keys of sessions, by their hashes.
CREATE TABLE signed_in (
  hash BLOB PRIMARY KEY,
  person_key TEXT NOT NULL,
  name TEXT NOT NULL,
  external INTEGER NOT NULL CHECK (external IN (0, 1)),
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX signed_in_of_person ON signed_in (person_key);
CREATE INDEX signed_in_until ON signed_in (until);
