#!/bin/sh
# with_postgres.sh: starts a PostgreSQL server of its own, on a socket in a temporary folder, as an
# unprivileged user and with every commit on disk, runs a command with UPKEEP_TEST_SERVER (what a
# database's name follows), and takes the server away again.  Usage: tests/with_postgres.sh COMMAND...
bin=$(ls -d /usr/lib/postgresql/1[4-9]/bin 2>/dev/null | tail -n 1)
[ -n "$bin" ] || { echo "postgres: there is no PostgreSQL server here (apt-get install postgresql-15)"; exit 2; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/upkeep-pg-XXXXXX") || exit 2
log=$folder/log
as() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$folder"
    as() { setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups env HOME="$folder" "$@"; }
fi
end() {
    as "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1
    rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM
cd "$folder" || exit 2
as "$bin/initdb" -D "$folder/data" -U upkeep -A trust -E UTF8 --locale=C.UTF-8 --data-checksums --no-sync >"$folder/init" 2>&1 ||
    { cat "$folder/init"; exit 2; }
as sh -c "cat >>'$folder/data/postgresql.conf'" <<END
listen_addresses = ''
unix_socket_directories = '$folder'
shared_buffers = ${UPKEEP_TEST_BUFFERS:-256MB}
max_wal_size = 4GB
max_locks_per_transaction = 1024
max_connections = 60
recovery_init_sync_method = syncfs
upkeep.partitions = ${UPKEEP_TEST_PARTITIONS:-2}
END
as "$bin/pg_ctl" -D "$folder/data" -l "$log" -w -s start || { cat "$log"; exit 2; }
cd - >/dev/null || exit 2
UPKEEP_TEST_SERVER="postgresql://upkeep@$(printf %s "$folder" | sed 's|/|%2F|g')/"
UPKEEP_TEST_PG=$folder
UPKEEP_TEST_PGBIN=$bin
export UPKEEP_TEST_SERVER UPKEEP_TEST_PG UPKEEP_TEST_PGBIN
"$@"
