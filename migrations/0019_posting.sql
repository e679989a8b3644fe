-- Money a guest has paid, on its way into the till: one row per payment of the payment provider.
CREATE TABLE payment_intents (
    venue_id          UUID        NOT NULL,
    id                UUID        NOT NULL,
    order_id          UUID        NOT NULL,
    psp_payment_id    TEXT        NOT NULL CHECK (psp_payment_id <> ''), -- the provider's; told twice it is one payment
    amount            BIGINT      NOT NULL CHECK (amount > 0),           -- kopecks
    state             TEXT        NOT NULL CHECK (state IN ('waiting', 'posting', 'unknown', 'person', 'confirmed', 'by_hand')),
    next_at           TIMESTAMPTZ NOT NULL,    -- not to be touched before
    trouble           TEXT        NOT NULL,    -- a word: what it waits for, why a person should look; empty: nothing
    puzzled           BIGINT      NOT NULL,    -- looks in a row that did not add up
    refused           BIGINT      NOT NULL,    -- attempts surely refused, since a person last decided
    voided            BIGINT      NOT NULL,    -- attempts given up as not landed, since a person last decided
    closing           TEXT        NOT NULL CHECK (closing IN ('none', 'due', 'asked', 'closed', 'stuck')),
    close_correlation TEXT,                    -- iiko's, of the command that closes the order
    created_at        TIMESTAMPTZ NOT NULL,
    confirmed_at      TIMESTAMPTZ,             -- seen on the bill
    version           BIGINT      NOT NULL,    -- grows with every change
    PRIMARY KEY (venue_id, id),
    UNIQUE (venue_id, id, order_id),
    FOREIGN KEY (venue_id, order_id) REFERENCES orders (venue_id, id)
);
CREATE UNIQUE INDEX payment_intents_by_psp ON payment_intents (venue_id, psp_payment_id);
CREATE INDEX payment_intents_of_order ON payment_intents (venue_id, order_id, amount);
CREATE INDEX payment_intents_in_state ON payment_intents (venue_id, state, id);
CREATE INDEX payment_intents_due ON payment_intents (venue_id, next_at)
    WHERE state IN ('waiting', 'posting', 'unknown') OR closing IN ('due', 'asked', 'stuck');

-- Each time we told the till of a payment, written before a byte of it left.
CREATE TABLE posting_attempts (
    venue_id       UUID        NOT NULL,
    intent_id      UUID        NOT NULL,
    no             BIGINT      NOT NULL,       -- 1, 2, 3 …
    order_id       UUID        NOT NULL,
    method         TEXT        NOT NULL CHECK (method IN ('change_payments', 'add_payments')),
    state          TEXT        NOT NULL CHECK (state IN ('sending', 'polling', 'proving', 'ambiguous', 'landed', 'refused', 'void', 'abandoned')),
    baseline       BIGINT      NOT NULL,       -- our confirmed payments of this sum on the order when it was sent
    sent_at        TIMESTAMPTZ NOT NULL,
    correlation_id TEXT,                       -- iiko's, of the command
    polls          BIGINT      NOT NULL,
    success_at     TIMESTAMPTZ,                -- iiko said «Success»
    alive_since    TIMESTAMPTZ,                -- since the sending the terminal answers without a break from here
    alive_at       TIMESTAMPTZ,                -- … to here
    said           TEXT        NOT NULL,       -- the last answer's words
    PRIMARY KEY (venue_id, intent_id, no),
    FOREIGN KEY (venue_id, intent_id, order_id) REFERENCES payment_intents (venue_id, id, order_id)
);
-- Payments are only counted, never recognised: two that may both be under way could not be told apart.
CREATE UNIQUE INDEX posting_attempts_one_open ON posting_attempts (venue_id, order_id)
    WHERE state IN ('sending', 'polling', 'proving', 'ambiguous');

-- What happened to a payment, as a person reads it.
CREATE TABLE posting_events (
    venue_id  UUID        NOT NULL,
    id        UUID        NOT NULL,
    intent_id UUID        NOT NULL,
    at        TIMESTAMPTZ NOT NULL,
    what      TEXT        NOT NULL CHECK (what IN ('reported', 'waits', 'sending', 'accepted', 'ambiguous', 'refused', 'void', 'success', 'confirmed', 'person', 'decided', 'close_asked', 'close_left', 'close_failed', 'closed')),
    said      TEXT        NOT NULL,            -- a word or iiko's own words; empty: nothing to add
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, intent_id) REFERENCES payment_intents (venue_id, id)
);
CREATE INDEX posting_events_of_intent ON posting_events (venue_id, intent_id, id);
