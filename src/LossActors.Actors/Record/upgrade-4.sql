-- From schema version 3 to 4: verdicts are tallied as they come, and the views look there; they are made anew from record.sql.
CREATE TABLE tallies (
    run           TEXT NOT NULL,
    island        INTEGER NOT NULL,
    verdict       TEXT NOT NULL,
    candidates    INTEGER NOT NULL,
    seconds       REAL NOT NULL,
    saved_seconds REAL NOT NULL,
    trained_steps INTEGER NOT NULL,
    saved_steps   INTEGER NOT NULL,
    best          REAL,
    PRIMARY KEY (run, island, verdict)
);
INSERT INTO tallies(run, island, verdict, candidates, seconds, saved_seconds, trained_steps, saved_steps, best)
SELECT run, island, verdict, count(*), sum(seconds), sum(saved_seconds), sum(trained_steps), sum(saved_steps), min(CASE WHEN verdict = 'trained' THEN fitness END)
FROM births WHERE verdict IS NOT NULL GROUP BY run, island, verdict;
DROP INDEX IF EXISTS births_by_fitness;
DROP VIEW IF EXISTS gates;
DROP VIEW IF EXISTS runs;
UPDATE meta SET value = 4 WHERE key = 'schema_version';
