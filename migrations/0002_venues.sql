CREATE TABLE venues (
    id              UUID        NOT NULL PRIMARY KEY,
    name            TEXT        NOT NULL,
    address         TEXT        NOT NULL,
    time_zone       TEXT        NOT NULL,      -- IANA name
    -- What every page's header shows; written in the transaction that changes the truth behind it.
    pos_link        TEXT        NOT NULL CHECK (pos_link IN ('none', 'setting_up', 'live', 'attention')),
    sync_state      TEXT        CHECK (sync_state IN ('running', 'held')),
    menu_synced_at  TIMESTAMPTZ,
    menu_generation BIGINT      NOT NULL,      -- grows with every applied sync
    created_at      TIMESTAMPTZ NOT NULL
);

CREATE TABLE members (
    venue_id   UUID        NOT NULL REFERENCES venues (id),
    user_id    UUID        NOT NULL REFERENCES users (id),
    role       TEXT        NOT NULL CHECK (role IN ('owner', 'manager', 'viewer')),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, user_id)
);
CREATE INDEX members_of_user ON members (user_id);

CREATE TABLE invitations (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    id          UUID        NOT NULL,
    email       TEXT        NOT NULL,
    email_fold  TEXT        NOT NULL,
    role        TEXT        NOT NULL CHECK (role IN ('owner', 'manager', 'viewer')),
    token_hash  BYTEA       NOT NULL UNIQUE,   -- SHA-256 of the link
    invited_by  UUID        NOT NULL REFERENCES users (id),
    created_at  TIMESTAMPTZ NOT NULL,
    ends_at     TIMESTAMPTZ NOT NULL,
    used_at     TIMESTAMPTZ,                   -- accepted or withdrawn
    PRIMARY KEY (venue_id, id)
);
