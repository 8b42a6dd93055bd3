-- From schema version 5 to 6: what a fitness is the mean of has a table of its own, which record.sql makes.
UPDATE meta SET value = 6 WHERE key = 'schema_version';
