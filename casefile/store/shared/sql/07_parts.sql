-- The log grows for as long as the force does. It is kept in parts, each a stretch of its numbers and so of time: an
-- old part is backed up once, moved to slower disks or read by itself, and indexes of the newest stay in memory.
-- Officers see the whole only; no right leads to a part.

CREATE SCHEMA IF NOT EXISTS log_parts;
REVOKE ALL ON SCHEMA log_parts FROM PUBLIC, casefile_officer;
GRANT USAGE, CREATE ON SCHEMA log_parts TO casefile_log;

-- The parts of a table of the log; the rest takes whatever no part was made for, so that no row is ever refused.
CREATE OR REPLACE FUNCTION casefile_log_parts(wanted text) RETURNS TABLE (part text, from_seq bigint, until_seq bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.relname::text, bounds[1]::bigint, bounds[2]::bigint
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid,
  LATERAL (SELECT regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''(\d+)''\) TO \(''(\d+)''\)') AS bounds) b
  WHERE i.inhparent = to_regclass('public.' || quote_ident(wanted))
  ORDER BY 2 NULLS LAST
$$;

-- One part, guarded and closed like the whole.
CREATE OR REPLACE FUNCTION casefile_guard_part(whole text, part text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE log_parts.%I ENABLE ROW LEVEL SECURITY', part);
  EXECUTE format('CREATE OR REPLACE TRIGGER guard_%s_whole BEFORE TRUNCATE ON log_parts.%I '
                 'FOR EACH STATEMENT EXECUTE FUNCTION casefile_refuse_change()', whole, part);
END $$;

-- Makes parts until one whole part lies ahead of the newest row. Rows that came while nobody did so stand in the rest,
-- which then becomes a part as it is: no row of the log is ever moved. Run by whoever keeps the server; waits two
-- seconds at most for the log, so that officers do not wait longer for it.
CREATE OR REPLACE FUNCTION casefile_make_parts() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  size bigint := casefile_setting('log_part_rows')::bigint;
  whole text;
  reached bigint;
  until bigint;
  newest bigint;
  name text;
  waits text := current_setting('lock_timeout');
BEGIN
  PERFORM set_config('lock_timeout', '2s', true);
  FOREACH whole IN ARRAY ARRAY['log_row', 'log_subject'] LOOP
    SELECT coalesce(max(p.until_seq), 0) INTO reached FROM casefile_log_parts(whole) p;
    CONTINUE WHEN reached > (SELECT coalesce(max(h.seq), 0) + size FROM log_head h);
    EXECUTE format('LOCK TABLE public.%I IN ACCESS EXCLUSIVE MODE', whole);
    -- Whoever came first has made them.
    SELECT coalesce(max(p.until_seq), 0) INTO reached FROM casefile_log_parts(whole) p;
    SELECT coalesce(max(h.seq), 0) INTO newest FROM log_head h;
    name := whole || '_rest';
    IF to_regclass('log_parts.' || name) IS NOT NULL AND newest >= reached THEN
      until := (newest / size + 1) * size;
      EXECUTE format('ALTER TABLE public.%I DETACH PARTITION log_parts.%I', whole, name);
      EXECUTE format('ALTER TABLE log_parts.%I RENAME TO %I', name, whole || '_' || reached);
      EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION log_parts.%I FOR VALUES FROM (%s) TO (%s)',
                     whole, whole || '_' || reached, reached, until);
      RETURN NEXT whole || '_' || reached;
      reached := until;
    END IF;
    WHILE reached <= newest + size LOOP
      EXECUTE format('CREATE TABLE log_parts.%I PARTITION OF public.%I FOR VALUES FROM (%s) TO (%s)',
                     whole || '_' || reached, whole, reached, reached + size);
      PERFORM casefile_guard_part(whole, whole || '_' || reached);
      RETURN NEXT whole || '_' || reached;
      reached := reached + size;
    END LOOP;
    IF to_regclass('log_parts.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE log_parts.%I PARTITION OF public.%I DEFAULT', name, whole);
      PERFORM casefile_guard_part(whole, name);
    END IF;
  END LOOP;
  PERFORM set_config('lock_timeout', waits, true);
END $$;
