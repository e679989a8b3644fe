-- Who answers for a table, and who did before: a row a spell, the open one is now.
CREATE TABLE table_waiters (
    venue_id    UUID        NOT NULL,
    id          UUID        NOT NULL,
    table_id    UUID        NOT NULL,
    employee_id UUID        NOT NULL,
    since       TIMESTAMPTZ NOT NULL,
    until       TIMESTAMPTZ,
    given_by    UUID        NOT NULL REFERENCES users (id),
    PRIMARY KEY (venue_id, id),
    FOREIGN KEY (venue_id, table_id) REFERENCES tables (venue_id, id),
    FOREIGN KEY (venue_id, employee_id) REFERENCES employees (venue_id, id)
);
CREATE UNIQUE INDEX table_waiters_now ON table_waiters (venue_id, table_id) WHERE until IS NULL;
