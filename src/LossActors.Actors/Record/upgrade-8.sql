-- From schema version 7 to 8: changes by users have a table of their own, which record.sql makes, and journals hold events that earlier builds do not know.
UPDATE meta SET value = '8' WHERE key = 'schema_version';
