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

-- A link that lets one person in: into the venue, or, with `renews`, to their own account with a new password.
CREATE TABLE invitations (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    id          UUID        NOT NULL,
    email       TEXT        NOT NULL,
    email_fold  TEXT        NOT NULL,
    role        TEXT        NOT NULL CHECK (role IN ('owner', 'manager', 'viewer')),
    renews      UUID        REFERENCES users (id), -- the member whose forgotten password it replaces
    token_hash  BYTEA       NOT NULL UNIQUE,   -- SHA-256 of the link
    invited_by  UUID        REFERENCES users (id), -- none: whoever runs the panel, by its command line
    created_at  TIMESTAMPTZ NOT NULL,
    ends_at     TIMESTAMPTZ NOT NULL,
    used_at     TIMESTAMPTZ,                   -- accepted, withdrawn or replaced by a newer one
    PRIMARY KEY (venue_id, id)
);
