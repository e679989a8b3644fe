-- Keys of the guest's app and the acquirer: who holds one speaks for one venue, within its scopes.
CREATE TABLE api_tokens (
    venue_id   UUID        NOT NULL REFERENCES venues (id),
    id         UUID        NOT NULL,
    name       TEXT        NOT NULL,           -- what it is for, in the venue's words
    tail       TEXT        NOT NULL,           -- last four characters, to be told apart
    token_hash BYTEA       NOT NULL UNIQUE,    -- SHA-256
    scopes     JSONB       NOT NULL,           -- words, see api::scope
    made_by    UUID        NOT NULL REFERENCES users (id),
    made_at    TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ,                    -- to the minute
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (venue_id, id)
);
