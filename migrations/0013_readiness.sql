-- What the last look at iiko and at ourselves said of paying at the table; one look at a time.
CREATE TABLE readiness_checks (
    venue_id   UUID        NOT NULL PRIMARY KEY REFERENCES venues (id),
    checked_at TIMESTAMPTZ NOT NULL,
    checked_by UUID        NOT NULL REFERENCES users (id),
    findings   JSONB       NOT NULL               -- a finding per probe, in the order they are shown
);
