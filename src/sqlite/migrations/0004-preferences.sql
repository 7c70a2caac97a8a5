-- What people chose about how Aeries behaves: for a person, a place, or a person in a place. Without a row nobody chose.
CREATE TABLE preference (
  scope TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;
