-- The roles of the house. Each statement is run by itself; all of it may be run again.

-- Nobody signs in as one of them.
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['casefile_owner', 'casefile_log', 'casefile_logins', 'casefile_officer'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    END IF;
  END LOOP;
END $$
;;
-- The one role that may make others. It owns the functions below, nothing else, and nobody is a member of it.
ALTER ROLE casefile_logins CREATEROLE
;;
GRANT casefile_officer TO casefile_logins WITH ADMIN OPTION
