CREATE TABLE sync_runs (
    venue_id       UUID        NOT NULL REFERENCES venues (id),
    id             UUID        NOT NULL,
    number         BIGINT      NOT NULL,       -- 1, 2, 3 … in the venue: «Синхронизация № 3»
    job_id         UUID        NOT NULL REFERENCES jobs (id),
    state          TEXT        NOT NULL CHECK (state IN ('queued', 'running', 'applied', 'unchanged', 'held', 'discarded', 'superseded', 'failed', 'cancelled')),
    phase          TEXT        NOT NULL CHECK (phase IN ('waiting', 'fetch', 'plan', 'apply', 'end')),
    done           BIGINT      NOT NULL,       -- of `total`, in the phase's unit: bytes, products, changes
    total          BIGINT      NOT NULL,       -- 0: not known
    asked_by       UUID        NOT NULL REFERENCES users (id),
    asked_at       TIMESTAMPTZ NOT NULL,
    started_at     TIMESTAMPTZ,
    finished_at    TIMESTAMPTZ,
    is_first       BOOLEAN     NOT NULL,
    revision       BIGINT,                     -- iiko's, of the answer this run read
    plan_digest    TEXT,                       -- SHA-256 of the plan; an approval is for exactly this
    approves       TEXT,                       -- the digest a person has approved, on the run made by that approval
    tally          JSONB       NOT NULL,       -- counts by kind
    held           JSONB       NOT NULL,       -- why it is held: reasons with numbers
    fault          TEXT,
    fault_said     TEXT,
    fault_correlation TEXT,
    PRIMARY KEY (venue_id, id),
    UNIQUE (venue_id, number)
);
CREATE UNIQUE INDEX sync_runs_one_live ON sync_runs (venue_id) WHERE state IN ('queued', 'running');

-- The rows of a run's plan, kept as its history.
CREATE TABLE sync_changes (
    venue_id   UUID   NOT NULL,
    run_id     UUID   NOT NULL,
    seq        BIGINT NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('added', 'changed', 'moved', 'vanished', 'returned', 'skipped')),
    thing      TEXT   NOT NULL,                -- product, modifier, modifier_group, size, section, category
    thing_id   UUID,                           -- ours, where there is one
    iiko_id    UUID,
    name       TEXT   NOT NULL,
    place      TEXT   NOT NULL,                -- where it stands in our menu
    field      TEXT,                           -- of a change: name, price, description …
    was        TEXT,                           -- kopecks for prices
    became     TEXT,
    rule       TEXT   NOT NULL,                -- why; each rule has its sentence in both languages
    note       TEXT   NOT NULL,                -- iiko's own folder, a broken value: what the sentence names
    PRIMARY KEY (venue_id, run_id, seq),
    FOREIGN KEY (venue_id, run_id) REFERENCES sync_runs (venue_id, id)
);
CREATE INDEX sync_changes_by_kind ON sync_changes (venue_id, run_id, kind, seq);
