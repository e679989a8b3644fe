-- Where iiko tells us of changes: an address per venue, and the secret it must bring. The secret itself is nowhere here.
CREATE TABLE webhooks (
    venue_id         UUID        NOT NULL PRIMARY KEY REFERENCES venues (id),
    public_id        UUID        NOT NULL UNIQUE,  -- the address's last part: random, no secret
    token_digest     BYTEA       NOT NULL,         -- SHA-256 of what iiko sends as Authorization
    old_token_digest BYTEA,                        -- the one before, taken until …
    old_until        TIMESTAMPTZ,
    boxes            JSONB       NOT NULL,         -- the ticks as we wrote them last, words of the form
    set_by           UUID        NOT NULL REFERENCES users (id),
    set_at           TIMESTAMPTZ NOT NULL
);

-- What came in by it, as it came: kept before it is answered, so nothing here costs more than it must. The job splits a
-- letter into events, and throws it away.
CREATE TABLE webhook_letters (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    id          UUID        NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    body        BYTEA       NOT NULL,
    PRIMARY KEY (venue_id, id)
);

-- Events, applied one by one.
CREATE TABLE webhook_events (
    venue_id        UUID        NOT NULL REFERENCES venues (id),
    id              UUID        NOT NULL,
    digest          BYTEA       NOT NULL,          -- SHA-256 of the event's text: iiko repeats events and gives them no id
    event_type      TEXT        NOT NULL,          -- iiko's own word; empty: it could not be read
    organization_id UUID,
    subject         UUID,                          -- iiko's id of the order, the employee …
    version         BIGINT      NOT NULL,          -- iiko `timestamp`, Unix ms; 0: it has none
    body            TEXT        NOT NULL,          -- the event as it came; of an unreadable body the first 2 KiB
    received_at     TIMESTAMPTZ NOT NULL,
    state           TEXT        NOT NULL CHECK (state IN
        ('waiting', 'applied', 'same', 'older', 'asking', 'asked', 'empty', 'foreign', 'kept', 'unread')),
    handled_at      TIMESTAMPTZ,
    PRIMARY KEY (venue_id, id)
);
CREATE UNIQUE INDEX webhook_events_by_digest ON webhook_events (venue_id, digest);
CREATE INDEX webhook_events_due ON webhook_events (venue_id, state, id) WHERE state IN ('waiting', 'asking');
CREATE INDEX webhook_events_odd ON webhook_events (venue_id, id) WHERE state IN ('foreign', 'unread');
