#!/bin/bash
# day.sh: the day's run as an operator has it: catching up gives what daily running gives; two at once
# are safe; a case that fails or crashes is set aside and the rest goes on; the line stops; the night's
# proof finds rows that were removed, changed or doubled; a full disk and a locked database lose nothing.
# DAY_SEED=n chooses the caseload.  Usage: tests/day.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/release/upkeep}
seed=${DAY_SEED:-$((RANDOM % 1000))}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
unset UPKEEP_DB
pass=0; fail=0
good() { pass=$((pass + 1)); }
wrong() { fail=$((fail + 1)); echo "day (DAY_SEED=$seed): $*"; cat "$work/said" 2>/dev/null; }
# Everything but the clocks of the jobs.
dump() { sqlite3 "$1" .dump | grep -v -e '^INSERT INTO job' -e '^INSERT INTO line_stop'; }
same() { if cmp -s <(dump "$1") <(dump "$2"); then good; else wrong "$3"; diff <(dump "$1") <(dump "$2") | head -n 5; fi; }
day() { timeout 120 "$upkeep" day --db "$1" --until "$2" "${@:3}" >"$work/said" 2>&1; }
expect() { local want=$1 got; shift; "$@"; got=$?; if [ $got -eq "$want" ]; then good; else wrong "$* ended with $got, not $want"; fi; }
says() { if grep -qF -e "$1" "$work/said"; then good; else wrong "not said: $1"; fi; }
change() { sqlite3 "$1" "$2"; }
fresh() { rm -f "$work/$1".db*; sqlite3 "$work/base.db" "VACUUM INTO '$work/$1.db'"; }

# A caseload of which something comes in: some seeds have nearly no family that is collected from.
while :; do
    "$upkeep" generate --quiet --arrangements 40 --seed "$seed" --until 2026-01-20 --db "$work/base.db" 2>/dev/null ||
        { echo "day: no caseload"; exit 2; }
    "$upkeep" generate --bank-file 2026-01-21 --through 2026-02-02 --out "$work/all.xml" --db "$work/base.db" >/dev/null 2>&1
    [ "$(grep -c '<Ntry>' "$work/all.xml")" -ge 8 ] && break
    rm -f "$work/base.db"*; seed=$((seed + 1))
done

# ---- daily, with gaps, with payments on days that nobody ran
# Payments of a bank file of each day; the gaps are where nobody runs the day.
for d in 21 22 23 24 25 26 27 28 29 30 31; do
    "$upkeep" generate --bank-file 2026-01-$d --out "$work/$d.xml" --db "$work/base.db" >/dev/null 2>&1
done
fresh daily; fresh gaps; fresh one
expect 0 day "$work/daily.db" 2026-01-20; expect 0 day "$work/gaps.db" 2026-01-20
for d in 21 22 23 24 25 26 27 28 29 30 31; do
    for db in daily gaps; do
        "$upkeep" receive --db "$work/$db.db" --today 2026-01-$d "$work/$d.xml" >/dev/null 2>"$work/said" ||
            wrong "the payments of $d"
    done
    expect 0 day "$work/daily.db" 2026-01-$d
    case $d in 24 | 30) expect 0 day "$work/gaps.db" 2026-01-$d ;; esac
done
expect 0 day "$work/gaps.db" 2026-01-31
# Each file is a statement of its own, and each begins where the one before ended.
if [ "$(sqlite3 "$work/daily.db" "SELECT count(*), count(DISTINCT opening) > 1 FROM bank_statement")" = "11|1" ]; then good; else wrong "not eleven statements with balances"; fi
# The book is kept by writing, so its rows are cut otherwise; what it adds up to is proved.
rows() { sqlite3 "$1" .dump | grep -e '^INSERT INTO e' -e '^INSERT INTO missed' -e '^INSERT INTO family' -e '^INSERT INTO night' -e '^INSERT INTO instalment' -e '^INSERT INTO receipt' | sort; }
if cmp -s <(rows "$work/daily.db") <(rows "$work/gaps.db"); then good; else wrong "gaps differ from daily running"; diff <(rows "$work/daily.db") <(rows "$work/gaps.db") | head -n 5; fi
expect 0 "$upkeep" check --db "$work/gaps.db" >/dev/null
"$upkeep" generate --bank-file 2026-02-01 --out "$work/next.xml" --db "$work/daily.db" >/dev/null 2>&1
"$upkeep" receive --db "$work/daily.db" --today 2026-02-01 "$work/next.xml" >/dev/null 2>&1
if [ "$(sqlite3 "$work/daily.db" "SELECT count(*) FROM bank_statement b JOIN bank_statement a ON a.place = b.place - 1 WHERE b.place = 12 AND b.opening = a.closing")" = 1 ]; then good; else wrong "the twelfth statement does not go on from the eleventh"; fi

# ---- two at once, in small chunks
fresh two
day "$work/two.db" 2026-02-20 --chunk 1 & first=$!
timeout 120 "$upkeep" day --db "$work/two.db" --until 2026-02-20 --chunk 1 >"$work/other" 2>&1; second=$?
wait $first
if [ $? -eq 0 ] && [ $second -eq 0 ]; then good; else wrong "two at once: $(cat "$work/other")"; fi
expect 0 day "$work/one.db" 2026-02-20
if cmp -s <(rows "$work/one.db") <(rows "$work/two.db"); then good; else wrong "two at once differ from one"; fi
expect 0 "$upkeep" check --db "$work/two.db" >/dev/null

# ---- a case broken on purpose: a row carried forward is gone; its head makes the program crash
fresh aside
pp=$(sqlite3 "$work/aside.db" "SELECT pp FROM family WHERE pp > 0 AND look <= 20498 AND entry_closed > 0 AND carried > 0 ORDER BY pp LIMIT 1")
crash=$(sqlite3 "$work/aside.db" "SELECT pp FROM family WHERE pp > 0 AND pp <> $pp AND look <= 20498 ORDER BY pp LIMIT 1")
change "$work/aside.db" "UPDATE carried SET pp = -pp WHERE pp = $pp AND id = 1"
change "$work/aside.db" "UPDATE family SET hash = x'00' WHERE pp = $crash"
day "$work/aside.db" 2026-02-14; status=$?
if [ $status -eq 1 ]; then good; else wrong "broken cases: the run ended with $status, not 1"; fi
"$upkeep" set-aside --db "$work/aside.db" >"$work/said"
if [ "$(wc -l <"$work/said")" -eq 2 ]; then good; else wrong "two cases should be set aside"; fi
says "rows carried forward"; says "hash.n == sizeof"
others() { sqlite3 "$1" .dump | grep '^INSERT INTO entry' | grep -v -e "VALUES($pp," -e "VALUES($crash,"; }
fresh sound; expect 0 day "$work/sound.db" 2026-02-14
if cmp -s <(others "$work/sound.db") <(others "$work/aside.db"); then good; else wrong "the rest did not go on"; fi
"$upkeep" status --db "$work/aside.db" >"$work/said"; says "Set aside: 2"
# mended and put back, it is as if nothing had been but the days
ref=$(sqlite3 "$work/aside.db" "SELECT ref FROM person WHERE pp = $pp AND id = $pp")
change "$work/aside.db" "UPDATE carried SET pp = -pp WHERE pp < 0"
expect 0 "$upkeep" set-aside --db "$work/aside.db" --return "$ref" --today 2026-02-15
expect 2 "$upkeep" set-aside --db "$work/aside.db" --return "$ref" --today 2026-02-15 2>"$work/said"; says "not set aside"
day "$work/aside.db" 2026-02-15
if [ "$(sqlite3 "$work/aside.db" "SELECT count(*) FROM event WHERE pp = $pp AND verb = 'put back'")" = 1 ]; then good; else wrong "no event says it was put back"; fi

# ---- the line
fresh stop
expect 0 "$upkeep" stop --db "$work/stop.db" --reason "the bank rang."
expect 2 day "$work/stop.db" 2026-02-01; says "the bank rang."
expect 2 "$upkeep" receive --db "$work/stop.db" --today 2026-01-21 "$work/21.xml" >"$work/said" 2>&1; says "the bank rang. \`upkeep go\`"
expect 2 "$upkeep" receive --employer --db "$work/stop.db" --today 2026-01-21 tests/employer/good.csv >"$work/said" 2>&1; says "the bank rang."
expect 2 "$upkeep" receive --benefit --db "$work/stop.db" --today 2026-01-21 tests/employer/benefit-good.csv >"$work/said" 2>&1; says "the bank rang."
expect 2 "$upkeep" collect --db "$work/stop.db" --today 2026-01-21 --out "$work/out" >"$work/said" 2>&1; says "the bank rang."
expect 2 "$upkeep" pay --db "$work/stop.db" --today 2026-01-21 --out "$work/out" >"$work/said" 2>&1; says "the bank rang."
expect 2 "$upkeep" stop --db "$work/stop.db" --reason "again" 2>/dev/null
"$upkeep" status --db "$work/stop.db" >"$work/said"; says "STOPPED"
"$upkeep" status --json --db "$work/stop.db" >"$work/said"; says '"reason": "the bank rang"'
expect 0 "$upkeep" go --db "$work/stop.db"
expect 0 day "$work/stop.db" 2026-02-01

# ---- the night's proof: what was written since the last proof is removed, changed, doubled
n=0
while read -r sql; do
    n=$((n + 1))
    fresh proof
    day "$work/proof.db" 2026-02-01
    "$upkeep" receive --db "$work/proof.db" --today 2026-02-02 "$work/all.xml" >/dev/null 2>&1
    change "$work/proof.db" "$sql"
    if [ "$(sqlite3 "$work/proof.db" "SELECT count(*) FROM entry WHERE recorded = 20486")" = 0 ]; then wrong "nothing came in"; fi
    day "$work/proof.db" 2026-02-02; status=$?
    if [ $status -eq 3 ]; then good; else wrong "not found by night ($status): $sql"; fi
    "$upkeep" status --db "$work/proof.db" >"$work/said"; says "STOPPED by day"
    expect 2 day "$work/proof.db" 2026-02-03
done <<'END'
DELETE FROM entry WHERE recorded = 20486 AND reason = 10 AND id = (SELECT min(id) FROM entry WHERE recorded = 20486 AND reason = 10)
UPDATE entry SET amount = amount + 100 WHERE recorded = 20486 AND reason = 10
UPDATE entry SET amount = amount - 1 WHERE recorded = 20486 AND reason = 11
UPDATE book SET amount = amount + 1 WHERE day = 20486 AND reason = 10
DELETE FROM book WHERE day = 20486 AND reason = 11
UPDATE receipt SET amount = amount + 1 WHERE event IN (SELECT seq FROM event e WHERE e.pp = receipt.pp AND e.day = 20486)
INSERT INTO bank_statement VALUES ('X', 'a', 1, 20486, 0, 100, 0, 0, 0, 100, 0), ('X', 'b', 2, 20486, 101, 200, 0, 0, 0, 99, 0)
INSERT INTO bank_statement VALUES ('X', 'a', 1, 20486, 0, 100, 100, 0, 0, 0, 0)
UPDATE bank_statement SET closing = closing + 1
UPDATE bank_booked SET amount = amount + 1 WHERE day = 20486
UPDATE receipt SET bank_ref = 'X' || bank_ref WHERE event IN (SELECT seq FROM event e WHERE e.pp = receipt.pp AND e.day = 20486)
END

# ---- a statement that was read and whose day was not run yet: said so, not as a sum below nothing
"$upkeep" init --db "$work/read.db" 2>/dev/null
"$upkeep" receive --db "$work/read.db" --today 2026-11-22 tests/feed/good-08.xml >/dev/null
"$upkeep" status --db "$work/read.db" >"$work/said"; says "The ledger was not held against the bank yet"
if grep -q "[+] -" "$work/said"; then wrong "received below nothing"; else good; fi

# ---- the bank's proof, term by term: a payment of ours, the same once more, a charge, money in
bank=$work/bank.db
"$upkeep" play --quiet --db "$bank" tests/scenario/payments-by-file.play >/dev/null || wrong "no payments by file"
expect 0 day "$bank" 2025-04-01
"$upkeep" status --db "$bank" >"$work/said"; says "- £322.56 paid out and not yet seen at the bank"
"$upkeep" bank --db "$bank" --today 2025-04-10 >"$work/said"
says "Paid out, and seen on no statement: 322.56"; says "2025-03-06     35 days          322.56  file of payments  UPKEEP CM 000005"
says "-322.56  payment that came back  P2-1-1  ARUCS: account closed"; says "Received, and on no statement: 806.40"
"$upkeep" bank --db "$bank" --today 2025-04-10 --csv >"$work/said"; says "in,receipt,2025-03-03,38,403.20,play/payments-by-file/7,1,M WEBB"
for time in first second; do
    "$upkeep" receive --db "$bank" --today 2025-04-02 tests/bank/paid.xml >/dev/null 2>"$work/said" || wrong "the statement"
    sqlite3 "$bank" "SELECT * FROM bank_statement; SELECT * FROM bank_booked; SELECT * FROM payment_seen" >"$work/$time"
done
if cmp -s "$work/first" "$work/second"; then good; else wrong "the same statement twice changed something"; fi
expect 0 day "$bank" 2025-04-02
"$upkeep" status --db "$bank" >"$work/said"
says "At the bank by the ledger: £533.84"; says "= -£596.62 moved on 1 statement"
says "+ £324.06 on statements and not booked"; says "+ £806.40 received, and on no statement with balances"
"$upkeep" bank --db "$bank" --today 2025-04-10 >"$work/seen"
if grep -q "Paid out, and seen on no statement: 0.00" "$work/seen" && ! grep -q "UPKEEP CM 000005" "$work/seen"; then good; else wrong "what the statement shows is still listed"; fi
says "- £0.00 paid out and not yet seen at the bank"; says "+ £0.00 explained by nothing"
change "$bank" "UPDATE bank_statement SET receipts = receipts + 100, others = others - 100"
day "$bank" 2025-04-03; status=$?
if [ $status -eq 3 ]; then good; else wrong "a line that was never booked was not found ($status)"; fi
says "account GB33BUKB20201555555555 up to S1 have £1.00 of receipts that were never booked"
change "$bank" "UPDATE bank_statement SET receipts = receipts - 100, others = others + 100"
"$upkeep" go --db "$bank" >/dev/null
change "$bank" "UPDATE night SET amount = amount + 5 WHERE credit = (SELECT debit FROM book WHERE reason = 10 LIMIT 1)"
day "$bank" 2025-04-03; status=$?
if [ $status -eq 3 ]; then good; else wrong "money that nothing explains was not found ($status)"; fi
says "are explained by no statement"

# ---- a full disk, a locked database
fresh full
(ulimit -f 100; timeout 120 "$upkeep" day --db "$work/full.db" --until 2026-02-20 >"$work/said" 2>&1) 2>/dev/null
[ $? -ne 0 ] && good || wrong "a full disk was not noticed"
expect 0 day "$work/full.db" 2026-02-20
if cmp -s <(rows "$work/one.db") <(rows "$work/full.db"); then good; else wrong "after a full disk the cases differ"; fi
fresh lock; expect 0 day "$work/lock.db" 2026-01-20
(printf 'BEGIN IMMEDIATE;\n'; sleep 7; printf 'ROLLBACK;\n') | sqlite3 "$work/lock.db" &
sleep 0.3
expect 0 day "$work/lock.db" 2026-02-20
wait
if cmp -s <(rows "$work/one.db") <(rows "$work/lock.db"); then good; else wrong "after a lock the cases differ"; fi

echo "day: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
