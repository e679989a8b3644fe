-- Six roles instead of three. SQLite changes no CHECK in place, so the columns are made anew; the same text does for both
-- databases.
ALTER TABLE members ADD COLUMN wide_role TEXT NOT NULL DEFAULT 'viewer'
    CHECK (wide_role IN ('owner', 'manager', 'lead', 'accountant', 'content', 'viewer'));
UPDATE members SET wide_role = role;
ALTER TABLE members DROP COLUMN role;
ALTER TABLE members RENAME COLUMN wide_role TO role;

ALTER TABLE invitations ADD COLUMN wide_role TEXT NOT NULL DEFAULT 'viewer'
    CHECK (wide_role IN ('owner', 'manager', 'lead', 'accountant', 'content', 'viewer'));
UPDATE invitations SET wide_role = role;
ALTER TABLE invitations DROP COLUMN role;
ALTER TABLE invitations RENAME COLUMN wide_role TO role;

-- A closed venue is nobody's to open until whoever runs the panel opens it again.
ALTER TABLE venues ADD COLUMN closed_at TIMESTAMPTZ;
