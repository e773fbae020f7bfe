-- Readings. PostgreSQL tells nobody that a row was read, so a row of a person shows only while a reading stands open,
-- and it opens by a row of the log that is committed already.

CREATE OR REPLACE FUNCTION casefile_reading() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM casefile.log_reading r
    WHERE r.pid = pg_backend_pid() AND r.officer_id = casefile_me()
      AND r.xid IS DISTINCT FROM pg_current_xact_id_if_assigned()
      AND r.until_at > now() AND r.until_at + interval '1 hour' > clock_timestamp());
END $$;

-- Readings that ran out and were followed by no row that says what was read: told by a row of their own.
CREATE OR REPLACE FUNCTION casefile_tell_unanswered() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  one record;
  name record;
BEGIN
  FOR one IN
    DELETE FROM casefile.log_reading WHERE seq IN (
      SELECT r.seq FROM casefile.log_reading r WHERE r.until_at + interval '5 minutes' < now()
      ORDER BY r.seq LIMIT 100 FOR UPDATE SKIP LOCKED)
    RETURNING seq, officer_id, answered
  LOOP
    IF NOT one.answered THEN
      SELECT * INTO name FROM casefile_shown(one.officer_id);
      PERFORM casefile_append(
        casefile_now(), one.officer_id, name.shown, name.role, 'access', 'store.unanswered_reading', 'done', NULL,
        '{}', '{}', jsonb_build_object('reading', one.seq));
    END IF;
  END LOOP;
END $$;

-- Opens a reading for this connection alone. It counts from the commit on: what is rolled back opened nothing.
CREATE OR REPLACE FUNCTION casefile_open_reading(why text, OUT seq bigint, OUT lasts interval)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine uuid := casefile_me();
  name record;
BEGIN
  IF mine IS NULL OR NOT casefile_may('read files') THEN
    RAISE EXCEPTION 'this role reads no files' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT * INTO name FROM casefile_shown(mine);
  lasts := make_interval(mins => casefile_setting('reading_minutes')::integer);
  UPDATE casefile.log_reading r SET until_at = least(r.until_at, now()) WHERE r.pid = pg_backend_pid();
  PERFORM casefile_tell_unanswered();
  SELECT a.new_seq INTO seq FROM casefile_append(
    casefile_now(), mine, name.shown, name.role, 'consultation', 'store.open_reading', 'done', nullif(trim(why), ''),
    '{}', '{}',
    jsonb_build_object('application', current_setting('application_name', true),
                       'address', coalesce(host(inet_client_addr()), 'local'))) a;
  INSERT INTO casefile.log_reading (seq, officer_id, pid, xid, until_at)
    VALUES (seq, mine, pg_backend_pid(), pg_current_xact_id(), now() + lasts);
END $$;

-- From here to the commit records are brought in: they may name those who wrote them elsewhere, and be of a kind that
-- this role does not sign. The log says so.
CREATE OR REPLACE FUNCTION casefile_bring_in() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT (casefile_may('import') OR casefile_trusted()) THEN
    RAISE EXCEPTION 'this role brings nothing in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO casefile.log_import (xid) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
  IF FOUND THEN
    DELETE FROM casefile.log_import WHERE xid < pg_snapshot_xmin(pg_current_snapshot());
    INSERT INTO casefile.log_change (xid, tabled, verb, number, files)
      VALUES (pg_current_xact_id(), 'brought in', '+', 1, '{}');
  END IF;
END $$;
