-- What people who like to be talked to alike lend a newcomer: numbers about groups. Who belongs to which stands nowhere.

CREATE INDEX learning_scope_of_workspace ON learning_scope (workspace, name, id);

CREATE TABLE cohorts_made (
  workspace TEXT PRIMARY KEY,
  -- When making them began; 0: they were not made yet.
  at INTEGER NOT NULL,
  -- When somebody of the workspace last had something erased: what was made before that has to be made anew.
  erased_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE cohort_value (
  workspace TEXT NOT NULL,
  cohort TEXT NOT NULL,
  members INTEGER NOT NULL CHECK (members >= 20),
  slot TEXT NOT NULL,
  value TEXT NOT NULL,
  share REAL NOT NULL CHECK (share > 0 AND share < 1),
  contributors INTEGER NOT NULL CHECK (contributors >= 10),
  PRIMARY KEY (workspace, cohort, slot, value)
) STRICT, WITHOUT ROWID;

-- Whoever chose something under a name: without it that question reads what everybody chose.
CREATE INDEX preference_of_name ON preference (name, scope);
