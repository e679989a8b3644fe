-- iiko's payment types. All of it is iiko's; what is ours is the code that payments are posted under.
CREATE TABLE payment_methods (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    id          UUID        NOT NULL,
    iiko_id     UUID        NOT NULL,
    code        TEXT        NOT NULL,          -- letter by letter as iiko has it, spaces too
    name        TEXT        NOT NULL,
    kind        TEXT        NOT NULL,          -- Cash, Card, IikoCard …
    processing  TEXT        NOT NULL,          -- External, Internal, Both; empty: iiko does not say
    prints      BOOLEAN     NOT NULL,          -- prints a fiscal receipt
    deleted     BOOLEAN     NOT NULL,          -- deleted in iiko, which goes on telling of it
    groups      JSONB       NOT NULL,          -- terminal groups that take it: id, name
    vanished_at TIMESTAMPTZ,                   -- iiko does not tell of it any more
    created_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id)
);
CREATE UNIQUE INDEX payment_methods_by_iiko_id ON payment_methods (venue_id, iiko_id);

CREATE TABLE payment_settings (
    venue_id UUID NOT NULL PRIMARY KEY REFERENCES venues (id),
    code     TEXT NOT NULL                     -- of the payment type that payments at the table are posted under
);
