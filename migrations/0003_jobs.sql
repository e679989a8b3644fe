-- Durable work. Time here is the database's own clock, Unix milliseconds: instances may disagree about theirs.
CREATE TABLE jobs (
    id          UUID    NOT NULL PRIMARY KEY,
    venue_id    UUID    NOT NULL REFERENCES venues (id),
    kind        TEXT    NOT NULL,
    payload     JSONB   NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    run_after   BIGINT  NOT NULL,
    attempt     BIGINT  NOT NULL,
    lease_until BIGINT  NOT NULL,
    fence       BIGINT  NOT NULL,              -- grows with every claim; a write with an older one is a ghost's
    cancel      BOOLEAN NOT NULL,
    said        TEXT
);
-- At most one of a kind per venue: a second press joins the first.
CREATE UNIQUE INDEX jobs_one_per_venue ON jobs (venue_id, kind) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_waiting ON jobs (run_after) WHERE state IN ('queued', 'running');
