-- A venue's tie to its point of sale. One per venue.
CREATE TABLE connections (
    venue_id              UUID        NOT NULL PRIMARY KEY REFERENCES venues (id),
    api_key               BYTEA       NOT NULL, -- sealed; bound to this table, column and venue
    api_key_tail          TEXT        NOT NULL, -- last four characters
    api_key_set_at        TIMESTAMPTZ NOT NULL,
    api_key_set_by        UUID        NOT NULL REFERENCES users (id),
    login                 TEXT        NOT NULL CHECK (login IN ('v1', 'v2')), -- which of iiko's two sign-ins took the key
    checked_at            TIMESTAMPTZ NOT NULL,
    organization_id       UUID,
    organization_name     TEXT,
    organization_version  TEXT,
    terminal_group_id     UUID,
    terminal_group_name   TEXT,
    pos_version           TEXT,
    trouble               TEXT,                 -- code of the last fault, none when the last call went well
    trouble_said          TEXT,
    trouble_correlation   TEXT,
    trouble_at            TIMESTAMPTZ,
    menu_revision         BIGINT                -- iiko's `revision` of the menu applied last, Unix milliseconds
);

-- Every call to iiko, secrets masked: «Журнал обмена».
CREATE TABLE exchanges (
    venue_id       UUID        NOT NULL REFERENCES venues (id),
    id             UUID        NOT NULL,
    at             TIMESTAMPTZ NOT NULL,
    path           TEXT        NOT NULL,
    attempt        BIGINT      NOT NULL,
    status         BIGINT,
    took_ms        BIGINT      NOT NULL,
    bytes          BIGINT      NOT NULL,
    correlation_id TEXT,
    request        TEXT        NOT NULL,
    answer         TEXT        NOT NULL,
    fault          TEXT,
    PRIMARY KEY (venue_id, id)
);
CREATE INDEX exchanges_newest ON exchanges (venue_id, at);
