-- From schema version 8 to 9: islands that measure on some tasks only have a table of their own, which record.sql makes, and the view of candidates, which is made anew, looks there.
DROP VIEW IF EXISTS candidates;
UPDATE meta SET value = '9' WHERE key = 'schema_version';
