-- A search that meets restricted files its officer may not see, kept for the supervisors of those files.

-- What officers call with each search that is asked, where the policy says so. It hands nothing over, and writes one row of
-- one length whatever it met: the line and the files are blanks where it met none. No value that a caller chooses is read
-- only where something was met: an error there would tell. Most weights are as in casefile/store/compared.py.
CREATE OR REPLACE FUNCTION casefile_compare_search(
  new_kind text, new_line text, said text, lows bigint[], highs bigint[], keys text[], states text[], most integer)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine uuid := casefile_me();
  asked tsquery := nullif(said, '')::tsquery;
  room integer := least(greatest(coalesce(most, 1), 1), 50);
  shortened text := left(coalesce(new_line, ''), 400);
  hidden uuid[];
  found uuid[];
  met boolean;
BEGIN
  IF mine IS NULL OR NOT casefile_reads() THEN
    RAISE EXCEPTION 'this role reads no files' USING ERRCODE = 'insufficient_privilege';
  END IF;
  hidden := ARRAY(
    SELECT r.file_id FROM restricted_file r JOIN case_file f ON f.id = r.file_id
    WHERE r.file_id IN (SELECT casefile_hidden_files()) AND (states IS NULL OR f.state = ANY (states)));
  found := ARRAY(
    SELECT DISTINCT one.file_id FROM (
      SELECT w.file_id FROM casefile.word_index w
      WHERE asked IS NOT NULL AND w.words @@ asked AND w.latest AND w.file_id = ANY (hidden)
        AND EXISTS (SELECT FROM unnest(lows, highs) AS r (low, high) WHERE w.id BETWEEN r.low AND r.high)
      UNION ALL
      SELECT l.file_id FROM person_key k JOIN person_look l ON l.id = k.look_id
      WHERE k.key = ANY (keys) AND l.file_id = ANY (hidden)
      GROUP BY l.id
      HAVING sum(CASE left(k.key, 1)
        WHEN '4' THEN 4 WHEN '2' THEN 3 WHEN '5' THEN 9 WHEN '6' THEN 4 WHEN '7' THEN 3 WHEN '8' THEN 6
        WHEN 'T' THEN 6 WHEN 'm' THEN 4 WHEN 'F' THEN 5 WHEN 'P' THEN 2 WHEN '3' THEN 6
        WHEN 'B' THEN 2 WHEN 'Y' THEN 1 WHEN 'A' THEN 12 WHEN 'H' THEN 6 WHEN 'C' THEN 6 WHEN 'E' THEN 12
        WHEN 'U' THEN 12 WHEN 'V' THEN 12 WHEN 'O' THEN 2 ELSE 0 END) >= 12
    ) one ORDER BY 1 LIMIT room + 1);
  met := cardinality(found) BETWEEN 1 AND room;
  IF NOT met THEN
    found := '{}';
    shortened := repeat(' ', octet_length(shortened));
  END IF;
  INSERT INTO restricted_match (id, officer_id, at, kind, line, met, files) VALUES (
    gen_random_uuid(), mine, casefile_now(), CASE new_kind WHEN 'people' THEN 'people' ELSE 'words' END, shortened, met,
    to_jsonb(found || array_fill('00000000-0000-0000-0000-000000000000'::uuid, ARRAY[room - cardinality(found)])));
END $$;

-- What of it a supervisor is handed: searches that met a file of theirs which they may see, and of each that file alone.
CREATE OR REPLACE FUNCTION casefile_restricted_matches()
RETURNS TABLE (file_id uuid, officer_id uuid, at timestamptz, kind text, line text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine uuid := casefile_me();
BEGIN
  IF NOT casefile_reads() THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT f.id, m.officer_id, m.at, m.kind, m.line
    FROM restricted_match m JOIN case_file f ON m.files ? f.id::text
    WHERE m.met AND f.supervisor_id = mine AND f.id NOT IN (SELECT casefile_hidden_files());
END $$;
