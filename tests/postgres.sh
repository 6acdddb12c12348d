#!/bin/sh
# postgres.sh: the suite on PostgreSQL: unit tests of store, record, lives and web, every scenario in
# one database, and a play that is killed again and again.  Usage: tests/postgres.sh [UPKEEP [UNIT]]
# LIVES: how many random lives (4).
cd "$(dirname "$0")/.." || exit 2
if [ -z "$UPKEEP_TEST_SERVER" ]; then exec tests/with_postgres.sh tests/postgres.sh "$@"; fi
upkeep=${1:-build/san/upkeep}
unit=${2:-build/san/unit}
psql=$UPKEEP_TEST_PGBIN/psql
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "postgres: $2"; fi; }
made() { "$psql" -qc "CREATE DATABASE $1" "${UPKEEP_TEST_SERVER}postgres" && echo "$UPKEEP_TEST_SERVER$1"; }
rows() { "$UPKEEP_TEST_PGBIN/pg_dump" --data-only --inserts "$1" | grep '^INSERT' | sed 's/_p[0-9][0-9] / /' | sort; }

UPKEEP_LIVES=${LIVES:-4}
export UPKEEP_LIVES
tests/unit/run "$unit" "$unit"/test_store "$unit"/test_store_bulk "$unit"/test_store_postgres "$unit"/test_move \
    "$unit"/test_record "$unit"/test_life "$unit"/test_web "$unit"/test_web_case

# What is about the service as a whole, or finds people by a number that several scenarios use, is
# played in a database of its own, made from an empty one; all the others in one.
own='payments-by-file direct-debit benefit-deduction employer-schedule employer-bulk'
empty=$(made nothing)
"$upkeep" init --rehearsal --db "$empty" >/dev/null 2>&1; verdict $? "init on a server"
for name in $own; do
    "$psql" -qc "CREATE DATABASE \"$name\" TEMPLATE nothing" "${UPKEEP_TEST_SERVER}postgres"
    said=$(timeout 300 "$upkeep" play --quiet --db "$UPKEEP_TEST_SERVER$name" "tests/scenario/$name.play" 2>&1)
    verdict $? "the scenario $name fails: $said"
done
all=$(made scenarios)
said=$(for file in tests/scenario/*.play; do
    case " $own " in *" $(basename "$file" .play) "*) ;; *) echo "$file" ;; esac
done | xargs timeout 900 "$upkeep" play --quiet --db "$all" 2>&1)
verdict $? "the scenarios fail: $said"
said=$(timeout 300 "$upkeep" check --db "$all" 2>&1)
verdict $? "the scenarios' database does not hold: $said"

# Moved to a file and back to a server, proved, and the same rows; a move cut short is no database.
work=$(mktemp -d)
said=$("$upkeep" move --quiet "$all" "$work/moved.db" 2>&1 && "$upkeep" check --db "$work/moved.db" 2>&1)
verdict $? "a move to a file: $said"
back=$(made back)
for wait in 0.4 1 2 4; do timeout -s KILL "$wait" "$upkeep" move --quiet "$work/moved.db" "$back" >/dev/null 2>&1; done
said=$("$upkeep" check --db "$back" 2>&1)
if [ $? -ne 0 ]; then
    said=$("$upkeep" move --quiet "$work/moved.db" "$back" 2>&1)
    verdict $? "a move killed and started again: $said"
fi
rows "$all" >"$work/all"; rows "$back" >"$work/back"
[ -s "$work/all" ] && cmp -s "$work/all" "$work/back"
verdict $? "moved there and back, rows differ: $(diff "$work/all" "$work/back" | head -5)"
"$upkeep" move --quiet "$work/moved.db" "$back" 2>/dev/null
[ $? -eq 2 ]; verdict $? "a move onto tables is not refused"
rm -rf "$work"

# Killed with SIGKILL at some moment, started again, and so on until it is through.
whole=$(made whole)
"$upkeep" play --quiet --db "$whole" tests/kill/family.play >/dev/null || verdict 1 "the undisturbed play fails"
kills=0
cut=$(made cut)
for wait in 0.3 0.5 0.8 1.1 1.4 1.7 2.0 2.4 2.8 3.3 4 6 9 14 20 30 60; do
    "$upkeep" play --quiet --db "$cut" tests/kill/family.play >/dev/null 2>&1 &
    child=$!
    sleep "$wait"
    if kill -9 $child 2>/dev/null; then kills=$((kills + 1)); fi
    wait $child 2>/dev/null && break
done
"$upkeep" play --quiet --db "$cut" tests/kill/family.play >/dev/null 2>&1
verdict $? "a play killed $kills times does not go on"
work=$(mktemp -d)
rows "$whole" >"$work/whole"; rows "$cut" >"$work/cut"
[ -s "$work/whole" ] && cmp -s "$work/whole" "$work/cut"
verdict $? "a play killed $kills times has other rows: $(diff "$work/whole" "$work/cut" | head -5)"
rm -rf "$work"
echo "postgres: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
