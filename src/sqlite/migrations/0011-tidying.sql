-- What people said of a while, by when that is over.
CREATE INDEX evidence_passing ON evidence (said_at + lasts) WHERE lasts IS NOT NULL;
