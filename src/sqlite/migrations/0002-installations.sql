-- Workspaces that took Aeries in by themselves, with the token that speaks there: sealed, so that this file alone speaks nowhere.
CREATE TABLE installation (
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  sealed_token BLOB NOT NULL,
  account TEXT NOT NULL,
  bot_id TEXT,
  enterprise TEXT,
  -- Separated by blanks.
  scopes TEXT NOT NULL,
  installed_at INTEGER NOT NULL,
  PRIMARY KEY (platform, workspace)
) STRICT, WITHOUT ROWID;
