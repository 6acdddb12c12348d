#!/bin/bash
# day_kill.sh: ends a bank file's booking and a run of several days at random writes (kill -9, parent
# and workers), starts it again, and compares what is in the database then with an undisturbed run's.
# KILL_POINTS=n points (12; 1000 for all of it), KILL_SEED=n chooses them.  Usage: tests/day_kill.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/release/upkeep}
points=${KILL_POINTS:-12}
RANDOM=${KILL_SEED:=$((RANDOM % 30000))}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
unset UPKEEP_DB
cc -O1 -shared -fPIC -o "$work/kill.so" tests/kill/kill.c -ldl || exit 2
# Everything but what tells the time; the parts of a job are cut where it was cut.
dump() { sqlite3 "$1" .dump | grep -v '^INSERT INTO job'; }
run() { # DATABASE: books the file and runs the days
    "$upkeep" receive --db "$1" --today 2026-01-21 "$work/bank.xml" >"$work/said" 2>&1 || return
    "$upkeep" day --db "$1" --until 2026-01-28 --chunk 3 >>"$work/said" 2>&1
}
fresh() { rm -f "$work/$1".db*; sqlite3 "$work/base.db" "VACUUM INTO '$work/$1.db'"; }

"$upkeep" generate --quiet --arrangements 15 --seed "$KILL_SEED" --until 2026-01-20 --db "$work/base.db" || exit 2
"$upkeep" generate --bank-file 2026-01-21 --through 2026-01-21 --out "$work/bank.xml" --db "$work/base.db" >/dev/null 2>&1
fresh whole
export KILL_COUNT=$work/count
LD_PRELOAD=$work/kill.so "$upkeep" receive --db "$work/whole.db" --today 2026-01-21 "$work/bank.xml" >/dev/null || exit 2
received=$(cat "$KILL_COUNT")
LD_PRELOAD=$work/kill.so "$upkeep" day --db "$work/whole.db" --until 2026-01-28 --chunk 3 || exit 2
ran=$(cat "$KILL_COUNT")
unset KILL_COUNT
dump "$work/whole.db" >"$work/whole.sql"
pass=0; fail=0
for ((i = 0; i < points; i++)); do
    at=$(((RANDOM * 32768 + RANDOM) % (received + ran) + 1))
    fresh cut
    if [ "$at" -le "$received" ]; then
        LD_PRELOAD=$work/kill.so KILL_AT=$at "$upkeep" receive --db "$work/cut.db" --today 2026-01-21 "$work/bank.xml" >/dev/null 2>&1
    else
        "$upkeep" receive --db "$work/cut.db" --today 2026-01-21 "$work/bank.xml" >/dev/null
        LD_PRELOAD=$work/kill.so KILL_AT=$((at - received)) "$upkeep" day --db "$work/cut.db" --until 2026-01-28 --chunk 3 >/dev/null 2>&1
    fi
    status=$?
    if [ $status -ne 137 ]; then
        echo "day_kill: KILL_SEED=$KILL_SEED write $at: not ended (status $status)"; fail=$((fail + 1))
    elif ! run "$work/cut.db"; then
        echo "day_kill: KILL_SEED=$KILL_SEED write $at: started again it fails:"; cat "$work/said"; fail=$((fail + 1))
    elif ! dump "$work/cut.db" | cmp -s - "$work/whole.sql"; then
        echo "day_kill: KILL_SEED=$KILL_SEED write $at: the database is another one"; fail=$((fail + 1))
        dump "$work/cut.db" | diff - "$work/whole.sql" | head -n 4
    else
        pass=$((pass + 1))
    fi
done 2>/dev/null
echo "day_kill (KILL_SEED=$KILL_SEED, $received + $ran writes): $pass passed, $fail failed"
[ "$fail" -eq 0 ]
