-- Who owns what. Nobody signs in as one of these: they hold tables and functions, and nothing else holds them.
--   casefile_owner    the record, and the functions that say who may see what of it
--   casefile_log      the log, which the owner of the record cannot rewrite either
--   casefile_logins   the functions that make and change officers' logins; CREATEROLE is for them alone
--   casefile_officer  the group every officer's login belongs to; it holds every grant
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['casefile_owner', 'casefile_log', 'casefile_logins', 'casefile_officer'] LOOP
    BEGIN
      IF to_regrole(wanted) IS NULL THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- Another database of this server is being set up at the same moment.
    END;
  END LOOP;
  IF NOT (SELECT rolcreaterole FROM pg_roles WHERE rolname = 'casefile_logins') THEN
    ALTER ROLE casefile_logins CREATEROLE;
  END IF;
  IF NOT EXISTS (
    SELECT FROM pg_auth_members
    WHERE roleid = 'casefile_officer'::regrole AND member = 'casefile_logins'::regrole AND admin_option
  ) THEN
    GRANT casefile_officer TO casefile_logins WITH ADMIN OPTION;
  END IF;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT casefile_owner, casefile_log, casefile_logins TO %I', current_user);
  END IF;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  -- Row security makes every plan look dearer than it is: compiling one took a second where its answer took a millisecond.
  EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO casefile_officer, casefile_owner', current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO casefile_officer, casefile_log, casefile_logins;
GRANT USAGE, CREATE ON SCHEMA public TO casefile_owner, casefile_log, casefile_logins;
CREATE SCHEMA IF NOT EXISTS casefile AUTHORIZATION casefile_owner;
REVOKE ALL ON SCHEMA casefile FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA casefile TO casefile_log;
ALTER DEFAULT PRIVILEGES FOR ROLE casefile_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE casefile_log REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE casefile_logins REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Large objects stand outside row security: an officer makes and reads none. Only a superuser can say so.
DO $$
DECLARE one regprocedure;
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    FOR one IN SELECT oid::regprocedure FROM pg_proc
      WHERE pronamespace = 'pg_catalog'::regnamespace
        AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite'))
    LOOP
      EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one);
    END LOOP;
  END IF;
END $$;
