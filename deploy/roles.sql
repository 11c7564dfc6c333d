-- Three roles for the hub's database, each with what it needs. Run it once as a superuser of PostgreSQL, in the database of
-- the hub, before the first `liaison-hub migrate`:
--
--   createdb hub && psql -d hub -f roles.sql
--   psql -d hub -c '\password liaison_owner' -c '\password liaison_hub' -c '\password liaison_read'
--
-- liaison_owner  owns the tables: `liaison-hub migrate`, and nothing else
-- liaison_hub    serves, and does what an operator does: it can't change tables, and row-level security counts for it
-- liaison_read   reads everything, for dumps: row-level security does not count for it

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'liaison_owner') THEN
        CREATE ROLE liaison_owner LOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'liaison_hub') THEN
        CREATE ROLE liaison_hub LOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'liaison_read') THEN
        CREATE ROLE liaison_read LOGIN NOSUPERUSER BYPASSRLS;
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO liaison_owner, liaison_hub, liaison_read', current_database());
END
$$;

GRANT USAGE, CREATE ON SCHEMA public TO liaison_owner;
GRANT USAGE ON SCHEMA public TO liaison_hub, liaison_read;

-- Tables that there are, and those of later versions.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO liaison_hub;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO liaison_read;
ALTER DEFAULT PRIVILEGES FOR ROLE liaison_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO liaison_hub;
ALTER DEFAULT PRIVILEGES FOR ROLE liaison_owner IN SCHEMA public GRANT SELECT ON TABLES TO liaison_read;
