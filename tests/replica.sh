#!/bin/bash
# replica.sh: two PostgreSQL servers, one following the other: commands that only read answer from the
# follower, those that write find the one that takes writes, and a day's run goes on when that one dies
# for good in the middle and the follower takes over.  Usage: tests/replica.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
[ -n "$UPKEEP_TEST_SERVER" ] || exec tests/with_postgres.sh "$0" "$@"
upkeep=${1:-build/release/upkeep}
pass=0; fail=0
good() { pass=$((pass + 1)); }
wrong() { fail=$((fail + 1)); echo "replica: $*"; }
as() { if [ "$(id -u)" -eq 0 ]; then (cd "$UPKEEP_TEST_PG" && setpriv --reuid "$(stat -c %u .)" --regid "$(stat -c %g .)" --clear-groups "$@"); else "$@"; fi; }
port=5433
socket=$(printf %s "$UPKEEP_TEST_PG" | sed 's|/|%2F|g')
first=$UPKEEP_TEST_SERVER
second=postgresql://upkeep@$socket:$port/
both=postgresql://upkeep@$socket:5432,$socket:$port/
sql() { "$UPKEEP_TEST_PGBIN/psql" -qAtX "$1" -c "$2"; }
rows() { "$UPKEEP_TEST_PGBIN/pg_dump" --data-only --inserts "$1" | grep '^INSERT' | grep -v 'INTO public.job' | sed 's/_p[0-9][0-9] / /' | sort; }
said=$UPKEEP_TEST_PG/said
touch "$said"

sql "${first}postgres" "CREATE DATABASE base"
for play in two-receiving-parents pays-what-is-due; do
    "$upkeep" play --quiet --db "${first}base" tests/scenario/$play.play >/dev/null || exit 2
done
for db in undisturbed ours; do sql "${first}postgres" "CREATE DATABASE $db TEMPLATE base"; done
timeout 120 "$upkeep" day --db "${first}undisturbed" --until 2025-07-15 2>"$said" && good || wrong "the undisturbed run: $(cat "$said")"

# The follower is made of the first; from then on a commit is on both before anybody is told of it.
as "$UPKEEP_TEST_PGBIN/pg_basebackup" -h "$UPKEEP_TEST_PG" -U upkeep -D "$UPKEEP_TEST_PG/second" -R -c fast -d "application_name=second" || exit 2
trap 'as "$UPKEEP_TEST_PGBIN/pg_ctl" -D "$UPKEEP_TEST_PG/second" -m immediate -s stop' EXIT
as "$UPKEEP_TEST_PGBIN/pg_ctl" -D "$UPKEEP_TEST_PG/second" -o "-p $port" -l "$UPKEEP_TEST_PG/second.log" -w -s start || { cat "$UPKEEP_TEST_PG/second.log"; exit 2; }
sql "${first}postgres" "ALTER SYSTEM SET synchronous_standby_names = 'second'"
sql "${first}postgres" "ALTER SYSTEM SET synchronous_commit = remote_apply"
sql "${first}postgres" "SELECT pg_reload_conf()" >/dev/null
[ "$(sql "${second}postgres" "SELECT pg_is_in_recovery()")" = t ] && good || wrong "the second server does not follow"

# Reading from the follower; writing there is refused and says why, and with both in the address it is found.
for read in "check" "balance --total --as-at 2025-07-15"; do
    # shellcheck disable=SC2086
    if timeout 60 "$upkeep" $read --db "${first}undisturbed" >"$said.first" 2>&1 &&
        timeout 60 "$upkeep" $read --db "${second}undisturbed" >"$said.second" 2>&1 &&
        cmp -s "$said.first" "$said.second"; then good; else wrong "$read at the follower: $(diff "$said.first" "$said.second" | head -5)"; fi
done
timeout 200 "$upkeep" day --db "${second}ours" --until 2025-04-01 >"$said" 2>&1
status=$?
if [ $status -ne 0 ] && [ $status -ne 124 ] && grep -q 'only reads\|read-only\|takes writes' "$said"; then good; else wrong "a day's run at the follower ended with $status: $(cat "$said")"; fi
timeout 120 "$upkeep" day --db "postgresql://upkeep@$socket:$port,$socket:5432/ours" --until 2025-03-10 2>"$said" && good || wrong "a run with the follower first in its address: $(cat "$said")"

# The first one dies in the middle of a run and stays dead; the follower takes over.
(timeout 300 "$upkeep" day --db "${both}ours" --until 2025-07-15 --chunk 1 2>"$said") & run=$!
for i in $(seq 500); do # until it has opened the database
    [ "$(sql "${first}postgres" "SELECT count(*) FROM pg_stat_activity WHERE datname = 'ours'")" = 0 ] || break
    kill -0 $run 2>/dev/null || break
    sleep 0.01
done
sleep 0.3
kill -0 $run 2>/dev/null && during=1
as "$UPKEEP_TEST_PGBIN/pg_ctl" -D "$UPKEEP_TEST_PG/data" -m immediate -s stop
[ "$during" ] && kill -0 $run 2>/dev/null && good || wrong "the run had ended before the first server did"
sleep 1
as "$UPKEEP_TEST_PGBIN/pg_ctl" -D "$UPKEEP_TEST_PG/second" -w -s promote || wrong "the follower does not take over"
wait $run; ended=$?
# What became of a commit that was on its way may not be known at another server: then the run says so,
# and the next one goes on from there.
again=0
while [ $ended -ne 0 ] && [ $again -lt 3 ] && grep -q "what became of it" "$said"; do
    again=$((again + 1))
    timeout 300 "$upkeep" day --db "${both}ours" --until 2025-07-15 --chunk 1 2>"$said"; ended=$?
done
[ $ended -eq 0 ] && good || wrong "the run ended with $ended: $(cat "$said")"
rows "${second}undisturbed" >"$said.undisturbed"
rows "${second}ours" >"$said.ours"
if [ -s "$said.ours" ] && cmp -s "$said.undisturbed" "$said.ours"; then good; else wrong "after the follower took over the rows differ: $(diff "$said.undisturbed" "$said.ours" | head -5)"; fi
timeout 60 "$upkeep" check --db "${both}ours" >"$said" 2>&1 && good || wrong "the check after it: $(cat "$said")"
echo "replica: $pass passed, $fail failed (the run went on by itself: $([ $again -eq 0 ] && echo yes || echo "after $again more"))"
[ "$fail" -eq 0 ]
