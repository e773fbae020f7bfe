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
CREATE INDEX IF NOT EXISTS ix_word_index_words ON casefile.word_index USING gin (words) WITH (fastupdate = off);

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

-- Rows that hold what is asked, up to so many, in no order. The index of words is asked first, for all it holds, and what is
-- not wanted falls away as it comes: a plan for a few rows alone would rather look through the whole table.
CREATE OR REPLACE FUNCTION casefile_words_any(
  asked tsquery, low bigint, high bigint, older boolean, sections text[], authors uuid[], files uuid[], states text[],
  most integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(
    WITH met AS MATERIALIZED (
      SELECT w.id, w.file_id, w.section, w.author_id, w.latest FROM casefile.word_index w WHERE w.words @@ asked)
    SELECT r.id FROM met r
    WHERE r.id BETWEEN low AND high AND (older OR r.latest)
      AND r.file_id NOT IN (SELECT casefile_hidden_files())
      AND (sections IS NULL OR r.section = ANY (sections)) AND (authors IS NULL OR r.author_id = ANY (authors))
      AND (files IS NULL OR r.file_id = ANY (files))
      AND (states IS NULL OR EXISTS (SELECT FROM case_file f WHERE f.id = r.file_id AND f.state = ANY (states)))
    LIMIT most);
END $$;

-- The same from the newest back, for words that stand in so many records that the first page is soon found: said so that
-- the index of words is not asked.
CREATE OR REPLACE FUNCTION casefile_words_newest(
  asked tsquery, low bigint, high bigint, older boolean, sections text[], authors uuid[], files uuid[], states text[],
  most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT r.id FROM casefile.word_index r
    WHERE r.id BETWEEN low AND high AND (asked IS NULL OR (r.words @@ asked) IS TRUE) AND (older OR r.latest)
      AND r.file_id NOT IN (SELECT casefile_hidden_files())
      AND (sections IS NULL OR r.section = ANY (sections)) AND (authors IS NULL OR r.author_id = ANY (authors))
      AND (files IS NULL OR r.file_id = ANY (files))
      AND (states IS NULL OR EXISTS (SELECT FROM case_file f WHERE f.id = r.file_id AND f.state = ANY (states)))
    ORDER BY r.id DESC LIMIT most;
END $$;

-- What officers call. Row security would keep the index of words from being used, since its operator is vouched for by
-- nobody: so need-to-know and the open reading are asked for here, in the statement itself.
CREATE OR REPLACE FUNCTION casefile_find_words(
  said text, low bigint, high bigint, older boolean, sections text[], authors uuid[], files uuid[], states text[],
  most integer) RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asked tsquery := nullif(said, '')::tsquery;
  few bigint[];
BEGIN
  IF NOT (casefile_trusted() OR casefile_reads()) THEN
    RETURN;
  END IF;
  IF asked IS NOT NULL THEN
    few := casefile_words_any(asked, low, high, older, sections, authors, files, states, greatest(most, 3000));
    IF cardinality(few) < greatest(most, 3000) THEN
      RETURN QUERY SELECT u.one FROM unnest(few) AS u (one) ORDER BY 1 DESC LIMIT most;
      RETURN;
    END IF;
  END IF;
  RETURN QUERY SELECT n.one FROM casefile_words_newest(
    asked, low, high, older, sections, authors, files, states, most) AS n (one);
END $$;
