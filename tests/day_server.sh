#!/bin/bash
# day_server.sh: the day's run on PostgreSQL: two runs of two workers each at once do what one does, and
# a run goes on when the server is restarted under it.  Usage: tests/day_server.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
[ -n "$UPKEEP_TEST_SERVER" ] || exec tests/with_postgres.sh "$0" "$@"
upkeep=${1:-build/release/upkeep}
pass=0; fail=0
good() { pass=$((pass + 1)); }
wrong() { fail=$((fail + 1)); echo "day_server: $*"; }
sql() { "$UPKEEP_TEST_PGBIN/psql" -qAtX "$UPKEEP_TEST_SERVER$1" -c "$2"; }
admin() { "$UPKEEP_TEST_PGBIN/psql" -qAtX "${UPKEEP_TEST_SERVER}postgres" -c "$1"; }
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
# the run waits for it and goes on by itself
timeout 400 "$upkeep" day --db "${UPKEEP_TEST_SERVER}gone" --until 2025-07-15 --chunk 1 2>"$UPKEEP_TEST_PG/said" & run=$!
for i in $(seq 500); do # until it has opened the database
    [ "$(admin "SELECT count(*) FROM pg_stat_activity WHERE datname = 'gone'")" = 0 ] || break
    kill -0 $run 2>/dev/null || break
    sleep 0.01
done
for pause in 0.05 0.5 1.5; do
    sleep $pause
    kill -0 $run 2>/dev/null && { pg restart -m immediate; restarts=$((restarts + 1)); }
done
wait $run; run=$?
if [ $run -eq 0 ] && [ "$restarts" ]; then good; else wrong "with the server restarted ${restarts:-0} times under it the run ended with $run: $(cat "$UPKEEP_TEST_PG/said")"; fi
if cmp -s <(rows one) <(rows gone); then good; else wrong "after the server came back the cases differ"; fi

# one of its processes is killed: the postmaster stays, ends all connections, recovers and goes on. What a
# lost commit came to may be unknown then; the run says so, and the next one goes on from there.
backend() { admin "SELECT pid FROM pg_stat_activity WHERE datname = 'crashed' AND backend_type = 'client backend' ORDER BY backend_start LIMIT 1" 2>/dev/null; }
crash() { # kills a backend of the database, if one comes
    local pid
    for i in $(seq 200); do
        pid=$(backend)
        [ -n "$pid" ] && kill -9 "$pid" 2>/dev/null && crashes=$((crashes + 1)) && return
        kill -0 $run 2>/dev/null || return
        sleep 0.01
    done
}
up_since=$(admin "SELECT pg_postmaster_start_time()")
crashes=0 unknown=0 ended=2
for try in 1 2 3 4; do # a quick run may be through before one is caught
    admin "DROP DATABASE IF EXISTS crashed"
    admin "CREATE DATABASE crashed TEMPLATE base"
    (timeout 300 "$upkeep" day --db "${UPKEEP_TEST_SERVER}crashed" --until 2025-07-15 --chunk 1 --workers 2 2>"$UPKEEP_TEST_PG/said") & run=$!
    for pause in 0.1 1.5 1.5; do
        sleep $pause
        crash
    done
    wait $run; ended=$?
    [ $crashes -eq 0 ] || break
done
while [ $ended -ne 0 ] && [ $unknown -lt 3 ] && grep -q "what became of it" "$UPKEEP_TEST_PG/said"; do
    unknown=$((unknown + 1))
    timeout 300 "$upkeep" day --db "${UPKEEP_TEST_SERVER}crashed" --until 2025-07-15 --chunk 1 2>"$UPKEEP_TEST_PG/said"; ended=$?
done
if [ $ended -eq 0 ] && [ $crashes -gt 0 ]; then good; else wrong "with $crashes crashes of a process of the server the run ended with $ended: $(cat "$UPKEEP_TEST_PG/said")"; fi
if [ "$(admin "SELECT pg_postmaster_start_time()")" = "$up_since" ]; then good; else wrong "the server was restarted, not one of its processes"; fi
if cmp -s <(rows one) <(rows crashed); then good; else wrong "after a crash of a process of the server the cases differ"; fi

# Connections that are lost at some message of each of a night's steps: the step goes on by itself, and
# leaves the same rows and the same file.
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cc -O1 -shared -fPIC -o "$work/kill.so" tests/kill/kill.c -ldl || exit 2
cat >"$work/march.csv" <<END
record,employer reference,month,employee reference,national insurance number,pay date,period,net pay,normal deduction,deducted,reason
payment,500000000017,2025-03,100000000123,QQ123456C,2025-03-28,monthly,1800.00,370.97,310.00,protected
total,500000000017,2025-03,,,,,,,310.00,
END
cat >"$work/bank.csv" <<END
date,amount,reference,payer name,payer account,remittance,type,original
2025-03-28,403.20,A1,M WEBB,12345612345678,nobody knows,credit,
2025-03-28,0.00,A2,M WEBB,12345612345678,not a payment,credit,
END
all_rows() { "$UPKEEP_TEST_PGBIN/pg_dump" --data-only --inserts "$UPKEEP_TEST_SERVER$1" | grep '^INSERT' | grep -v 'INTO public.job' | sed 's/_p[0-9][0-9] / /' | sort; }
step() { # NAME DATABASE OUT
    local db=$UPKEEP_TEST_SERVER$2
    case $1 in
    collect) "$upkeep" collect --db "$db" --today 2025-03-27 --out "$3" ;;
    bank) "$upkeep" receive --db "$db" --today 2025-03-28 "$work/bank.csv" ;;
    employer) "$upkeep" receive --employer --db "$db" --today 2025-03-31 "$work/march.csv" ;;
    day) "$upkeep" day --db "$db" --until 2025-04-01 --chunk 2 ;;
    pay) "$upkeep" pay --db "$db" --today 2025-04-01 --chunk 2 --out "$3" ;;
    esac
}
admin "CREATE DATABASE night"
"$upkeep" play --quiet --db "${UPKEEP_TEST_SERVER}night" tests/kill/night.play >/dev/null &&
    "$upkeep" day --db "${UPKEEP_TEST_SERVER}night" --until 2025-03-26 || exit 2
before=night
for s in collect bank employer day pay; do
    admin "CREATE DATABASE whole_$s TEMPLATE $before"
    LD_PRELOAD=$work/kill.so KILL_COUNT=$work/count step "$s" "whole_$s" "$work/whole" >"$work/whole.said" 2>&1
    status=$?
    calls=$(cat "$work/count")
    all_rows "whole_$s" >"$work/whole.rows"
    for at in $((calls / 3)) $((calls * 2 / 3)) $((calls - 3)) $((calls - 2)); do
        admin "CREATE DATABASE lost TEMPLATE $before"
        rm -f "$work/lost"
        LD_PRELOAD=$work/kill.so LOSE_AT=$at step "$s" lost "$work/lost" >"$work/said" 2>&1
        if [ $? -ne $status ] || [ "$s" = bank -a "$(grep -c bank.csv:3 "$work/said")" != 1 ]; then wrong "$s: the connection lost at message $at of $calls: $(cat "$work/said")"; else good; fi
        all_rows lost >"$work/lost.rows"
        if [ -s "$work/whole.rows" ] && cmp -s "$work/whole.rows" "$work/lost.rows"; then good; else wrong "$s: the connection lost at message $at of $calls, other rows: $(diff "$work/whole.rows" "$work/lost.rows" | head -5)"; fi
        if [ ! -e "$work/whole" ] || cmp -s "$work/whole" "$work/lost"; then good; else wrong "$s: the connection lost at message $at of $calls: another file"; fi
        admin "DROP DATABASE lost"
    done
    rm -f "$work/whole"
    before=whole_$s
done
echo "day_server: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
