-- What a run was asked to bring, and which parts of it iiko did not give.
ALTER TABLE sync_runs ADD COLUMN scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'seating', 'payments', 'staff'));
ALTER TABLE sync_runs ADD COLUMN missed JSONB NOT NULL DEFAULT '[]';
