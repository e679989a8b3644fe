-- What people asked the till to do with a delivery. Written before anything is sent; one at a time of an order.
CREATE TABLE order_acts (
    venue_id    UUID        NOT NULL,
    id          UUID        NOT NULL,
    order_id    UUID        NOT NULL,
    what        TEXT        NOT NULL CHECK (what IN ('confirm', 'on_way', 'delivered', 'close', 'courier', 'cancel')),
    detail      UUID,                          -- iiko's id of the cause or of the courier
    said        TEXT        NOT NULL,          -- the cause's or the courier's name, as it was chosen
    comment     TEXT        NOT NULL,
    asked_by    UUID        NOT NULL REFERENCES users (id),
    asked_at    TIMESTAMPTZ NOT NULL,
    state       TEXT        NOT NULL CHECK (state IN ('asked', 'sending', 'sent', 'done', 'refused', 'unknown')),
    correlation TEXT,                          -- iiko's id of the command; none: the answer was lost
    code        TEXT        NOT NULL,          -- of a refusal: iiko's error code, or ours of a fault
    message     TEXT        NOT NULL,          -- and its own words
    next_at     TIMESTAMPTZ NOT NULL,          -- not to be touched before
    ended_at    TIMESTAMPTZ,
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, order_id) REFERENCES orders (venue_id, id)
);
CREATE UNIQUE INDEX order_acts_one_open ON order_acts (venue_id, order_id) WHERE state IN ('asked', 'sending', 'sent');
CREATE INDEX order_acts_of_order ON order_acts (venue_id, order_id, id);
CREATE INDEX order_acts_due ON order_acts (venue_id, next_at) WHERE state IN ('asked', 'sending', 'sent');
