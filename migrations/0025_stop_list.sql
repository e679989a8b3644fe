-- What the till cannot serve now: read whole each time, of the venue's own terminal group. Kept as it was while it cannot be
-- read.
CREATE TABLE stop_lists (
    venue_id    UUID        NOT NULL PRIMARY KEY REFERENCES venues (id),
    dirty_since TIMESTAMPTZ,                   -- iiko told of a change that was not read yet: since when …
    dirty_at    TIMESTAMPTZ,                   -- … and when it told last
    asked       BIGINT      NOT NULL,          -- readings begun; each has its number
    applied     BIGINT      NOT NULL,          -- the number of the reading that stands here
    asked_at    TIMESTAMPTZ,
    read_at     TIMESTAMPTZ,                   -- none: never yet
    fault       TEXT                           -- why the last reading failed; none: it did not
);

CREATE TABLE stopped_products (
    venue_id   UUID        NOT NULL REFERENCES venues (id),
    product_id UUID        NOT NULL,           -- iiko's; it may be one the export did not bring
    size_id    UUID        NOT NULL,           -- iiko's; nil: the product as a whole
    by_size    BOOLEAN     NOT NULL,           -- only this size is stopped
    left_over  BIGINT      NOT NULL,           -- thousandths of a piece; 0: none
    since      TIMESTAMPTZ NOT NULL,           -- when it was first seen here
    PRIMARY KEY (venue_id, product_id, size_id)
);
