-- Which reply of the turn a word was said of: of the one that takes its place nobody has said anything yet.
ALTER TABLE opinion ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
UPDATE opinion SET run = (SELECT run FROM turn WHERE turn.id = opinion.turn_id);
