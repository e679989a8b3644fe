-- Where a printed code leads, beside its words: both are judged, and neither is lost when the address changes there and
-- back. Codes that an earlier change of address made stale keep that address in their label.
ALTER TABLE table_codes ADD COLUMN printed_url TEXT;
UPDATE table_codes SET printed_url = (SELECT s.guest_url FROM seating_settings s WHERE s.venue_id = table_codes.venue_id)
WHERE printed_label IS NOT NULL;
