#!/bin/sh
# Brings Temporal's two databases to the tables of this version of its server. Safe to run again.
set -eu

tables=/etc/temporal/schema/postgresql/v12

bring_up() {
  SQL_DATABASE=$1 temporal-sql-tool setup-schema -v 0.0
  SQL_DATABASE=$1 temporal-sql-tool update-schema --schema-dir "$tables/$2/versioned"
}

bring_up temporal temporal
bring_up temporal_visibility visibility
