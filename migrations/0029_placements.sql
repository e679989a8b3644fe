-- Orders for delivery and pickup that the guest's app has placed, on their way to the till. The order itself stands in
-- `orders` from the first moment; iiko knows it by `iiko_id`, so that sending it again makes no second one.
CREATE TABLE placements (
    venue_id        UUID        NOT NULL,
    id              UUID        NOT NULL,      -- the order's
    iiko_id         UUID        NOT NULL,      -- the order's at iiko, made by us
    external_number TEXT        NOT NULL CHECK (external_number <> ''), -- the app's; told twice it is one order
    digest          BYTEA       NOT NULL,      -- SHA-256 of what the app sent: the same number with other words is an error
    body            JSONB       NOT NULL,      -- the order as it is sent
    state           TEXT        NOT NULL CHECK (state IN ('asked', 'sending', 'sent', 'taken', 'refused', 'unknown')),
    sent            BIGINT      NOT NULL,      -- how often it may have left
    correlation     TEXT,                      -- iiko's id of the command; none: the answer was lost
    code            TEXT        NOT NULL,      -- of a refusal: iiko's error code, or ours of a fault
    made_at         TIMESTAMPTZ NOT NULL,
    sent_at         TIMESTAMPTZ,               -- the last time
    next_at         TIMESTAMPTZ NOT NULL,      -- not to be touched before
    ended_at        TIMESTAMPTZ,
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, id) REFERENCES orders (venue_id, id)
);
CREATE UNIQUE INDEX placements_by_number ON placements (venue_id, external_number);
CREATE INDEX placements_due ON placements (venue_id, next_at) WHERE state IN ('asked', 'sending', 'sent');
