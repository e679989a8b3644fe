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
