-- Two officers on one draft: both write, one signs. Row security cannot compare a row with what it was before.

CREATE OR REPLACE FUNCTION casefile_keep_own() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := casefile_me();
BEGIN
  IF me IS NULL OR OLD.officer_id = me THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  IF TG_TABLE_NAME = 'presence' THEN
    -- Where nobody is any more, anybody may sweep.
    IF TG_OP = 'DELETE' AND OLD.until_at <= casefile_now() THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'That is another officer''s window' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'That draft belongs to another officer' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.officer_id IS DISTINCT FROM OLD.officer_id AND (
    NEW.officer_id <> me OR NOT (
      casefile_may('allocate')
      OR EXISTS (SELECT FROM case_file f WHERE f.id = OLD.file_id AND me IN (f.officer_id, f.researcher_id, f.supervisor_id))
      OR EXISTS (SELECT FROM officer o WHERE o.id = OLD.officer_id AND NOT o.active)))
  THEN
    RAISE EXCEPTION 'That draft belongs to another officer' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
