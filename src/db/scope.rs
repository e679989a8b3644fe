//! Whose rows a transaction sees on Postgres. There every table of a venue is behind row security: without a scope nothing is
//! seen and nothing written, so a statement that forgets its venue shows an empty page and never another's.
//!
//! The scope belongs to the [`Db`](crate::db::conn::Db) that is handed out, not to the task at work: what a page or a job
//! holds is its venue's, whatever it spawns, and nobody can forget to set it. SQLite has no row security and ignores it;
//! there the guard, the composite keys and the test that reads every statement stand alone.
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Nobody's: accounts and sessions, which belong to no venue.
    Nowhere,
    Venue(Uuid),
    /// Every venue's: only what must look across them. `tests/panel/isolation.rs` lists who asks for it, and why.
    System,
}

impl Scope {
    /// A transaction's first words: one round trip. The setting ends with the transaction; one of the session would go with
    /// the connection to whoever takes it from the pool next.
    pub fn begins(self, begin: &str) -> String {
        match self {
            Scope::Nowhere => begin.to_owned(),
            Scope::Venue(id) => format!("{begin}; SET LOCAL app.venue = '{id}'"),
            Scope::System => format!("{begin}; SET LOCAL app.venue = '*'"),
        }
    }
}

/// Puts every table with a `venue_id`, and the venues themselves, behind row security, its owner too. Runs after every
/// migration and touches only tables that are not yet, so that no migration has to remember it. A row of nobody (a deed
/// on one's own account) may be written by anybody and is read by the system alone.
pub const SECURED: &str = "
DO $$
DECLARE
    t RECORD;
    mine TEXT;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('maitre row security'));
    FOR t IN
        SELECT k.oid::regclass AS name, a.attname AS key, a.attnotnull AS always
        FROM pg_class k
        JOIN pg_namespace n ON n.oid = k.relnamespace AND n.nspname = current_schema()
        JOIN pg_attribute a ON a.attrelid = k.oid AND NOT a.attisdropped
             AND a.attname = CASE WHEN k.relname = 'venues' THEN 'id' ELSE 'venue_id' END
        WHERE k.relkind IN ('r', 'p') AND NOT (k.relrowsecurity AND k.relforcerowsecurity
              AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = k.oid AND p.polname = 'of_venue'))
    LOOP
        mine := format(
            '%I = (SELECT nullif(nullif(current_setting(''app.venue'', true), ''''), ''*'')::uuid)
             OR (SELECT current_setting(''app.venue'', true) = ''*'')', t.key);
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t.name);
        EXECUTE format('DROP POLICY IF EXISTS of_venue ON %s', t.name);
        EXECUTE format('CREATE POLICY of_venue ON %s USING (%s) WITH CHECK (%s)', t.name, mine,
            CASE WHEN t.always THEN mine ELSE format('%I IS NULL OR ', t.key) || mine END);
    END LOOP;
END $$";
