-- Who is to be told of what happened to an order: written with the change itself. Nobody sends it yet.
CREATE TABLE order_notices (
    venue_id UUID        NOT NULL,
    id       UUID        NOT NULL,
    order_id UUID        NOT NULL,
    about    TEXT        NOT NULL CHECK (about IN ('new', 'paid', 'confirmed', 'cooked', 'sent', 'cancelled')),
    audience TEXT        NOT NULL CHECK (audience IN ('guest', 'staff')),
    made_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, order_id) REFERENCES orders (venue_id, id)
);
CREATE UNIQUE INDEX order_notices_once ON order_notices (venue_id, order_id, about, audience);
