-- One more statement, or one that is taken back, moves only what it is about: however much else there is.

-- The statements that a trait is made of.
CREATE TABLE trait_piece (
  trait_id INTEGER NOT NULL,
  said_at INTEGER NOT NULL,
  evidence_id INTEGER NOT NULL,
  PRIMARY KEY (trait_id, said_at, evidence_id)
) STRICT, WITHOUT ROWID;

-- What statements are about: the stems of their heads with their group, hashed with the person's key. `trait_id` is that of the
-- standing trait whose newest word the statement is, or 0.
CREATE TABLE about (
  scope_id INTEGER NOT NULL REFERENCES learning_scope (id),
  term INTEGER NOT NULL,
  trait_id INTEGER NOT NULL,
  evidence_id INTEGER NOT NULL,
  PRIMARY KEY (scope_id, term, trait_id, evidence_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE trait DROP COLUMN statements;

DROP INDEX trait_of_group;
CREATE INDEX trait_of_group ON trait (scope_id, slot_group, since, id);
CREATE INDEX trait_in_force ON trait (scope_id, slot_group) WHERE ended_at IS NULL;
-- The order in which they are told: the weakest make room for the strongest.
CREATE INDEX trait_by_strength ON trait (scope_id, status, strong_until DESC) WHERE ended_at IS NULL;
DROP INDEX trait_expired;

-- Whether what is made from the evidence of a scope was made by these rules; if not, the next start makes it anew.
ALTER TABLE learning_scope ADD COLUMN is_settled INTEGER NOT NULL DEFAULT 1 CHECK (is_settled IN (0, 1));
UPDATE learning_scope SET is_settled = 0;
CREATE INDEX learning_scope_unsettled ON learning_scope (id) WHERE is_settled = 0;
