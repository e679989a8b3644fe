-- Signing in: when a session proved itself last, second factors, the browsers a person is known by.
ALTER TABLE sessions ADD COLUMN proved_at TIMESTAMPTZ;       -- by a password or a code; none: it has to, before it decides much
ALTER TABLE sessions ADD COLUMN waits_for_code BOOLEAN NOT NULL DEFAULT FALSE; -- the password was right, the second factor is missing

CREATE TABLE second_factors (
    user_id    UUID        NOT NULL PRIMARY KEY REFERENCES users (id),
    secret     BYTEA       NOT NULL,           -- of TOTP, base32, sealed
    last_step  BIGINT      NOT NULL,           -- the newest 30 s whose code was accepted: a code works once
    created_at TIMESTAMPTZ NOT NULL
);

-- For who has lost the app: each works once.
CREATE TABLE recovery_codes (
    user_id    UUID        NOT NULL REFERENCES users (id),
    code_hash  BYTEA       NOT NULL,           -- SHA-256 of 80 random bits
    used_at    TIMESTAMPTZ,
    PRIMARY KEY (user_id, code_hash)
);

-- A browser somebody has signed in with before: strangers' guesses do not make it wait.
CREATE TABLE known_devices (
    token_hash BYTEA       NOT NULL,           -- SHA-256 of the cookie; several people may use one browser
    user_id    UUID        NOT NULL REFERENCES users (id),
    seen_at    TIMESTAMPTZ NOT NULL,
    ends_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (token_hash, user_id)
);
CREATE INDEX known_devices_of_user ON known_devices (user_id);

-- A venue may ask everybody in it for a second factor.
ALTER TABLE venues ADD COLUMN second_factor_required BOOLEAN NOT NULL DEFAULT FALSE;
