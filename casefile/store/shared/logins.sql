-- Officers as roles of the server. Each statement is run by itself; all of it may be run again.
-- Only these functions make or alter a role, only roles that they made, and only at an administrator's word.

GRANT SELECT ON store_fact TO casefile_logins
;;
GRANT EXECUTE ON FUNCTION casefile_setting(text), casefile_may(text), casefile_trusted(),
  casefile_sign_in_name(uuid) TO casefile_logins
;;
-- Whether whoever is connected keeps officers: an administrator, or who sets the server up.
CREATE OR REPLACE FUNCTION casefile_keeps_logins() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT public.casefile_trusted() OR public.casefile_may('administer')
$$
;;
-- The role of an officer, which is called as they sign in; refused to whoever keeps no officers.
CREATE OR REPLACE FUNCTION casefile_login_of(wanted uuid) RETURNS name
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE called text;
BEGIN
  IF NOT public.casefile_keeps_logins() THEN
    RAISE EXCEPTION 'only an administrator keeps officers' USING ERRCODE = 'insufficient_privilege';
  END IF;
  called := public.casefile_sign_in_name(wanted);
  IF called IS NULL THEN
    RAISE EXCEPTION 'there is no such officer' USING ERRCODE = 'no_data_found';
  END IF;
  IF octet_length(called) > 63 THEN
    RAISE EXCEPTION 'the name is too long for a role' USING ERRCODE = 'name_too_long';
  END IF;
  RETURN called::name;
END $$
;;
-- What the role of an officer of this store says in its comment, so that another store's administrator leaves it alone.
CREATE OR REPLACE FUNCTION casefile_login_mark() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'Casefile officer of ' || CASE public.casefile_setting('training') WHEN 'on' THEN 'training'
    ELSE (SELECT value FROM public.store_fact WHERE key = 'store_id') END
$$
;;
-- A role is ours when these functions made it for this store: it belongs to the officers, and bears our mark.
CREATE OR REPLACE FUNCTION casefile_login_is_ours(called name) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM pg_roles r
    WHERE r.rolname = called AND NOT r.rolsuper AND NOT r.rolcreaterole AND NOT r.rolcreatedb
      AND NOT r.rolreplication AND NOT r.rolbypassrls
      AND pg_has_role(r.oid, 'casefile_officer', 'MEMBER')
      AND shobj_description(r.oid, 'pg_authid') = public.casefile_login_mark())
$$
;;
CREATE OR REPLACE FUNCTION casefile_check_verifier(verifier text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
    RAISE EXCEPTION 'a password is handed over as a SCRAM verifier only' USING ERRCODE = 'invalid_password';
  END IF;
END $$
;;
-- Give an officer whose row is there a role to sign in with. A role that exists is never touched.
CREATE OR REPLACE FUNCTION casefile_add_login(officer uuid, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE called name := public.casefile_login_of(officer);
BEGIN
  PERFORM public.casefile_check_verifier(verifier);
  IF public.casefile_setting('training') = 'on' AND public.casefile_login_is_ours(called) THEN
    -- Stores for training share a server's roles: nothing hangs on them.
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', called, verifier);
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = called) THEN
    RAISE EXCEPTION 'there is a role of that name already' USING ERRCODE = 'duplicate_object';
  END IF;
  EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L '
                 'IN ROLE casefile_officer', called, verifier);
  EXECUTE format('COMMENT ON ROLE %I IS %L', called, public.casefile_login_mark());
  -- So that the functions may end this officer's connections, and those of nobody else.
  EXECUTE format('GRANT %I TO casefile_logins', called);
END $$
;;
-- Let an officer sign in, or no more: then whatever they have open ends as well.
CREATE OR REPLACE FUNCTION casefile_set_login(officer uuid, active boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE called name := public.casefile_login_of(officer);
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = called) THEN
    RETURN; -- The database came from elsewhere without its roles: there is nothing to let in.
  END IF;
  IF NOT public.casefile_login_is_ours(called) THEN
    RAISE EXCEPTION 'the role of that name is not an officer''s of this store' USING ERRCODE = 'duplicate_object';
  END IF;
  EXECUTE format(CASE WHEN active THEN 'ALTER ROLE %I LOGIN' ELSE 'ALTER ROLE %I NOLOGIN' END, called);
  IF NOT active THEN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE usename = called AND datname = current_database() AND pid <> pg_backend_pid();
  END IF;
END $$
;;
-- Give an officer a new password. Where the database came from elsewhere without its roles, it makes the role.
CREATE OR REPLACE FUNCTION casefile_reset_login(officer uuid, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE called name := public.casefile_login_of(officer);
BEGIN
  PERFORM public.casefile_check_verifier(verifier);
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = called) THEN
    PERFORM public.casefile_add_login(officer, verifier);
    RETURN;
  END IF;
  IF NOT public.casefile_login_is_ours(called) THEN
    RAISE EXCEPTION 'the role of that name is not an officer''s of this store' USING ERRCODE = 'duplicate_object';
  END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L', called, verifier);
END $$
;;
-- Give oneself a new password. (Any role may do that by itself; this way it never stands in a statement.)
CREATE OR REPLACE FUNCTION casefile_change_own_login(verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.casefile_check_verifier(verifier);
  IF NOT public.casefile_login_is_ours(session_user) THEN
    RAISE EXCEPTION 'that role is not an officer''s' USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L', session_user, verifier);
END $$
;;
DO $$
DECLARE made regprocedure;
BEGIN
  FOREACH made IN ARRAY ARRAY[
    'casefile_keeps_logins()', 'casefile_login_mark()', 'casefile_login_of(uuid)', 'casefile_login_is_ours(name)', 'casefile_check_verifier(text)',
    'casefile_add_login(uuid, text)', 'casefile_set_login(uuid, boolean)', 'casefile_reset_login(uuid, text)',
    'casefile_change_own_login(text)']::regprocedure[]
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO casefile_logins', made);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made);
  END LOOP;
END $$
;;
GRANT EXECUTE ON FUNCTION casefile_add_login(uuid, text), casefile_set_login(uuid, boolean),
  casefile_reset_login(uuid, text), casefile_change_own_login(text) TO casefile_officer
