-- Up to when a place was read for what may be missing, by its platform's name for it: whoever dies over it lets the next one go on.
CREATE TABLE place_read (
  platform TEXT NOT NULL REFERENCES missed (platform) ON DELETE CASCADE,
  place TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (platform, place)
) STRICT, WITHOUT ROWID;
