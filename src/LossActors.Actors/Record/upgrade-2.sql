-- From schema version 1 to 2: tunings are told by validation errors; version 1 kept task losses, which compare with nothing.
ALTER TABLE refinements RENAME COLUMN task_before TO error_before;
ALTER TABLE refinements RENAME COLUMN task_after TO error_after;
UPDATE refinements SET error_before = NULL, error_after = NULL;
UPDATE meta SET value = 2 WHERE key = 'schema_version';
