-- What every page's head says of the till and of the money on its way, kept beside the venue: no page asks for it.
ALTER TABLE venues ADD COLUMN till_away_since TIMESTAMPTZ;            -- none: it answers, or nobody has asked yet
ALTER TABLE venues ADD COLUMN payments_waiting BIGINT NOT NULL DEFAULT 0;
ALTER TABLE venues ADD COLUMN payments_person  BIGINT NOT NULL DEFAULT 0;
-- what is done and yet needs a person
CREATE INDEX payment_intents_in_trouble ON payment_intents (venue_id, id) WHERE state = 'confirmed' AND trouble <> '';
UPDATE venues SET
    payments_waiting = (SELECT count(*) FROM payment_intents i
                        WHERE i.venue_id = venues.id AND i.state IN ('waiting', 'posting', 'unknown')),
    payments_person = (SELECT count(*) FROM payment_intents i
                       WHERE i.venue_id = venues.id AND (i.state = 'person' OR (i.state = 'confirmed' AND i.trouble <> '')));
