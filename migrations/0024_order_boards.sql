-- Until when the new orders of a venue were seen by somebody: its screens are silent about those.
CREATE TABLE order_boards (
    venue_id UUID        NOT NULL PRIMARY KEY REFERENCES venues (id),
    seen_at  TIMESTAMPTZ NOT NULL,
    seen_by  UUID        NOT NULL REFERENCES users (id)
);
