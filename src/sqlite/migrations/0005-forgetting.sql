-- Whose turns and where: without these, taking out one person or one place reads all turns, for the foreign keys alone.
CREATE INDEX turn_of_asker ON turn (asker_id);
CREATE INDEX turn_of_conversation ON turn (conversation_id);
