#!/bin/bash
# postgres.sh: the suite on PostgreSQL: unit tests of store, record, lives and web, every scenario, a
# move there and back, and a play that is killed again and again.
# Usage: tests/postgres.sh [UPKEEP [UNIT]]   LIVES: how many random lives (3).
cd "$(dirname "$0")/.." || exit 2
if [ -z "$UPKEEP_TEST_SERVER" ]; then exec tests/with_postgres.sh tests/postgres.sh "$@"; fi
upkeep=${1:-build/san/upkeep}
unit=${2:-build/san/unit}
pass=0; fail=0
good() { pass=$((pass + 1)); }
wrong() { fail=$((fail + 1)); echo "postgres: $*"; }
made() { "$UPKEEP_TEST_PGBIN/psql" -qc "CREATE DATABASE \"$1\"${2:+ TEMPLATE $2}" "${UPKEEP_TEST_SERVER}postgres" && echo "$UPKEEP_TEST_SERVER$1"; }
rows() { "$UPKEEP_TEST_PGBIN/pg_dump" --data-only --inserts "$1" | grep '^INSERT' | sed 's/_p[0-9][0-9] / /' | sort; }
lap() { printf 'postgres: %-40s %4d s\n' "$1" $((SECONDS - lapped)); lapped=$SECONDS; }
lapped=0

# proves SECONDS WHAT COMMAND...: passes when the command does; no end in that time is told apart.
proves() {
    local limit=$1 what=$2 said status
    shift 2
    said=$(timeout -k 5 "$limit" "$@" 2>&1)
    status=$?
    case $status in
        0) good ;;
        124 | 137) wrong "$what: no end after $limit s, so it was stopped (a hang, or too much load): $said" ;;
        *) wrong "$what fails (status $status): $said" ;;
    esac
}
same() {
    if [ -s "$2" ] && cmp -s "$2" "$3"; then good; else wrong "$1: $(diff "$2" "$3" | head -5)"; fi
}

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Databases are copies of one that is ready; its tables have as many parts as tests/with_postgres.sh says.
proves 60 "init on a server" "$upkeep" init --db "$(made blank)"
proves 60 "init of a rehearsal" "$upkeep" init --rehearsal --db "$(made ready)"
export UPKEEP_TEST_READY=ready UPKEEP_LIVES=${LIVES:-3} UPKEEP_TEST_LIMIT=900
lap init

# The unit tests beside the scenarios: both wait for the disk more than they compute.
tests/unit/run "$unit" "$unit"/test_{store,store_bulk,store_postgres,move,record,life,web,web_case} \
    >"$work/units" 2>&1 &
units=$!

# What is about the service as a whole (files of payments), or finds people by a number that several
# scenarios use, is played in a database of its own; all the others in one.
own=$(cd tests/scenario && grep -lE '^ *(sender|receive (employer|benefit)) |national_insurance_number' ./*.play | sed 's|^\./||; s|\.play$||' | tr '\n' ' ')
for name in $own; do
    proves 300 "the scenario $name" "$upkeep" play --quiet --db "$(made "$name" ready)" "tests/scenario/$name.play"
done
lap "scenarios with a database of their own"
all=$(made scenarios ready)
others=()
for file in tests/scenario/*.play; do
    [[ " $own " == *" $(basename "$file" .play) "* ]] || others+=("$file")
done
proves 900 "scenarios in one database" "$upkeep" play --quiet --db "$all" "${others[@]}"
lap "scenarios in one database"
proves 120 "the check of the scenarios' database" "$upkeep" check --db "$all"
lap check

# Moved to a file and back to a server, proved, and the same rows; a move cut short is no database.
proves 120 "a move to a file" "$upkeep" move --quiet "$all" "$work/moved.db"
proves 60 "the check of the moved file" "$upkeep" check --db "$work/moved.db"
back=$(made back)
for wait in 0.2 0.5 1; do timeout -s KILL "$wait" "$upkeep" move --quiet "$work/moved.db" "$back"; done >/dev/null 2>&1
if "$upkeep" check --db "$back" >/dev/null 2>&1; then good; else
    proves 120 "a move killed and started again" "$upkeep" move --quiet "$work/moved.db" "$back"
fi
rows "$all" >"$work/all"; rows "$back" >"$work/back"
same "moved there and back, rows differ" "$work/all" "$work/back"
"$upkeep" move --quiet "$work/moved.db" "$back" 2>/dev/null
if [ $? -eq 2 ]; then good; else wrong "a move onto tables is not refused"; fi
lap move

# Killed at one message to the server and started again, and so on until it is through.
release=build/release/upkeep # a sanitizer does not get on with the preloaded library
cc -O1 -shared -fPIC -o "$work/kill.so" tests/kill/kill.c -ldl || exit 2
whole=$(made whole ready)
cut=$(made cut ready)
timeout 60 env LD_PRELOAD="$work/kill.so" KILL_COUNT="$work/count" "$release" play --quiet --db "$whole" tests/kill/family.play \
    >/dev/null || wrong "the undisturbed play fails"
calls=$(cat "$work/count")
kills=0
for ((i = 1; i <= 24; i++)); do
    timeout 60 env LD_PRELOAD="$work/kill.so" KILL_AT=$((calls * (i + 5) / 100)) "$release" play --quiet --db "$cut" \
        tests/kill/family.play >/dev/null 2>&1
    [ $? -eq 137 ] && kills=$((kills + 1))
done
proves 60 "a play killed $kills times" "$release" play --quiet --db "$cut" tests/kill/family.play
rows "$whole" >"$work/whole"; rows "$cut" >"$work/cut"
same "a play killed $kills times has other rows" "$work/whole" "$work/cut"
if [ "$kills" -ge 8 ]; then good; else wrong "the play was killed $kills times of $calls messages only"; fi
lap "killed $kills times of 24"

wait $units
cat "$work/units"
lap "unit tests, the rest"
echo "postgres: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
