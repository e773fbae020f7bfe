-- The log: one chain, the same bytes as casefile/audit/chain.py.

CREATE OR REPLACE FUNCTION casefile_json(said jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CASE jsonb_typeof(said)
    WHEN 'object' THEN
      RETURN '{' || coalesce((
        SELECT string_agg(to_json(key)::text || ':' || casefile_json(value), ',' ORDER BY key COLLATE "C")
        FROM jsonb_each(said)), '') || '}';
    WHEN 'array' THEN
      RETURN '[' || coalesce((
        SELECT string_agg(casefile_json(value), ',' ORDER BY place)
        FROM jsonb_array_elements(said) WITH ORDINALITY AS one(value, place)), '') || ']';
    WHEN 'string' THEN
      RETURN to_json(said #>> '{}')::text;
    WHEN 'number' THEN
      IF (said::numeric) <> trunc(said::numeric) OR said::text !~ '^-?[0-9]+$' THEN
        RAISE EXCEPTION 'the log holds whole numbers only' USING ERRCODE = 'invalid_parameter_value';
      END IF;
      RETURN said::text;
    ELSE
      RETURN said::text;
  END CASE;
END $$;

CREATE OR REPLACE FUNCTION casefile_iso(moment timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN to_char(moment AT TIME ZONE 'UTC', 'US') = '000000' THEN ''
       ELSE '.' || to_char(moment AT TIME ZONE 'UTC', 'US') END
    || '+00:00'
$$;

-- Appends a row inside the transaction of what it tells; the head is locked from here to the commit, and no longer.
CREATE OR REPLACE FUNCTION casefile_append(
  new_at timestamptz, new_officer_id uuid, new_officer text, new_role text, new_category text, new_act text,
  new_outcome text, new_reason text, new_files uuid[], new_people uuid[], new_details jsonb,
  OUT new_seq bigint, OUT new_digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  told text;
  touched uuid[];
  last record;
  named_files jsonb;
  named_people jsonb;
  content text;
BEGIN
  WITH gone AS (
    DELETE FROM casefile.log_change WHERE xid = pg_current_xact_id() RETURNING tabled, verb, number, files
  ), summed AS (
    SELECT tabled || ' ' || string_agg(verb || number, ' ' ORDER BY verb) AS said
    FROM (SELECT tabled, verb, sum(number) AS number FROM gone GROUP BY tabled, verb) one GROUP BY tabled
  )
  SELECT (SELECT string_agg(said, ', ' ORDER BY said COLLATE "C") FROM summed),
         (SELECT array_agg(DISTINCT f) FROM gone, unnest(files) AS f)
    INTO told, touched;
  new_details := coalesce(new_details, '{}') - 'stored';
  IF told IS NOT NULL THEN
    new_details := new_details || jsonb_build_object('stored', told);
  END IF;
  SELECT coalesce(jsonb_agg(f ORDER BY f), '[]') INTO named_files
    FROM (SELECT DISTINCT f FROM unnest(new_files || touched) AS f WHERE f IS NOT NULL) one;
  SELECT coalesce(jsonb_agg(f ORDER BY f), '[]') INTO named_people
    FROM (SELECT DISTINCT f FROM unnest(new_people) AS f WHERE f IS NOT NULL) one;
  content := ',"reason":' || coalesce(to_json(new_reason)::text, 'null') || ',"role":' || to_json(new_role)::text;
  told := '{"act":' || to_json(new_act)::text || ',"at":"' || casefile_iso(new_at)
    || '","category":' || to_json(new_category)::text || ',"details":' || casefile_json(new_details)
    || ',"files":' || casefile_json(named_files) || ',"officer":' || to_json(new_officer)::text
    || ',"officer_id":' || coalesce('"' || new_officer_id || '"', 'null')
    || ',"outcome":' || to_json(new_outcome)::text || ',"people":' || casefile_json(named_people)
    || ',"previous":"';

  SELECT h.seq, h.digest, h.indexed INTO last FROM log_head h WHERE h.id = 1 FOR UPDATE;
  IF NOT FOUND THEN
    IF EXISTS (SELECT FROM log_row) THEN
      RAISE EXCEPTION 'the head of the log was taken away' USING ERRCODE = 'data_corrupted';
    END IF;
    INSERT INTO log_head (id, seq, digest, indexed) VALUES (1, 0, repeat('0', 64), 0);
    SELECT 0::bigint AS seq, repeat('0', 64) AS digest, 0::bigint AS indexed INTO last;
  END IF;
  new_seq := last.seq + 1;
  new_digest := encode(sha256(convert_to(
    told || last.digest || '"' || content || ',"seq":' || new_seq || '}', 'UTF8')), 'hex');
  INSERT INTO log_row (seq, at, officer_id, officer, role, category, act, outcome, reason, files, people, details,
                       previous, digest)
    VALUES (new_seq, new_at, new_officer_id, new_officer, new_role, new_category, new_act, new_outcome, new_reason,
            named_files, named_people, new_details, last.digest, new_digest);
  INSERT INTO log_subject (subject, seq)
    SELECT DISTINCT value::uuid, new_seq FROM jsonb_array_elements_text(named_files || named_people);
  IF last.indexed < last.seq THEN -- As it came from a store that fills its index in later.
    INSERT INTO log_subject (subject, seq)
      SELECT DISTINCT value::uuid, r.seq FROM log_row r, jsonb_array_elements_text(r.files || r.people)
      WHERE r.seq > last.indexed AND r.seq <= last.seq
      ON CONFLICT DO NOTHING;
  END IF;
  UPDATE log_head SET seq = new_seq, digest = new_digest, indexed = new_seq WHERE id = 1;
END $$;

-- What a client may say of what it did. Number, officer, role and digest are not its to say; whoever keeps the
-- server (a move, a restore, the first administrator) names the officer, for there is none of their own.
CREATE OR REPLACE FUNCTION casefile_log(
  new_at timestamptz, new_category text, new_act text, new_outcome text, new_reason text,
  new_files uuid[], new_people uuid[], new_details jsonb,
  said_officer_id uuid DEFAULT NULL, said_officer text DEFAULT 'Casefile', said_role text DEFAULT 'none',
  OUT seq bigint, OUT digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine uuid := casefile_me();
  name record;
BEGIN
  IF mine IS NOT NULL THEN
    SELECT * INTO name FROM casefile_shown(mine);
    said_officer_id := mine; said_officer := name.shown; said_role := name.role;
    IF abs(extract(epoch FROM new_at - casefile_now()))
       > extract(epoch FROM casefile_setting('clock_tolerance')::interval) THEN
      RAISE EXCEPTION 'the clocks differ: it is % here', casefile_iso(casefile_now())
        USING ERRCODE = 'invalid_datetime_format';
    END IF;
  ELSIF NOT casefile_trusted() THEN
    RAISE EXCEPTION 'no officer is signed in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF new_category NOT IN ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure',
                          'access', 'administration')
     OR new_outcome NOT IN ('done', 'refused', 'failed') OR new_act IS NULL
     OR (mine IS NOT NULL AND new_act LIKE 'store.%') THEN
    RAISE EXCEPTION 'the log knows no such category, act or outcome' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT a.new_seq, a.new_digest INTO seq, digest FROM casefile_append(
    new_at, said_officer_id, said_officer, said_role, new_category, new_act, new_outcome, new_reason,
    new_files, new_people, new_details) a;
  IF mine IS NOT NULL AND jsonb_typeof(new_details -> 'reading') = 'number' THEN
    UPDATE casefile.log_reading r SET answered = true
      WHERE r.seq = (new_details ->> 'reading')::bigint AND r.officer_id = mine AND NOT r.answered;
  END IF;
END $$;

-- Counts what one statement changed. On every table, whatever client is used.
CREATE OR REPLACE FUNCTION casefile_count_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  number bigint;
  files uuid[] := '{}';
BEGIN
  IF TG_ARGV[0] = '' THEN
    SELECT count(*) INTO number FROM changed;
  ELSE
    EXECUTE format('SELECT count(*), array_agg(DISTINCT %I) FROM changed', TG_ARGV[0]) INTO number, files;
  END IF;
  IF number > 0 THEN
    INSERT INTO casefile.log_change (xid, tabled, verb, number, files)
      VALUES (pg_current_xact_id(), TG_TABLE_NAME,
              CASE TG_OP WHEN 'INSERT' THEN '+' WHEN 'UPDATE' THEN '~' ELSE '-' END, number, coalesce(files, '{}'));
  END IF;
  RETURN NULL;
END $$;

-- At the commit: whatever was changed and told by no row is told now. Each change asks for itself alone: asking for any
-- of its transaction walks past all that were told before it, and a hundred thousand changes never end.
CREATE OR REPLACE FUNCTION casefile_tell_rest() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine uuid := casefile_me();
  name record;
BEGIN
  IF EXISTS (SELECT FROM casefile.log_change WHERE xid = NEW.xid AND id = NEW.id) THEN
    SELECT * INTO name FROM casefile_shown(mine);
    PERFORM casefile_append(
      casefile_now(), mine, coalesce(name.shown, session_user::text), coalesce(name.role, 'none'), 'alteration',
      'store.changed', 'done', NULL, '{}', '{}',
      jsonb_build_object('application', current_setting('application_name', true),
                         'address', coalesce(host(inet_client_addr()), 'local')));
  END IF;
  RETURN NULL;
END $$;

-- Whether the log holds a row that somebody knows by number and digest: what became of a commit whose answer was lost.
CREATE OR REPLACE FUNCTION casefile_stands(known_seq bigint, known_digest text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM log_row r WHERE r.seq = known_seq AND r.digest = known_digest)
$$;
