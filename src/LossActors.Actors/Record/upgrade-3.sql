-- From schema version 2 to 3: how long a training was that a fitness was measured after, and what racing saved. Nobody raced before; the views are made anew from record.sql.
ALTER TABLE births ADD COLUMN stopped_at INTEGER;
ALTER TABLE births ADD COLUMN saved_steps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run_facts ADD COLUMN full_steps INTEGER;
UPDATE run_facts SET full_steps = json_extract(experiment, '$.protocol.training.steps') * json_extract(experiment, '$.protocol.replicates');
DROP VIEW IF EXISTS gates;
DROP VIEW IF EXISTS runs;
DROP VIEW IF EXISTS candidates;
UPDATE meta SET value = 3 WHERE key = 'schema_version';
