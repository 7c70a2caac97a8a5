-- What the asker of a turn wants of its reply by a reaction, under which of its messages, and since when by the platform's clock:
-- platforms tell of reactions more than once, and of a later one before an earlier.
CREATE TABLE wish (
  message_key TEXT NOT NULL,
  control TEXT NOT NULL,
  turn_id INTEGER NOT NULL REFERENCES turn (id) ON DELETE CASCADE,
  is_given INTEGER NOT NULL CHECK (is_given IN (0, 1)),
  at INTEGER NOT NULL,
  PRIMARY KEY (message_key, control)
) STRICT, WITHOUT ROWID;

CREATE INDEX wish_of_turn ON wish (turn_id);
