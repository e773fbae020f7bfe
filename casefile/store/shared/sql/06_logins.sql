-- Logins of officers. The client sends a SCRAM verifier, never a password; what is not ours is never touched.

-- The name an officer's login has, or would have.
CREATE OR REPLACE FUNCTION casefile_login_name(officer uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((SELECT l.role_name FROM casefile.officer_login l WHERE l.officer_id = officer),
                  (SELECT o.sign_in_name FROM officer o WHERE o.id = officer))
$$;

CREATE OR REPLACE FUNCTION casefile_keep_login(officer uuid, login text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO casefile.officer_login (role_name, officer_id) VALUES (login, officer)
  ON CONFLICT (officer_id) DO UPDATE SET role_name = excluded.role_name
$$;

-- What a login of this store is marked with, so that a login of somebody else's is known and left alone.
CREATE OR REPLACE FUNCTION casefile_login_mark() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'Casefile ' || CASE casefile_setting('training') WHEN 'on' THEN 'training' ELSE casefile_setting('store_id') END
$$;

CREATE OR REPLACE FUNCTION casefile_login_is_ours(login text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM pg_roles r WHERE r.rolname = login
      AND NOT (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls)
      AND shobj_description(r.oid, 'pg_authid') = casefile_login_mark())
$$;

CREATE OR REPLACE FUNCTION casefile_check_login(officer uuid, verifier text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE login text := casefile_login_name(officer);
BEGIN
  IF NOT (casefile_may('administer') OR casefile_trusted()) THEN
    RAISE EXCEPTION 'this role keeps no officers' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF login IS NULL THEN
    RAISE EXCEPTION 'there is no such officer' USING ERRCODE = 'no_data_found';
  END IF;
  IF octet_length(login) > 63 OR login ~ '^(pg_|casefile_)' OR login IN ('postgres', 'public', 'none') THEN
    RAISE EXCEPTION 'the server takes no such name for a login' USING ERRCODE = 'invalid_name';
  END IF;
  IF verifier IS NOT NULL AND verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
    RAISE EXCEPTION 'this is no SCRAM verifier' USING ERRCODE = 'invalid_password';
  END IF;
  RETURN login;
END $$;

-- Makes the login of an officer. A login of that name that is not this store's is never touched.
CREATE OR REPLACE FUNCTION casefile_add_login(officer uuid, scram_verifier text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE login text := casefile_check_login(officer, scram_verifier);
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
    EXECUTE format('CREATE ROLE %I LOGIN IN ROLE casefile_officer PASSWORD %L', login, scram_verifier);
    EXECUTE format('COMMENT ON ROLE %I IS %L', login, casefile_login_mark());
  ELSIF casefile_login_is_ours(login) THEN
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', login, scram_verifier);
  ELSE
    RAISE EXCEPTION 'the server has a login of this name already, and it is not ours' USING ERRCODE = 'duplicate_object';
  END IF;
  PERFORM casefile_keep_login(officer, login);
  RETURN login;
END $$;

-- Lets an officer connect, or no more. In a store for training logins are shared with others: the row alone counts.
CREATE OR REPLACE FUNCTION casefile_set_login(officer uuid, active boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE login text := casefile_check_login(officer, NULL);
BEGIN
  IF casefile_login_is_ours(login) AND casefile_setting('training') <> 'on' THEN
    EXECUTE format('ALTER ROLE %I %s', login, CASE WHEN active THEN 'LOGIN' ELSE 'NOLOGIN' END);
  END IF;
END $$;

-- Gives an officer a new password.
CREATE OR REPLACE FUNCTION casefile_reset_login(officer uuid, scram_verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE login text := casefile_check_login(officer, scram_verifier);
BEGIN
  IF NOT casefile_login_is_ours(login) THEN
    RAISE EXCEPTION 'the login of this officer is not ours to change' USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L', login, scram_verifier);
END $$;
