#!/bin/sh
# kill.sh: plays a scenario into a database file and ends the program at every write in turn, starts it
# again, and compares what is in the database then with an undisturbed play's.
# Usage: tests/kill.sh [UPKEEP [SCENARIO [STEP]]]   STEP: of the writes that make the empty database, one
# transaction, only every STEPth (10); of the scenario's own, every one.
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/release/upkeep}
scenario=${2:-tests/kill/family.play}
step=${3:-10}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cc -O1 -shared -fPIC -o "$work/kill.so" tests/kill/kill.c -ldl || exit 2
dump() { sqlite3 "$1" .dump; }

LD_PRELOAD=$work/kill.so KILL_COUNT=$work/count "$upkeep" play --quiet --db "$work/whole.db" \
    "$scenario" >"$work/said" || { cat "$work/said"; echo "kill: the scenario fails undisturbed"; exit 2; }
dump "$work/whole.db" >"$work/whole.sql"
all=$(cat "$work/count")
LD_PRELOAD=$work/kill.so KILL_COUNT=$work/count "$upkeep" init --rehearsal --db "$work/empty.db" \
    >"$work/said" 2>&1 || { cat "$work/said"; echo "kill: no empty database can be made"; exit 2; }
empty=$(cat "$work/count")
pass=0; fail=0; n=1
while [ "$n" -le "$all" ]; do
    rm -f "$work"/cut.db*
    LD_PRELOAD=$work/kill.so KILL_AT=$n "$upkeep" play --quiet --db "$work/cut.db" "$scenario" \
        >/dev/null 2>&1
    status=$?
    if [ $status -ne 137 ]; then
        echo "kill: write $n: the program was not ended (status $status)"; fail=$((fail + 1))
    elif ! "$upkeep" play --quiet --db "$work/cut.db" "$scenario" >"$work/said" 2>&1; then
        echo "kill: write $n: started again it fails:"; cat "$work/said"; fail=$((fail + 1))
    elif ! dump "$work/cut.db" | cmp -s - "$work/whole.sql"; then
        echo "kill: write $n: the database is another one"; fail=$((fail + 1))
    else
        pass=$((pass + 1))
    fi
    [ -t 2 ] && printf '\r%d of %d writes' "$n" "$all" >&2
    if [ $((n + step)) -le "$empty" ]; then n=$((n + step)); else n=$((n + 1)); fi
done
[ -t 2 ] && echo >&2
echo "kill: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
