-- iiko's small dictionaries, as they are there: what orders will name.
CREATE TABLE dictionary_entries (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    kind        TEXT        NOT NULL CHECK (kind IN ('order_type', 'discount', 'cancel_cause')),
    iiko_id     UUID        NOT NULL,
    name        TEXT        NOT NULL,
    note        TEXT        NOT NULL,          -- of an order type iiko's service, of a discount its percent
    deleted     BOOLEAN     NOT NULL,          -- iiko `isDeleted`
    vanished_at TIMESTAMPTZ,
    PRIMARY KEY (venue_id, kind, iiko_id)
);

-- They are a part of their own: both lists of parts learn the word. SQLite changes no CHECK in place, so the column and
-- the small table are made anew; the same text does for both databases.
ALTER TABLE sync_runs ADD COLUMN wide_scope TEXT NOT NULL DEFAULT 'all' CHECK (wide_scope IN ('all', 'seating', 'payments', 'staff', 'dictionaries'));
UPDATE sync_runs SET wide_scope = scope;
ALTER TABLE sync_runs DROP COLUMN scope;
ALTER TABLE sync_runs RENAME COLUMN wide_scope TO scope;

CREATE TABLE wide_part_syncs (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    part        TEXT        NOT NULL CHECK (part IN ('seating', 'payments', 'staff', 'dictionaries')),
    synced_at   TIMESTAMPTZ,
    missed_run  UUID,                           -- none: the last look went well
    PRIMARY KEY (venue_id, part)
);
INSERT INTO wide_part_syncs (venue_id, part, synced_at, missed_run) SELECT venue_id, part, synced_at, missed_run FROM part_syncs;
DROP TABLE part_syncs;
ALTER TABLE wide_part_syncs RENAME TO part_syncs;
