-- What SQLite's users have as files in the data folder, in PostgreSQL, so that a run can be seen and steered from any machine. Nothing here outlives its use.

-- What the owner of a run said of itself last: JSON as `lossactors show RUN --json` has it of evaluators, its process and the time. True only while somebody holds the run's lock.
CREATE TABLE IF NOT EXISTS run_status (
    run    TEXT PRIMARY KEY,
    status TEXT NOT NULL
);

-- Commands on their way to the owners of runs: pause, resume, stop, cancel. Whoever owns the run takes them out.
CREATE TABLE IF NOT EXISTS run_commands (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run     TEXT NOT NULL,
    command TEXT NOT NULL
);
