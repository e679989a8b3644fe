-- Orders as the till has them, read and re-read: ours is only the row's id. Whatever order events come in, `version` says
-- which is the later.
CREATE TABLE orders (
    venue_id     UUID        NOT NULL REFERENCES venues (id),
    id           UUID        NOT NULL,
    iiko_id      UUID        NOT NULL,         -- iiko's id in the cloud
    pos_id       UUID,                         -- iikoFront's own
    kind         TEXT        NOT NULL CHECK (kind IN ('table', 'courier', 'pickup')),
    status       TEXT        NOT NULL CHECK (status IN ('new', 'confirmed', 'cooking', 'cooked', 'sent', 'done', 'cancelled')),
    iiko_status  TEXT        NOT NULL,         -- iiko's own word: New, Bill, WaitCooking, Closed …; empty while it is being made
    creation     TEXT        NOT NULL CHECK (creation IN ('in_progress', 'success', 'error')),
    number       TEXT        NOT NULL,         -- the till's number; empty while there is none
    version      BIGINT      NOT NULL,         -- iiko `timestamp`: Unix ms of the last change in iikoTransport
    table_id     UUID,                         -- ours; none: a delivery, or a table we do not know
    place        TEXT        NOT NULL,         -- where: the table in words, the address; empty: nothing said
    waiter       TEXT        NOT NULL,         -- or the courier
    waiter_fold  TEXT        NOT NULL,         -- lower case, made by the application
    guest        TEXT        NOT NULL,
    phone        TEXT        NOT NULL,         -- +7…; empty: none
    sum          BIGINT      NOT NULL,         -- kopecks, with discounts and charges: what is to be paid
    paid         BIGINT,                       -- kopecks iiko calls processed; none: iiko does not say (below 7.6.0)
    opened_at    TIMESTAMPTZ NOT NULL,         -- terminal-local `whenCreated` in the venue's zone, kept UTC
    closed_at    TIMESTAMPTZ,
    due_at       TIMESTAMPTZ,                  -- a delivery's `completeBefore`
    trouble      TEXT        NOT NULL,         -- why a person should look: empty, else a word that has its sentence
    body         JSONB       NOT NULL,         -- lines, payments, discounts, as the order's page shows them
    raw          TEXT        NOT NULL,         -- iiko's `order`, JSON, as it was read last; empty while there is none
    seen_at      TIMESTAMPTZ NOT NULL,         -- read last
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, table_id) REFERENCES tables (venue_id, id)
);
CREATE UNIQUE INDEX orders_by_iiko_id ON orders (venue_id, iiko_id);
CREATE INDEX orders_newest ON orders (venue_id, opened_at, id);
CREATE INDEX orders_of_kind ON orders (venue_id, kind, opened_at, id);
CREATE INDEX orders_in_status ON orders (venue_id, status, opened_at, id);
CREATE INDEX orders_by_number ON orders (venue_id, number, opened_at, id);
CREATE INDEX orders_by_phone ON orders (venue_id, phone, opened_at, id) WHERE phone <> '';
CREATE INDEX orders_in_trouble ON orders (venue_id, opened_at, id) WHERE trouble <> '';
CREATE INDEX orders_at_table ON orders (venue_id, table_id) WHERE status NOT IN ('done', 'cancelled');
CREATE INDEX orders_open ON orders (venue_id, seen_at) WHERE status NOT IN ('done', 'cancelled');

-- What happened to an order, as it was seen: statuses, sums, payments that came and went.
CREATE TABLE order_events (
    venue_id UUID        NOT NULL,
    id       UUID        NOT NULL,
    order_id UUID        NOT NULL,
    at       TIMESTAMPTZ NOT NULL,
    source   TEXT        NOT NULL CHECK (source IN ('webhook', 'sweep', 'us', 'person')),
    what     TEXT        NOT NULL,             -- status, sum, paid …: each has its word
    was      TEXT        NOT NULL,
    became   TEXT        NOT NULL,
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, order_id) REFERENCES orders (venue_id, id)
);
CREATE INDEX order_events_of_order ON order_events (venue_id, order_id, id);

-- How the orders of a venue are looked after: when iiko was asked last and well, how far the deliveries were read, what
-- stood in the way.
CREATE TABLE order_watches (
    venue_id          UUID        NOT NULL PRIMARY KEY REFERENCES venues (id),
    looked_at         TIMESTAMPTZ,             -- the last look that went well
    revision          BIGINT,                  -- iiko `maxRevision` of the deliveries, good for three hours
    revision_at       TIMESTAMPTZ,
    fault             TEXT,                    -- none: the last look went well
    fault_said        TEXT,
    fault_correlation TEXT,
    fault_at          TIMESTAMPTZ,
    unread            BIGINT      NOT NULL     -- orders of the last look that could not be read
);
