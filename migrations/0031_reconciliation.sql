-- iiko's payment types that payments of this venue were ever sent under: the code may change while some are still open, and
-- those already on bills stay ours.
CREATE TABLE posted_types (
    venue_id     UUID        NOT NULL REFERENCES venues (id),
    payment_type UUID        NOT NULL,         -- iiko's
    since        TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, payment_type)
);

-- How bills were last held against our books.
CREATE TABLE reconciliations (
    venue_id   UUID        NOT NULL PRIMARY KEY REFERENCES venues (id),
    done_at    TIMESTAMPTZ,                    -- the last that came to its end
    whole_at   TIMESTAMPTZ,                    -- … and went over the whole fortnight; none: the next one does
    orders     BIGINT      NOT NULL,           -- bills compared by the last
    unread     BIGINT      NOT NULL,           -- … and those of it that the till would not show
    fault      TEXT,                           -- why the last one could not be done; none: it could
    fault_said TEXT        NOT NULL,
    fault_at   TIMESTAMPTZ
);

-- A bill with more or fewer payments of ours of one sum than our books have.
CREATE TABLE bill_differences (
    venue_id   UUID        NOT NULL,
    id         UUID        NOT NULL,
    order_id   UUID        NOT NULL,
    amount     BIGINT      NOT NULL,           -- kopecks, of one payment
    on_bill    BIGINT      NOT NULL,           -- payments of this sum, on the bill
    in_books   BIGINT      NOT NULL,           -- … and confirmed in our books
    found_at   TIMESTAMPTZ NOT NULL,
    seen_at    TIMESTAMPTZ NOT NULL,           -- last
    settled_at TIMESTAMPTZ,                    -- none: a person is to look
    settled_by UUID        REFERENCES users (id), -- none, and settled: bill and books agree again
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, order_id) REFERENCES orders (venue_id, id)
);
CREATE UNIQUE INDEX bill_differences_of_order ON bill_differences (venue_id, order_id, amount);
CREATE INDEX bill_differences_open ON bill_differences (venue_id, id) WHERE settled_at IS NULL;
