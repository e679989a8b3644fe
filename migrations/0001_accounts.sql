-- Serves both databases as it stands: SQLite takes any type name, and sqlx stores UUID as 16 bytes, times and JSON as text.
-- Times are always bound by the application, UTC, microseconds.
CREATE TABLE users (
    id            UUID        NOT NULL PRIMARY KEY,
    email         TEXT        NOT NULL,
    email_fold    TEXT        NOT NULL UNIQUE, -- lower case, made by the application: SQLite folds ASCII only
    name          TEXT        NOT NULL,
    password_hash TEXT        NOT NULL,        -- argon2id, PHC text
    staff         TEXT        CHECK (staff IN ('support', 'platform')),
    lang          TEXT        NOT NULL CHECK (lang IN ('ru', 'en')),
    theme         TEXT        NOT NULL CHECK (theme IN ('auto', 'light', 'dark')),
    suspended_at  TIMESTAMPTZ,
    created_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE sessions (
    id         UUID        NOT NULL PRIMARY KEY,
    token_hash BYTEA       NOT NULL UNIQUE,    -- SHA-256 of the cookie
    user_id    UUID        NOT NULL REFERENCES users (id),
    device     TEXT        NOT NULL,
    ip         TEXT        NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at    TIMESTAMPTZ NOT NULL,
    ends_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_id);

-- Failed sign-ins by subject: «ip 10.0.0.1», «email anna@example.com».
CREATE TABLE sign_in_guards (
    subject  TEXT        NOT NULL PRIMARY KEY,
    failures BIGINT      NOT NULL,
    since    TIMESTAMPTZ NOT NULL
);

CREATE TABLE audit (
    id         UUID        NOT NULL PRIMARY KEY,
    at         TIMESTAMPTZ NOT NULL,
    venue_id   UUID,                           -- none for what a person does to their own account
    actor_id   UUID,                           -- none for what happens by itself
    deed       TEXT        NOT NULL,
    object_id  UUID,
    before     JSONB,
    after      JSONB
);
CREATE INDEX audit_of_venue ON audit (venue_id, at);
CREATE INDEX audit_of_object ON audit (venue_id, object_id);
