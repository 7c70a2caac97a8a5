-- What a start needs to know of the process before it.

-- The reply of an open turn as far as somebody may have seen it.
CREATE TABLE draft (
  turn_id INTEGER PRIMARY KEY REFERENCES turn (id),
  text TEXT NOT NULL
) STRICT;

-- When, by its own clock, a platform's newest received message was said: what came later may have been missed.
CREATE TABLE heard (
  platform TEXT PRIMARY KEY,
  said_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO heard (platform, said_at)
SELECT conversation.platform, max(message.said_at)
FROM message JOIN conversation ON conversation.id = message.conversation_id
WHERE message.role = 'person'
GROUP BY conversation.platform;
