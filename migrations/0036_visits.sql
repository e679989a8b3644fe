-- Somebody of support in a venue's panel: who, for whom, why, until when, and whether they may change anything.
CREATE TABLE visits (
    venue_id      UUID        NOT NULL REFERENCES venues (id),
    id            UUID        NOT NULL,
    session_id    UUID        NOT NULL,            -- the supporter's own; it ends, the visit's row stays
    supporter     UUID        NOT NULL REFERENCES users (id),
    on_behalf_of  UUID        NOT NULL REFERENCES users (id), -- the venue's first owner
    topic         TEXT        NOT NULL,            -- a word of the list
    reason        TEXT        NOT NULL,            -- … and in their own words
    started_at    TIMESTAMPTZ NOT NULL,
    seen_at       TIMESTAMPTZ NOT NULL,            -- their last page
    ends_at       TIMESTAMPTZ NOT NULL,
    change_reason TEXT,                            -- why they may change things; none: they may only look
    changes_since TIMESTAMPTZ,
    ended_at      TIMESTAMPTZ,                     -- none: under way, or its time ran out
    ended_by      UUID        REFERENCES users (id),
    PRIMARY KEY (venue_id, id)
);
CREATE INDEX visits_of_session ON visits (session_id, venue_id) WHERE ended_at IS NULL;
CREATE INDEX visits_under_way ON visits (ends_at) WHERE ended_at IS NULL;

-- Whether support may come in at all, and until when.
ALTER TABLE venues ADD COLUMN support_access TEXT NOT NULL DEFAULT 'open' CHECK (support_access IN ('open', 'until', 'forbidden'));
ALTER TABLE venues ADD COLUMN support_until TIMESTAMPTZ;
-- What every page tells an owner: when the last visit began and, while it is under way, when it ends at the latest.
ALTER TABLE venues ADD COLUMN visited_at TIMESTAMPTZ;
ALTER TABLE venues ADD COLUMN visit_until TIMESTAMPTZ;
ALTER TABLE members ADD COLUMN visits_seen_at TIMESTAMPTZ;
