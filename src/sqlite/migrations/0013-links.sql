-- Which accounts are one person's: two rows for a link, one as each of the two sees it. Nothing is copied over a link. Rows come at
-- the end and never move: one that goes leaves no copy of a name behind.
CREATE TABLE link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  peer TEXT NOT NULL,
  peer_name TEXT NOT NULL,
  linked_at INTEGER NOT NULL,
  -- The account lets its facts be used; they are once the peer does so, too.
  gives_facts INTEGER NOT NULL DEFAULT 0 CHECK (gives_facts IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX link_of_account ON link (account, peer);

-- One code of an account. Once somebody gave it, `other` is set: then it is a request, and waits for both to say yes.
CREATE TABLE link_code (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  handle TEXT NOT NULL UNIQUE,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  account TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  until INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  other TEXT UNIQUE,
  other_name TEXT,
  said_yes INTEGER NOT NULL DEFAULT 0 CHECK (said_yes IN (0, 1)),
  other_said_yes INTEGER NOT NULL DEFAULT 0 CHECK (other_said_yes IN (0, 1))
) STRICT;

CREATE INDEX link_code_by_age ON link_code (until);

-- Wrong codes of the last hour. `guesser` is a hash: who is forgotten is nowhere named here, and may not guess more often for it.
CREATE TABLE link_guess (
  id INTEGER PRIMARY KEY,
  guesser BLOB NOT NULL,
  guessed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX link_guess_of_guesser ON link_guess (guesser, guessed_at);
CREATE INDEX link_guess_by_age ON link_guess (guessed_at);

-- What shaped an answer may tell what is known from a linked account: it goes when the link does, or what it rests on.
CREATE TRIGGER reason_lines_go_with_link BEFORE DELETE ON link BEGIN
  UPDATE reply_reason SET lines = substr(hex(zeroblob(octet_length(lines))), 1, octet_length(lines))
    WHERE lines IS NOT NULL AND person_id = (SELECT id FROM person WHERE key = old.account);
  UPDATE reply_reason SET lines = NULL
    WHERE lines IS NOT NULL AND person_id = (SELECT id FROM person WHERE key = old.account);
END;

CREATE TRIGGER linked_reason_lines_go_with_evidence BEFORE DELETE ON evidence BEGIN
  UPDATE reply_reason SET lines = substr(hex(zeroblob(octet_length(lines))), 1, octet_length(lines))
    WHERE lines IS NOT NULL AND person_id IN (
      SELECT linked.id FROM learning_scope
      CROSS JOIN person ON person.id = learning_scope.person_id
      CROSS JOIN link ON link.account = person.key
      CROSS JOIN person AS linked ON linked.key = link.peer
      WHERE learning_scope.id = old.scope_id
    );
  UPDATE reply_reason SET lines = NULL
    WHERE lines IS NOT NULL AND person_id IN (
      SELECT linked.id FROM learning_scope
      CROSS JOIN person ON person.id = learning_scope.person_id
      CROSS JOIN link ON link.account = person.key
      CROSS JOIN person AS linked ON linked.key = link.peer
      WHERE learning_scope.id = old.scope_id
    );
END;
