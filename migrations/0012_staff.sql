-- Who iiko tells of: only those with the right D_DC0 and a PIN. Written by sync alone.
CREATE TABLE iiko_people (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    iiko_id     UUID        NOT NULL,
    name        TEXT        NOT NULL,
    code        TEXT        NOT NULL,
    phone       TEXT        NOT NULL,          -- +79161234567; empty: iiko gives none, or none that can be read
    dismissed   BOOLEAN     NOT NULL,          -- iiko `isDeleted`
    vanished_at TIMESTAMPTZ,                   -- iiko does not tell of them any more: the right was taken away
    PRIMARY KEY (venue_id, iiko_id)
);

-- The venue's staff, taken from iiko or its own.
CREATE TABLE employees (
    venue_id     UUID        NOT NULL REFERENCES venues (id),
    id           UUID        NOT NULL,
    iiko_id      UUID,                         -- none: the venue's own
    name         TEXT        NOT NULL,
    name_fold    TEXT        NOT NULL,         -- lower case, made by the application
    role         TEXT        NOT NULL CHECK (role IN ('waiter', 'courier', 'administrator', 'other')),
    phone        TEXT        NOT NULL,         -- +79161234567
    telegram_id  BIGINT,
    notices      JSONB       NOT NULL,         -- which notices they want, by their words
    suspended_at TIMESTAMPTZ,
    suspended_by UUID        REFERENCES users (id),
    version      BIGINT      NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id)
);
CREATE UNIQUE INDEX employees_by_phone ON employees (venue_id, phone);
CREATE UNIQUE INDEX employees_by_iiko_id ON employees (venue_id, iiko_id) WHERE iiko_id IS NOT NULL;
CREATE INDEX employees_phone ON employees (phone);
