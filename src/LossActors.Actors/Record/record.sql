-- The record: what users ask for, as plain tables. It is a projection of the journal (each batch of events and its offset in one transaction) and can be
-- rebuilt from it at any time. Read it with any client of SQLite or PostgreSQL, also while a run is going on. Times are ISO 8601, UTC, as text (which sorts; PostgreSQL: created_at::timestamptz).
-- Fitness is a validation error: smaller is better. The types have the same meaning in both databases; what else differs, the program replaces.

-- Version of this schema.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- How far each journal has been projected.
CREATE TABLE IF NOT EXISTS projection_offsets (
    persistence_id TEXT PRIMARY KEY,
    sequence_nr    BIGINT NOT NULL
);

-- One row per run; read the view "runs".
CREATE TABLE IF NOT EXISTS run_facts (
    run        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    state      TEXT NOT NULL,
    reason     TEXT,
    seed       TEXT NOT NULL,
    strict     BIGINT NOT NULL,
    budget     BIGINT NOT NULL,
    islands    BIGINT NOT NULL,
    metric     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    data_hash  TEXT NOT NULL,
    versions   TEXT NOT NULL,
    experiment TEXT NOT NULL,
    full_steps BIGINT
);

-- Stretches of time in which a run was at work: one per process that owned it and per pause.
CREATE TABLE IF NOT EXISTS run_intervals (
    run        TEXT NOT NULL,
    number     BIGINT NOT NULL,
    epoch      BIGINT NOT NULL,
    pid        BIGINT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at   TEXT NOT NULL,
    closed     BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (run, number)
);

-- The budget as it was handed out: islands spend births, never more than were granted.
CREATE TABLE IF NOT EXISTS grants (
    run    TEXT NOT NULL,
    island BIGINT NOT NULL,
    number BIGINT NOT NULL,
    births BIGINT NOT NULL,
    PRIMARY KEY (run, island, number)
);

-- Every proposal, judged or still under way; read the view "candidates" for those with a verdict.
CREATE TABLE IF NOT EXISTS births (
    run           TEXT NOT NULL,
    id            TEXT NOT NULL,
    island        BIGINT NOT NULL,
    birth         BIGINT NOT NULL,
    parents       TEXT NOT NULL,
    origin        TEXT NOT NULL,
    expression    TEXT NOT NULL,
    weights       TEXT NOT NULL,
    complexity    BIGINT NOT NULL,
    proposed_at   TEXT NOT NULL,
    verdict       TEXT,
    fitness       DOUBLE PRECISION,
    trained_steps BIGINT NOT NULL DEFAULT 0,
    seconds       DOUBLE PRECISION NOT NULL DEFAULT 0,
    saved_seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
    same_as       TEXT,
    reason        TEXT,
    worker        TEXT,
    judged_at     TEXT,
    stopped_at    BIGINT,
    saved_steps   BIGINT NOT NULL DEFAULT 0,
    refinement_steps BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (run, island, birth)
);
CREATE INDEX IF NOT EXISTS trained_births ON births (run, complexity, fitness) WHERE verdict = 'trained';

-- How many births of each island ended how, kept up to date with them so that nobody need count a long run: evaluator time spent on them and saved by their
-- gate, training steps spent and saved, for trained ones the best fitness, and training steps spent on tuning their coefficients.
CREATE TABLE IF NOT EXISTS tallies (
    run           TEXT NOT NULL,
    island        BIGINT NOT NULL,
    verdict       TEXT NOT NULL,
    candidates    BIGINT NOT NULL,
    seconds       DOUBLE PRECISION NOT NULL,
    saved_seconds DOUBLE PRECISION NOT NULL,
    trained_steps BIGINT NOT NULL,
    saved_steps   BIGINT NOT NULL,
    best          DOUBLE PRECISION,
    refinement_steps BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (run, island, verdict)
);

-- Every migrant that a neighbour accepted, and the members that clones began with. They entered the population, but for those of islands that measure on other tasks: these are
-- born again as candidates of origin immigrant, whose parent they are.
--   from, to    the islands
--   candidate   who migrated (candidates.id)
--   birth       how many births the receiving island had proposed by then
--   epoch       the migration epoch; 0: of a clone
CREATE TABLE IF NOT EXISTS migrants (
    run       TEXT NOT NULL,
    "from"    BIGINT NOT NULL,
    "to"      BIGINT NOT NULL,
    candidate TEXT NOT NULL,
    birth     BIGINT NOT NULL,
    epoch     BIGINT NOT NULL,
    fitness   DOUBLE PRECISION NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (run, "to", "from", epoch, candidate)
);

-- Islands whose candidates are measured on some of the search's tasks only (experiment search.tasks): the others are not here.
--   tasks       their numbers as a JSON array; 0 is the main task
--   full_steps  training steps, over all replicates, of a fitness there that was measured to the end
CREATE TABLE IF NOT EXISTS island_tasks (
    run        TEXT NOT NULL,
    island     BIGINT NOT NULL,
    tasks      TEXT NOT NULL,
    full_steps BIGINT NOT NULL,
    PRIMARY KEY (run, island)
);

-- Each restart of a population that had stagnated.
--   birth   the last birth that had been proposed by then: those after it make the new population
--   kept    JSON array of the members that stayed
CREATE TABLE IF NOT EXISTS resets (
    run    TEXT NOT NULL,
    island BIGINT NOT NULL,
    birth  BIGINT NOT NULL,
    kept   TEXT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (run, island, birth)
);

-- Each change that a user made while the search went on, in the order in which they came into force.
--   number       from 1, over the run
--   request      what whoever asked for it knows it by
--   description  the change in words
--   search       the search's settings from then on, as JSON; NULL where it changed none
CREATE TABLE IF NOT EXISTS amendments (
    run         TEXT NOT NULL,
    number      BIGINT NOT NULL,
    request     TEXT NOT NULL,
    description TEXT NOT NULL,
    search      TEXT,
    at          TEXT NOT NULL,
    PRIMARY KEY (run, number)
);

-- Fitness per trained network: replicates of the search, and fresh ones of finalists (fresh = 1), which no selection has seen.
CREATE TABLE IF NOT EXISTS replicates (
    run       TEXT NOT NULL,
    candidate TEXT NOT NULL,
    replicate BIGINT NOT NULL,
    fitness   DOUBLE PRECISION NOT NULL,
    fresh     BIGINT NOT NULL,
    PRIMARY KEY (run, candidate, replicate)
);

-- The errors that a fitness is the mean of, over replicates, in searches with several tasks (part = 'task', the main one is number 0) or with horizons (part = 'horizon', on
-- the main task; the last number is the end of the training); fresh = 1: of a finalist's fresh replicates.
CREATE TABLE IF NOT EXISTS fitness_parts (
    run       TEXT NOT NULL,
    candidate TEXT NOT NULL,
    fresh     BIGINT NOT NULL,
    part      TEXT NOT NULL,
    number    BIGINT NOT NULL,
    error     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (run, candidate, fresh, part, number)
);

-- Each tuning of coefficients by meta-gradients, of the parent's, or, where parent is empty, of the candidate's own before its training: mean validation error before and after it, on networks that neither fitness nor tuning used; NULL
-- where training failed, and in runs of schema version 1.
CREATE TABLE IF NOT EXISTS refinements (
    run          TEXT NOT NULL,
    candidate    TEXT NOT NULL,
    parent       TEXT NOT NULL,
    error_before DOUBLE PRECISION,
    error_after  DOUBLE PRECISION,
    meta_steps   BIGINT NOT NULL,
    seconds      DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (run, candidate)
);

-- Networks trained under the task loss, per learning rate, on the same fresh replicates as the finalists. fitness is NULL where training diverged.
CREATE TABLE IF NOT EXISTS baselines (
    run           TEXT NOT NULL,
    rate_index    BIGINT NOT NULL,
    learning_rate DOUBLE PRECISION NOT NULL,
    replicate     BIGINT NOT NULL,
    fitness       DOUBLE PRECISION,
    PRIMARY KEY (run, rate_index, replicate)
);

-- The hall of fame of a completed run: the Pareto front of complexity and mean over the fresh replicates (fitness) among its re-measured finalists.
-- What the other finalists measured is in replicates.
CREATE TABLE IF NOT EXISTS hall_of_fame (
    run        TEXT NOT NULL,
    rank       BIGINT NOT NULL,
    candidate  TEXT NOT NULL,
    expression TEXT NOT NULL,
    weights    TEXT NOT NULL,
    complexity BIGINT NOT NULL,
    fitness    DOUBLE PRECISION,
    search_fitness DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (run, rank)
);

-- candidates: one row per evaluation of the budget.
--   run, id        the run and the candidate within it ("2:17": the 17th birth of island 2)
--   parents        JSON array of ids ("[]" for a random tree)
--   verdict        trained, stopped, duplicate, zero-gradient, rejected, equivalent, diverged, quarantined or failed
--   expression     in function form, without coefficients; weights = JSON array of coefficients, one per node, root first. A neural loss (search.method = ml3) is
--                  "neural(y, f)"; its weights, which complexity counts, are 32-bit floats, little-endian, in base 64 (layer by layer: [outputs, inputs], then biases)
--   fitness        validation error, on the tasks of its island; NULL where there is none; for duplicate and equivalent that of same_as
--   fitness_steps  after how many training steps, over all replicates, that fitness was measured
--   stopped_at     the same where racing stopped the training before its end (its own, or that of same_as), else NULL: only those with NULL compete for the hall of fame
--   trained_steps  training steps spent on its fitness
--   refinement_steps  training steps spent on tuning its coefficients, if it is a refinement, or on training it, if it is a neural loss: k for each meta step of k inner steps (the derivative backwards through
--                  them is no step), and those of the whole trainings that try the coefficients; 0 also where a run of schema version 4 or earlier did not count them
--   saved_steps    training steps that racing saved by stopping it
--   origin         initial, crossover, subtree, point, hoist, insert, delete, rotate, coefficient, refinement, warm-start, reproduction, injected or immigrant
--   seconds, saved_seconds   evaluator time spent on it, and saved by the gate that ended it
--   worker         which slot gave the last finding
CREATE VIEW IF NOT EXISTS candidates AS
SELECT b.run, b.id, b.island, b.birth, b.parents, b.verdict, b.expression, b.weights, b.fitness,
       CASE WHEN b.fitness IS NOT NULL THEN coalesce(b.stopped_at, t.full_steps, f.full_steps) END AS fitness_steps, b.stopped_at,
       b.trained_steps, b.refinement_steps, b.saved_steps, b.origin, b.complexity, b.seconds, b.saved_seconds, b.same_as, b.reason, b.worker, b.proposed_at, b.judged_at
FROM births b LEFT JOIN run_facts f ON f.run = b.run LEFT JOIN island_tasks t ON t.run = b.run AND t.island = b.island WHERE b.verdict IS NOT NULL;

-- runs: one row per run.
--   state          running, paused, stopping, finals, completed, cancelled or failed, as last journaled: a killed process leaves "running", which the command
--                  line shows as interrupted, for it also looks whether some process holds the run's lock
--   evaluations    candidates with a verdict; trained = those trained to the end; budget = how many evaluations the run may spend
--   training_steps   all training steps of the search: candidate_steps, spent on fitness, and refinement_steps, spent on tuning coefficients (see candidates). Neither the
--                  optimisation of logits at the gates is counted, nor the baseline, nor the re-measurements at the end
--   saved_steps    training steps that racing saved
--   elapsed_seconds  time at work, over all processes that owned the run, without pauses
--   metric         what fitness measures: error-rate, mse, their mean over tasks of both kinds (mean-error), or relative-error (in units of a guess's)
CREATE VIEW IF NOT EXISTS runs AS
SELECT f.run, f.name, f.state, f.reason, f.seed, f.strict, f.budget, f.islands, f.metric,
       (SELECT CAST(coalesce(sum(t.candidates), 0) AS BIGINT) FROM tallies t WHERE t.run = f.run) AS evaluations,
       (SELECT CAST(coalesce(sum(t.candidates), 0) AS BIGINT) FROM tallies t WHERE t.run = f.run AND t.verdict = 'trained') AS trained,
       (SELECT CAST(coalesce(sum(t.trained_steps + t.refinement_steps), 0) AS BIGINT) FROM tallies t WHERE t.run = f.run) AS training_steps,
       (SELECT CAST(coalesce(sum(t.trained_steps), 0) AS BIGINT) FROM tallies t WHERE t.run = f.run) AS candidate_steps,
       (SELECT CAST(coalesce(sum(t.refinement_steps), 0) AS BIGINT) FROM tallies t WHERE t.run = f.run) AS refinement_steps,
       (SELECT CAST(coalesce(sum(t.saved_steps), 0) AS BIGINT) FROM tallies t WHERE t.run = f.run) AS saved_steps,
       (SELECT coalesce(sum((julianday(i.ended_at) - julianday(i.started_at)) * 86400.0), 0) FROM run_intervals i WHERE i.run = f.run) AS elapsed_seconds,
       f.created_at, f.updated_at, f.data_hash, f.versions, f.experiment
FROM run_facts f;

-- gates: how many candidates each verdict ended, and the evaluator time that spent and saved.
CREATE VIEW IF NOT EXISTS gates AS
SELECT run, verdict, CAST(sum(candidates) AS BIGINT) AS candidates, sum(seconds) AS seconds, sum(saved_seconds) AS saved_seconds
FROM tallies GROUP BY run, verdict;
