CREATE TABLE halls (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    id          UUID        NOT NULL,
    -- iiko's fields: written by sync, read-only in the panel
    iiko_id     UUID        NOT NULL,          -- iiko's restaurant section
    name        TEXT        NOT NULL,
    position    BIGINT      NOT NULL,          -- in iiko's order
    floor       JSONB       NOT NULL,          -- the drawn layout; no tables in it: nobody has drawn one
    -- ours
    own_name    TEXT        NOT NULL,          -- empty: iiko's name is shown
    hidden_at   TIMESTAMPTZ,
    hidden_by   UUID        REFERENCES users (id),
    vanished_at TIMESTAMPTZ,                   -- left iiko: hidden, kept
    created_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id)
);
CREATE UNIQUE INDEX halls_by_iiko_id ON halls (venue_id, iiko_id);

CREATE TABLE tables (
    venue_id    UUID        NOT NULL,
    id          UUID        NOT NULL,
    -- iiko's fields
    iiko_id     UUID        NOT NULL,
    pos_id      UUID,                          -- iikoFront's own id of the table
    hall_id     UUID        NOT NULL,
    number      BIGINT      NOT NULL,          -- unique in no more than its hall, and not even there for certain
    name        TEXT        NOT NULL,          -- mostly blank
    seats       BIGINT      NOT NULL,          -- guests; 0: not filled in
    -- ours
    own_name    TEXT        NOT NULL,
    hidden_at   TIMESTAMPTZ,
    hidden_by   UUID        REFERENCES users (id),
    vanished_at TIMESTAMPTZ,
    created_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, hall_id) REFERENCES halls (venue_id, id)
);
CREATE UNIQUE INDEX tables_by_iiko_id ON tables (venue_id, iiko_id);
CREATE INDEX tables_in_hall ON tables (venue_id, hall_id, number);
