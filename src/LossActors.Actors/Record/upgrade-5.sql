-- From schema version 4 to 5: training steps within refinements are counted, from now on; the views are made anew from record.sql.
ALTER TABLE births ADD COLUMN refinement_steps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN refinement_steps INTEGER NOT NULL DEFAULT 0;
DROP VIEW IF EXISTS runs;
DROP VIEW IF EXISTS candidates;
UPDATE meta SET value = 5 WHERE key = 'schema_version';
