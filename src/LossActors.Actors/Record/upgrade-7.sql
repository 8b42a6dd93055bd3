-- From schema version 6 to 7: restarts of populations have a table of their own, which record.sql makes, and journals hold events that earlier builds do not know.
UPDATE meta SET value = '7' WHERE key = 'schema_version';
