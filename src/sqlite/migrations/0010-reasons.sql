-- What shaped an answer: the lines of the brief as JSON, and the span of the transcript that went along.
CREATE TABLE reply_reason (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  turn_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  persona TEXT NOT NULL,
  model TEXT NOT NULL,
  messages INTEGER NOT NULL,
  from_at INTEGER,
  to_at INTEGER,
  -- NULL once something was forgotten that a line may tell.
  lines TEXT
) STRICT;

CREATE UNIQUE INDEX reply_reason_of_turn ON reply_reason (turn_id);
CREATE INDEX reply_reason_of_person ON reply_reason (person_id);
CREATE INDEX reply_reason_with_lines ON reply_reason (person_id) WHERE lines IS NOT NULL;

-- It goes with the answer. What a line says is blanked first, in place: a row that moves leaves a copy behind.
CREATE TRIGGER reason_goes_with_answer BEFORE DELETE ON message WHEN old.role = 'aeries' BEGIN
  UPDATE reply_reason SET lines = substr(hex(zeroblob(octet_length(lines))), 1, octet_length(lines))
    WHERE turn_id = old.turn_id AND lines IS NOT NULL;
  DELETE FROM reply_reason WHERE turn_id = old.turn_id;
END;

CREATE TRIGGER reason_lines_go_with_evidence BEFORE DELETE ON evidence BEGIN
  UPDATE reply_reason SET lines = substr(hex(zeroblob(octet_length(lines))), 1, octet_length(lines))
    WHERE lines IS NOT NULL AND person_id = (SELECT person_id FROM learning_scope WHERE id = old.scope_id);
  UPDATE reply_reason SET lines = NULL
    WHERE lines IS NOT NULL AND person_id = (SELECT person_id FROM learning_scope WHERE id = old.scope_id);
END;
