#!/bin/sh
# Creates the three roles in a new PostgreSQL container; runs once, when its data are made.
# The owner migrates, the application serves people, retention forgets what must be forgotten.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --quiet \
  --set owner="$(cat /run/secrets/owner_password)" \
  --set app="$(cat /run/secrets/app_password)" \
  --set retention="$(cat /run/secrets/retention_password)" <<'SQL'
CREATE ROLE redress_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE redress_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app';
CREATE ROLE redress_retention LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'retention';
ALTER DATABASE redress OWNER TO redress_owner;
REVOKE ALL ON DATABASE redress FROM PUBLIC;
GRANT CONNECT ON DATABASE redress TO redress_app, redress_retention;
SQL
