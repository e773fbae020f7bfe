-- What only the shared store needs, in a schema that no officer may look into.

CREATE TABLE IF NOT EXISTS casefile.shared_setting (key text PRIMARY KEY, value text NOT NULL);
COMMENT ON TABLE casefile.shared_setting IS 'What the owner of the store chose.';
INSERT INTO casefile.shared_setting (key, value) VALUES
  ('training', 'off'), ('team_walls', 'off'),
  ('clock_tolerance', '5 minutes'), ('reading_minutes', '10'), ('log_part_rows', '5000000')
ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS casefile.role_permission (
  role text, permission text, PRIMARY KEY (role, permission)
);
CREATE TABLE IF NOT EXISTS casefile.role_title (role text PRIMARY KEY, short text NOT NULL);
COMMENT ON TABLE casefile.role_permission IS 'What each role allows: written from casefile/access/roles.py.';

CREATE TABLE IF NOT EXISTS casefile.stale_file (file_id uuid PRIMARY KEY, marked_at timestamptz NOT NULL);
COMMENT ON TABLE casefile.stale_file IS 'Files that changed by something an officer did who may not see them: '
  'worked out anew by the next one who may.';

-- Held for one transaction only; a crash may forget them, for what they are about is gone with it.
CREATE UNLOGGED TABLE IF NOT EXISTS casefile.log_change (
  xid xid8 NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(),
  tabled text NOT NULL, verb text NOT NULL, number bigint NOT NULL, files uuid[] NOT NULL, PRIMARY KEY (xid, id)
);
COMMENT ON TABLE casefile.log_change IS 'What a transaction has changed and no log row has told yet.';

CREATE TABLE IF NOT EXISTS casefile.log_reading (
  seq bigint PRIMARY KEY, officer_id uuid NOT NULL, pid integer NOT NULL, xid xid8 NOT NULL,
  until_at timestamptz NOT NULL, answered boolean NOT NULL DEFAULT false
);
CREATE INDEX IF NOT EXISTS ix_log_reading_pid ON casefile.log_reading (pid);
COMMENT ON TABLE casefile.log_reading IS 'Readings that stand open: rows of a person show to nobody else.';

CREATE UNLOGGED TABLE IF NOT EXISTS casefile.log_import (xid xid8 PRIMARY KEY);
COMMENT ON TABLE casefile.log_import IS 'Transactions that bring in a file with the names of those who wrote it.';
