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
FROM (SELECT id, coalesce(venue_id, '00000000-0000-0000-0000-000000000000') AS chain,
             row_number() OVER (PARTITION BY coalesce(venue_id, '00000000-0000-0000-0000-000000000000') ORDER BY id) AS seq
      FROM audit) n
WHERE n.id = audit.id;
INSERT INTO audit_heads (chain, seq) SELECT chain, max(seq) FROM audit GROUP BY chain;
CREATE UNIQUE INDEX audit_in_chain ON audit (chain, seq);
CREATE INDEX audit_of_actor ON audit (chain, actor_id, seq);
CREATE INDEX audit_of_visits ON audit (chain, seq) WHERE visit_id IS NOT NULL;

-- What is written stays. One change is let through: an old row without a hash gets it.
CREATE FUNCTION audit_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.hash IS NULL OR NEW.chain IS NULL OR NEW.seq IS NULL THEN
            RAISE EXCEPTION 'a row of the audit without its place in the chain';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' THEN
        IF OLD.hash IS NULL AND NEW.hash IS NOT NULL AND to_jsonb(NEW) - 'hash' = to_jsonb(OLD) - 'hash' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit is only added to';
END $$;
CREATE TRIGGER audit_stays BEFORE INSERT OR UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_keeps();
CREATE TRIGGER audit_is_kept BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_keeps();

-- A head goes on by one, or gets the hash of where it stands.
CREATE FUNCTION audit_head_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.chain = OLD.chain AND NEW.seq IN (OLD.seq, OLD.seq + 1) AND (NEW.hash IS NOT NULL OR OLD.hash IS NULL) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a head of the audit only goes on';
END $$;
CREATE TRIGGER audit_heads_go_on BEFORE UPDATE OR DELETE ON audit_heads FOR EACH ROW EXECUTE FUNCTION audit_head_goes_on();
CREATE TRIGGER audit_heads_are_kept BEFORE TRUNCATE ON audit_heads FOR EACH STATEMENT EXECUTE FUNCTION audit_head_goes_on();
