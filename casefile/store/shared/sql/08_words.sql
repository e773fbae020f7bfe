-- The words of the record, as PostgreSQL searches them. The program cuts and folds them; the server only keeps them, so that
-- no dictionary of its own says what is found, and both stores find the same.

-- Words in the order of the text with their places, further words without one. A gap keeps its place and is no word.
CREATE OR REPLACE FUNCTION casefile_vector(placed text, loose text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((
    SELECT string_agg(word || ':' || place, ' ') FROM unnest(string_to_array(placed, ' ')) WITH ORDINALITY AS w (word, place)
    WHERE word NOT IN ('_', '')), '')::tsvector || coalesce(loose, '')::tsvector
$$;

-- The index is a table of its own that no officer may look into, and is asked through casefile_find_words alone.
CREATE TABLE IF NOT EXISTS casefile.word_index (
  id bigint PRIMARY KEY, file_id uuid NOT NULL, section text, author_id uuid, latest boolean NOT NULL, words tsvector NOT NULL
);
COMMENT ON TABLE casefile.word_index IS 'Words of every record: follows word_row by a trigger.';
-- What is written is in the index when its transaction ends, and no reading has to look through a list that waits.
-- One for each kind of row, so that a task is not looked for among all records that hold the same word. The first bits of a
-- row's number say its kind (casefile/record/worded.py).
CREATE INDEX IF NOT EXISTS ix_word_index_files ON casefile.word_index USING gin (words) WITH (fastupdate = off)
  WHERE id < 2305843009213693952;
CREATE INDEX IF NOT EXISTS ix_word_index_people ON casefile.word_index USING gin (words) WITH (fastupdate = off)
  WHERE id >= 2305843009213693952 AND id < 3458764513820540928;
CREATE INDEX IF NOT EXISTS ix_word_index_entries ON casefile.word_index USING gin (words) WITH (fastupdate = off)
  WHERE id >= 3458764513820540928 AND id < 4611686018427387904;
CREATE INDEX IF NOT EXISTS ix_word_index_documents ON casefile.word_index USING gin (words) WITH (fastupdate = off)
  WHERE id >= 4611686018427387904 AND id < 5764607523034234880;
CREATE INDEX IF NOT EXISTS ix_word_index_tasks ON casefile.word_index USING gin (words) WITH (fastupdate = off)
  WHERE id >= 5764607523034234880;
-- Words of one file are looked for among its own rows.
CREATE INDEX IF NOT EXISTS ix_word_index_file ON casefile.word_index (file_id);

CREATE OR REPLACE FUNCTION casefile_keep_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.id, OLD.placed, OLD.loose) = (NEW.id, NEW.placed, NEW.loose) THEN
    UPDATE casefile.word_index w SET latest = NEW.latest WHERE w.id = NEW.id;
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM casefile.word_index w WHERE w.id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO casefile.word_index VALUES (
      NEW.id, NEW.file_id, NEW.section, NEW.author_id, NEW.latest, casefile_vector(NEW.placed, NEW.loose));
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER kept_words AFTER INSERT OR UPDATE OR DELETE ON word_row
  FOR EACH ROW EXECUTE FUNCTION casefile_keep_words();

-- The index put right from the rows, at the end of a move or when somebody found it wanting. It hands nothing over, so it
-- looks at every file.
CREATE OR REPLACE FUNCTION casefile_fill_words() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT (casefile_trusted() OR casefile_may('keep files')) THEN
    RAISE EXCEPTION 'this role keeps no files' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM casefile.word_index w WHERE NOT EXISTS (
    SELECT FROM word_row r WHERE r.id = w.id AND r.file_id = w.file_id AND r.latest = w.latest
      AND r.section IS NOT DISTINCT FROM w.section AND r.author_id IS NOT DISTINCT FROM w.author_id
      AND casefile_vector(r.placed, r.loose) = w.words);
  INSERT INTO casefile.word_index
    SELECT r.id, r.file_id, r.section, r.author_id, r.latest, casefile_vector(r.placed, r.loose)
    FROM word_row r WHERE NOT EXISTS (SELECT FROM casefile.word_index w WHERE w.id = r.id);
END $$;

-- How many rows this officer may see, and how many of them the index holds as they are: the same, where it is sound.
CREATE OR REPLACE FUNCTION casefile_words_stand(OUT rows bigint, OUT kept bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF casefile_trusted() OR casefile_reads() THEN
    SELECT count(*), count(w.id) INTO rows, kept
    FROM word_row r LEFT JOIN casefile.word_index w
      ON w.id = r.id AND w.file_id = r.file_id AND w.latest = r.latest AND w.words = casefile_vector(r.placed, r.loose)
    WHERE casefile_trusted() OR r.file_id NOT IN (SELECT casefile_hidden_files());
  END IF;
END $$;

-- Where rows must stand to be handed over, in the words of a statement: with what is narrowed to said in full, so that the
-- planner knows how few rows there may be, and by which index of words.
CREATE OR REPLACE FUNCTION casefile_words_within(
  low bigint, high bigint, older boolean, sections text[], authors uuid[], files uuid[], states text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT concat(
    format('r.id BETWEEN %s AND %s AND r.file_id NOT IN (SELECT casefile_hidden_files())', low, high),
    CASE WHEN older IS NOT TRUE THEN ' AND r.latest' END,
    ' AND r.section = ANY (' || quote_literal(sections) || '::text[])',
    ' AND r.author_id = ANY (' || quote_literal(authors) || '::uuid[])',
    ' AND r.file_id = ANY (' || quote_literal(files) || '::uuid[])',
    ' AND EXISTS (SELECT FROM case_file f WHERE f.id = r.file_id AND f.state = ANY (' || quote_literal(states) || '::text[]))')
$$;

-- Up to so many rows that hold what is asked, in no order, by an index of words: never by looking through the table.
CREATE OR REPLACE FUNCTION casefile_words_any(asked tsquery, within text, most integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET enable_seqscan = off SET enable_indexscan = off SET jit = off
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found bigint[];
BEGIN
  EXECUTE format('SELECT ARRAY(SELECT r.id FROM casefile.word_index r WHERE r.words @@ %L::tsquery AND %s LIMIT %s)',
    asked, within, most) INTO found;
  RETURN found;
END $$;

-- The same from the newest back, among so many rows of the range at most: no index of words is asked.
CREATE OR REPLACE FUNCTION casefile_words_newest(
  asked tsquery, low bigint, high bigint, within text, most integer, among bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found bigint[];
BEGIN
  EXECUTE format(
    'SELECT ARRAY(SELECT r.id FROM (SELECT * FROM casefile.word_index w WHERE w.id BETWEEN %s AND %s ORDER BY w.id DESC '
    'LIMIT %s) r WHERE %s AND %s ORDER BY r.id DESC LIMIT %s)',
    low, high, among, CASE WHEN asked IS NULL THEN 'true' ELSE format('r.words @@ %L::tsquery', asked) END, within, most)
    INTO found;
  RETURN found;
END $$;

-- How many rows the planner thinks hold what is asked, hidden ones too: says only which way is the shorter.
CREATE OR REPLACE FUNCTION casefile_words_likely(asked tsquery, low bigint, high bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  plan jsonb;
BEGIN
  EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM casefile.word_index r WHERE r.words @@ %L::tsquery AND r.id BETWEEN %s AND %s',
    asked, low, high) INTO plan;
  RETURN (plan #>> '{0,Plan,Plan Rows}')::bigint;
END $$;

-- What officers call: the newest rows, and how many there are, up to so many. Row security would keep the index of words from
-- being used, since its operator is vouched for by nobody: so need-to-know and the open reading are asked for here, in the
-- statement itself. Rows are read from the newest back where that finds enough soon, and by the index of words where it
-- does not; whatever the planner thinks, neither is gone through from end to end while the other has not been tried.
CREATE OR REPLACE FUNCTION casefile_find_words(
  said text, low bigint, high bigint, older boolean, sections text[], authors uuid[], files uuid[], states text[],
  most integer, counted integer) RETURNS TABLE (id bigint, total integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked tsquery := nullif(said, '')::tsquery;
  within text := casefile_words_within(low, high, older, sections, authors, files, states);
  near constant integer := 2000;
  every constant bigint := 9223372036854775807;
  likely bigint;
  found bigint[];
  number integer;
BEGIN
  IF NOT (casefile_trusted() OR casefile_reads()) THEN
    RETURN;
  END IF;
  counted := greatest(counted, most);
  found := casefile_words_newest(asked, low, high, within, counted, CASE WHEN asked IS NULL THEN every ELSE near END);
  number := cardinality(found);
  IF asked IS NOT NULL AND number < counted AND EXISTS (
    SELECT FROM casefile.word_index w WHERE w.id BETWEEN low AND high ORDER BY w.id DESC OFFSET near LIMIT 1) THEN
    likely := casefile_words_likely(asked, low, high);
    IF number * 40000::bigint >= counted * near::bigint THEN
      found := casefile_words_newest(asked, low, high, within, counted, 200000);
    ELSIF likely >= 50000 OR (likely >= 3000 AND number > 0) THEN
      found := casefile_words_newest(asked, low, high, within, most, 200000);
    ELSE
      found := '{}';
    END IF;
    number := cardinality(found);
    IF number < most THEN  -- few, or none of late
      found := casefile_words_any(asked, within, 20000);
      IF cardinality(found) = 20000 THEN
        found := casefile_words_newest(asked, low, high, within, counted, every);
      END IF;
      number := cardinality(found);
    ELSIF number < counted AND likely >= 50000 THEN
      number := cardinality(casefile_words_newest(asked, low, high, within, counted, 1000000));
    END IF;
    IF number >= most AND number < counted AND cardinality(found) <= most THEN
      number := cardinality(casefile_words_any(asked, within, counted));
    END IF;
  END IF;
  RETURN QUERY SELECT u.one, least(number, counted) FROM unnest(found) AS u (one) ORDER BY 1 DESC LIMIT most;
END $$;
