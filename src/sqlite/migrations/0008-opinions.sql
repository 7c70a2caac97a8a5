-- What people said of answers, by a reaction or a button: what of each word holds now. What it is evidence of stands in `signal`.
CREATE TABLE opinion (
  id INTEGER PRIMARY KEY,
  turn_id INTEGER NOT NULL REFERENCES turn (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  -- The message of the answer that it was said on.
  message_key TEXT NOT NULL,
  sign TEXT NOT NULL,
  verdict TEXT NOT NULL,
  -- 0: taken back. It stays, so that an older word that comes later does not count.
  is_given INTEGER NOT NULL CHECK (is_given IN (0, 1)),
  at INTEGER NOT NULL,
  written_at INTEGER NOT NULL,
  -- What stood out in the answer then: words of ours, with blanks between them.
  facets TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX opinion_once ON opinion (message_key, person_id, sign);
CREATE INDEX opinion_of_turn ON opinion (turn_id, person_id);
CREATE INDEX opinion_of_person ON opinion (person_id);
