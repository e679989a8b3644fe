-- The terminal group chosen at the till, for rooms that ask «is it ours» without knowing what the tie is made of.
ALTER TABLE venues ADD COLUMN terminal_group_id UUID;
UPDATE venues SET terminal_group_id = (SELECT c.terminal_group_id FROM connections c WHERE c.venue_id = venues.id);

-- How each part of what the till knows stands beside the menu: when it agreed last, and the sync that could not bring it.
CREATE TABLE part_syncs (
    venue_id    UUID        NOT NULL REFERENCES venues (id),
    part        TEXT        NOT NULL CHECK (part IN ('seating', 'payments', 'staff')),
    synced_at   TIMESTAMPTZ,
    missed_run  UUID,                           -- none: the last look went well
    PRIMARY KEY (venue_id, part)
);
