-- Who is there, and what they may do. Asked by every policy; none of them believes what a client says of itself.

CREATE OR REPLACE FUNCTION casefile_setting(wanted text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT value FROM casefile.shared_setting WHERE key = wanted);
END $$;

-- Whoever keeps the server: a superuser, or a member of the owner's role. They see everything, and no function stops them.
CREATE OR REPLACE FUNCTION casefile_trusted() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN pg_has_role(session_user, 'casefile_owner', 'MEMBER');
END $$;

-- The server's clock; only in a store for training may a client say what time it is.
CREATE OR REPLACE FUNCTION casefile_now() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE said text := current_setting('casefile.now', true);
BEGIN
  IF said <> '' AND casefile_setting('training') = 'on' THEN
    RETURN said::timestamptz;
  END IF;
  RETURN statement_timestamp();
END $$;

-- The officer who is connected; null for a login that is no officer, or of an officer who may no longer sign in.
CREATE OR REPLACE FUNCTION casefile_me() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT o.id FROM officer o WHERE o.sign_in_name = session_user::text AND o.active);
END $$;

CREATE OR REPLACE FUNCTION casefile_may(wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM officer o JOIN casefile.role_permission p ON p.role = o.role
    WHERE o.sign_in_name = session_user::text AND o.active AND p.permission = wanted
  );
END $$;

-- Name as written in a file (``DC 4471 Marsh``) and role of an officer, for the log.
CREATE OR REPLACE FUNCTION casefile_shown(wanted uuid, OUT shown text, OUT role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT concat_ws(' ', nullif(t.short, ''), nullif(o.number, ''), nullif(o.name, '')), o.role INTO shown, role
  FROM officer o LEFT JOIN casefile.role_title t ON t.role = o.role WHERE o.id = wanted;
END $$;

CREATE OR REPLACE FUNCTION casefile_sign_in_name(wanted uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sign_in_name FROM officer WHERE id = wanted
$$;

-- Files this officer may not see: restricted and not one of its readers now, or beyond the wall of their team
-- where the force chose walls. Whoever belongs to no team works across teams; a file that nobody holds is everybody's.
CREATE OR REPLACE FUNCTION casefile_hidden_files() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 20 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine uuid := casefile_me();
  moment timestamptz := casefile_now();
  mine_team text := (SELECT team FROM officer WHERE id = mine);
BEGIN
  RETURN QUERY
    SELECT r.file_id FROM restricted_file r WHERE NOT EXISTS (
      SELECT FROM reader d WHERE d.file_id = r.file_id AND d.officer_id = mine
        AND (d.until_at IS NULL OR d.until_at > moment));
  IF casefile_setting('team_walls') = 'on' AND mine_team <> '' THEN
    RETURN QUERY
      SELECT f.id FROM case_file f
      WHERE coalesce(f.officer_id, f.researcher_id, f.supervisor_id) IS NOT NULL
        AND NOT EXISTS (
          SELECT FROM officer o WHERE o.id IN (f.officer_id, f.researcher_id, f.supervisor_id)
            AND (o.team = mine_team OR o.id = mine))
        AND NOT EXISTS (
          SELECT FROM reader d WHERE d.file_id = f.id AND d.officer_id = mine
            AND (d.until_at IS NULL OR d.until_at > moment))
        AND NOT EXISTS (
          SELECT FROM handover_word w WHERE w.file_id = f.id AND mine IN (w.receiver_id, w.interim_id));
  END IF;
END $$;

-- Whether rows of a person show to this officer at all: the right, and a reading that stands open.
CREATE OR REPLACE FUNCTION casefile_reads() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT casefile_may('read files') THEN
    RETURN false;
  END IF;
  IF NOT casefile_reading() THEN
    RAISE EXCEPTION 'no reading stands open'
      USING ERRCODE = 'insufficient_privilege', HINT = 'SELECT casefile_open_reading(''why''), and commit.';
  END IF;
  RETURN true;
END $$;

-- A person who stands in no file at all yet: only whoever is writing them down may see them.
CREATE OR REPLACE FUNCTION casefile_stands_nowhere(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN NOT EXISTS (SELECT FROM involvement i WHERE i.person_id = wanted);
END $$;

-- Whether this transaction brings in a file that names those who wrote it; see casefile_bring_in.
CREATE OR REPLACE FUNCTION casefile_brings_in() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM casefile.log_import WHERE xid = pg_current_xact_id_if_assigned());
END $$;

-- A number is given once: a series moves on by one and never back.
CREATE OR REPLACE FUNCTION casefile_next_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.last <> OLD.last + 1 OR NEW.key <> OLD.key THEN
    RAISE EXCEPTION 'a number is immutable' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- What each role allows, so that a program can see whether it says the same.
CREATE OR REPLACE FUNCTION casefile_rights() RETURNS TABLE (role text, permission text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT role, permission FROM casefile.role_permission
$$;

-- Whether there is an open file of this identity, seen or not: it can be handed on by whoever gives it away.
CREATE OR REPLACE FUNCTION casefile_is_open(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM case_file f WHERE f.id = wanted AND f.state = 'open')
$$;

-- Identity of a restricted file by its reference, and whom to ask for it: for breaking the glass. That a reference is
-- of a restricted file is what the program tells everybody who asks for it.
CREATE OR REPLACE FUNCTION casefile_closed_file(called text) RETURNS TABLE (file_id uuid, ask uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id, coalesce(f.supervisor_id, (
    SELECT r.recorded_by FROM restriction r WHERE r.file_id = f.id ORDER BY r.recorded_at DESC LIMIT 1))
  FROM case_file f
  WHERE lower(f.reference) = lower(trim(called)) AND casefile_may('read files')
    AND f.id IN (SELECT casefile_hidden_files())
$$;

-- Which keys of a source, or references, belong to files this officer may not see: a child must not be brought in twice.
CREATE OR REPLACE FUNCTION casefile_closed_keys(of_scheme text, asked text[]) RETURNS TABLE (key text, file_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.key, s.file_id FROM source_ref s
  WHERE s.scheme = of_scheme AND s.key = ANY (asked) AND casefile_may('import')
    AND s.file_id IN (SELECT casefile_hidden_files())
$$;

CREATE OR REPLACE FUNCTION casefile_closed_references(asked text[]) RETURNS TABLE (reference text, file_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT one, f.id FROM unnest(asked) AS one JOIN case_file f ON lower(f.reference) = lower(trim(one))
  WHERE casefile_may('import') AND f.id IN (SELECT casefile_hidden_files())
$$;

-- Files that changed by what this officer did and that they may not see are worked out anew by the next who may.
CREATE OR REPLACE FUNCTION casefile_mark_stale(files uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO casefile.stale_file (file_id, marked_at)
  SELECT f.id, casefile_now() FROM case_file f
  WHERE f.id = ANY (files) AND (casefile_me() IS NOT NULL OR casefile_trusted())
  ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION casefile_any_stale() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT casefile_may('keep files') AND EXISTS (
    SELECT FROM casefile.stale_file s WHERE s.file_id NOT IN (SELECT casefile_hidden_files()))
$$;

-- Those of them that this officer may see, handed out once.
CREATE OR REPLACE FUNCTION casefile_take_stale() RETURNS SETOF uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM casefile.stale_file s
  WHERE casefile_may('keep files') AND s.file_id NOT IN (SELECT casefile_hidden_files())
  RETURNING s.file_id
$$;

-- Files an officer holds, or looks after by an exception, whether or not who asks may see them: their identities only.
CREATE OR REPLACE FUNCTION casefile_files_held(officer uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id FROM case_file f
  WHERE (officer IN (f.officer_id, f.researcher_id, f.supervisor_id) OR f.id IN (
          SELECT i.file_id FROM handover_file i JOIN handover_word w ON w.handover_file_id = i.id
          WHERE w.interim_id = officer))
    AND (casefile_may('administer') OR casefile_may('read files'))
$$;

-- Whether one of these people, each of whom stands in a file this officer sees, also stands in one they do not see.
CREATE OR REPLACE FUNCTION casefile_stand_out_of_sight(people uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT casefile_reads() AND EXISTS (
    SELECT FROM involvement i WHERE i.person_id = ANY (people) AND i.file_id IN (SELECT casefile_hidden_files())
      AND EXISTS (SELECT FROM involvement seen WHERE seen.person_id = i.person_id
                  AND seen.file_id NOT IN (SELECT casefile_hidden_files())))
$$;

-- A year's work in files this officer may not see, added up by the team of whoever holds them.
CREATE OR REPLACE FUNCTION casefile_hidden_volumes(sections text[], reviews text[], from_on date, until_on date)
RETURNS TABLE (team text, volume text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(nullif(o.team, ''), nullif(s.team, ''), nullif(r.team, ''), ''),
         CASE WHEN e.section <> 'conference' THEN e.section
              WHEN c.kind = ANY (reviews) THEN 'conference_review' ELSE 'conference_initial' END,
         count(*)
  FROM entry e
  JOIN entry_thread t ON t.latest_id = e.id
  JOIN case_file f ON f.id = e.file_id
  LEFT JOIN officer o ON o.id = f.officer_id
  LEFT JOIN officer s ON s.id = f.supervisor_id
  LEFT JOIN officer r ON r.id = f.researcher_id
  LEFT JOIN section_conference c ON c.id = e.id
  WHERE e.section = ANY (sections) AND e.happened_on BETWEEN from_on AND until_on AND casefile_may('allocate')
    AND f.id IN (SELECT casefile_hidden_files())
  GROUP BY 1, 2
$$;

-- Whoever breaks the glass by a statement of their own is told of like whoever does it in the program: the file's
-- supervisor owes a word about it today.
CREATE OR REPLACE FUNCTION casefile_tell_of_glass() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE today date := (casefile_now() AT TIME ZONE 'Europe/London')::date;
BEGIN
  IF casefile_me() IS NULL OR casefile_brings_in() OR EXISTS (
    SELECT FROM task_event t WHERE t.file_id = NEW.file_id AND t.recorded_by = NEW.officer_id AND t.what = 'opened'
      AND t.xmin = pg_current_xact_id()::xid)
  THEN
    RETURN NULL;
  END IF;
  INSERT INTO task_event (id, task_id, file_id, what, happened_on, known_on, recorded_at, recorded_by, title, owed_by,
                          officer_id, due_on)
  SELECT gen_random_uuid(), gen_random_uuid(), f.id, 'opened', today, today, casefile_now(), NEW.officer_id,
         format('Glass broken by %s: %s. Say whether this was right.',
                (SELECT shown FROM casefile_shown(NEW.officer_id)), NEW.glass_reason),
         'police', f.supervisor_id, today
  FROM case_file f WHERE f.id = NEW.file_id;
  PERFORM casefile_mark_stale(ARRAY[NEW.file_id]);
  RETURN NULL;
END $$;
