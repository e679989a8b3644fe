-- Who acted for whom, from where and how it went; and each row's place in its venue's chain of hashes (accounts/audit_chain.rs).
ALTER TABLE audit ADD COLUMN on_behalf_of UUID;
ALTER TABLE audit ADD COLUMN visit_id UUID;                          -- of support
ALTER TABLE audit ADD COLUMN ip TEXT;                                -- none: it happened by itself
ALTER TABLE audit ADD COLUMN result TEXT NOT NULL DEFAULT 'done';    -- or refused
ALTER TABLE audit ADD COLUMN chain UUID;                             -- the venue; zeros for what belongs to none
ALTER TABLE audit ADD COLUMN seq BIGINT;
ALTER TABLE audit ADD COLUMN hash BYTEA;                             -- none: written before there were chains, not sealed yet

-- The end of each chain. A head without a hash waits for the rows from before to be sealed.
CREATE TABLE audit_heads (
    chain UUID   NOT NULL PRIMARY KEY,
    seq   BIGINT NOT NULL,
    hash  BYTEA
);

UPDATE audit SET chain = n.chain, seq = n.seq
FROM (SELECT id, coalesce(venue_id, zeroblob(16)) AS chain,
             row_number() OVER (PARTITION BY coalesce(venue_id, zeroblob(16)) ORDER BY id) AS seq
      FROM audit) n
WHERE n.id = audit.id;
INSERT INTO audit_heads (chain, seq) SELECT chain, max(seq) FROM audit GROUP BY chain;
CREATE UNIQUE INDEX audit_in_chain ON audit (chain, seq);
CREATE INDEX audit_of_actor ON audit (chain, actor_id, seq);
CREATE INDEX audit_of_visits ON audit (chain, seq) WHERE visit_id IS NOT NULL;

-- What is written stays. One change is let through: an old row without a hash gets it.
CREATE TRIGGER audit_has_its_place BEFORE INSERT ON audit
WHEN NEW.hash IS NULL OR NEW.chain IS NULL OR NEW.seq IS NULL
BEGIN
    SELECT RAISE(ABORT, 'a row of the audit without its place in the chain');
END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
WHEN NOT (OLD.hash IS NULL AND NEW.hash IS NOT NULL AND NEW.id IS OLD.id AND NEW.at IS OLD.at
          AND NEW.venue_id IS OLD.venue_id AND NEW.actor_id IS OLD.actor_id AND NEW.deed IS OLD.deed
          AND NEW.object_id IS OLD.object_id AND NEW.before IS OLD.before AND NEW.after IS OLD.after
          AND NEW.on_behalf_of IS OLD.on_behalf_of AND NEW.visit_id IS OLD.visit_id AND NEW.ip IS OLD.ip
          AND NEW.result IS OLD.result AND NEW.chain IS OLD.chain AND NEW.seq IS OLD.seq)
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
-- A head goes on by one, or gets the hash of where it stands.
CREATE TRIGGER audit_heads_go_on BEFORE UPDATE ON audit_heads
WHEN NEW.chain IS NOT OLD.chain OR NEW.seq NOT IN (OLD.seq, OLD.seq + 1) OR (NEW.hash IS NULL AND OLD.hash IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a head of the audit only goes on');
END;
CREATE TRIGGER audit_heads_are_kept BEFORE DELETE ON audit_heads
BEGIN
    SELECT RAISE(ABORT, 'a head of the audit only goes on');
END;
