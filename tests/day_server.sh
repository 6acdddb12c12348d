#!/bin/bash
# day_server.sh: the day's run on PostgreSQL: two runs of two workers each at once do what one does, and
# a run goes on when the server is stopped and started under it.  Usage: tests/day_server.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
[ -n "$UPKEEP_TEST_SERVER" ] || exec tests/with_postgres.sh "$0" "$@"
upkeep=${1:-build/release/upkeep}
pass=0; fail=0
good() { pass=$((pass + 1)); }
wrong() { fail=$((fail + 1)); echo "day_server: $*"; }
sql() { psql -qAt "$UPKEEP_TEST_SERVER$1" -c "$2"; }
admin() { psql -qAt "${UPKEEP_TEST_SERVER}postgres" -c "$1"; }
rows() { for t in "entry ORDER BY pp, id" "event ORDER BY pp, seq" "missed ORDER BY pp, instalment" "instalment ORDER BY pp, id" "family ORDER BY pp"; do sql "$1" "SELECT * FROM $t"; done; }

admin "CREATE DATABASE base"
for play in two-receiving-parents pays-what-is-due; do
    "$upkeep" play --quiet --db "${UPKEEP_TEST_SERVER}base" tests/scenario/$play.play >/dev/null || exit 2
done
for db in one two gone; do admin "CREATE DATABASE $db TEMPLATE base"; done
timeout 120 "$upkeep" day --db "${UPKEEP_TEST_SERVER}one" --until 2025-07-15 && good || wrong "one run"
timeout 120 "$upkeep" day --db "${UPKEEP_TEST_SERVER}two" --until 2025-07-15 --workers 2 --chunk 1 & first=$!
timeout 120 "$upkeep" day --db "${UPKEEP_TEST_SERVER}two" --until 2025-07-15 --workers 2 --chunk 1; second=$?
wait $first; first=$?
if [ $first -eq 0 ] && [ $second -eq 0 ]; then good; else wrong "two runs at once ended with $first and $second"; fi
if cmp -s <(rows one) <(rows two); then good; else wrong "two runs at once differ from one"; fi
timeout 120 "$upkeep" check --db "${UPKEEP_TEST_SERVER}two" >/dev/null && good || wrong "two: the check"
# the server goes away and comes back
pg() { if [ "$(id -u)" -eq 0 ]; then (cd "$UPKEEP_TEST_PG" && setpriv --reuid "$(stat -c %u .)" --regid "$(stat -c %g .)" --clear-groups "$UPKEEP_TEST_PGBIN/pg_ctl" -D data -l log -w -s "$@"); else "$UPKEEP_TEST_PGBIN/pg_ctl" -D "$UPKEEP_TEST_PG/data" -l "$UPKEEP_TEST_PG/log" -w -s "$@"; fi; }
timeout 120 "$upkeep" day --db "${UPKEEP_TEST_SERVER}gone" --until 2025-07-15 --chunk 1 & run=$!
sleep 0.7; pg stop -m immediate; sleep 0.5; pg start
wait $run; run=$?
[ $run -eq 0 ] || echo "day_server: the run ended with $run; it is started again"
timeout 120 "$upkeep" day --db "${UPKEEP_TEST_SERVER}gone" --until 2025-07-15 && good || wrong "after the server came back"
if cmp -s <(rows one) <(rows gone); then good; else wrong "after the server came back the cases differ"; fi
echo "day_server: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
