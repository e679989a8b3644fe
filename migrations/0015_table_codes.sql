-- Where a table's QR code leads guests: the address of the guest's menu.
CREATE TABLE seating_settings (
    venue_id  UUID NOT NULL PRIMARY KEY REFERENCES venues (id),
    guest_url TEXT NOT NULL                       -- https://…, no slash at its end
);

-- A table's own code. The token says nothing of the table; what was printed beside it is kept, to know when it is stale.
CREATE TABLE table_codes (
    venue_id      UUID        NOT NULL,
    table_id      UUID        NOT NULL,
    token         TEXT        NOT NULL,
    printed_label TEXT,
    printed_at    TIMESTAMPTZ,
    printed_by    UUID        REFERENCES users (id),
    PRIMARY KEY (venue_id, table_id),
    FOREIGN KEY (venue_id, table_id) REFERENCES tables (venue_id, id)
);
CREATE UNIQUE INDEX table_codes_by_token ON table_codes (token);
