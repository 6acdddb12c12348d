#!/bin/bash
# caseload.sh: a generated caseload is complete enough for files: payments out, Direct Debit,
# employers' schedules.  What each file must hold is worked out here from the database by other
# means.  And a making that is killed anywhere comes out the same.
# CASELOAD_SEED=n chooses it.  Usage: tests/caseload.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/release/upkeep}
seed=${CASELOAD_SEED:-$((RANDOM % 1000))}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
unset UPKEEP_DB
db=$work/caseload.db
pass=0; fail=0
good() { pass=$((pass + 1)); }
wrong() { fail=$((fail + 1)); echo "caseload (CASELOAD_SEED=$seed): $*"; cat "$work/said"; }
# A command that must succeed, on the caseload; what it says is kept.
runs() { if timeout 120 "$upkeep" "$@" --db "$db" >"$work/said" 2>&1; then good; else wrong "$* failed"; fi; }
says() { if grep -qF -e "$1" "$work/said"; then good; else wrong "not said: $1"; fi; }
ask() { sqlite3 "$db" "$1"; }
# Two numbers that must be equal, and not zero.
equal() { if [ "$1" = "$2" ] && [ "${1:-0}" != 0 ]; then good; else wrong "$3: $1 and $2"; fi; }
next() { ask "SELECT date('2026-10-01', '+$1 days')"; }

runs generate --quiet --arrangements 227 --seed "$seed"
runs check; says "all of it holds."

# ---- killed anywhere, it goes on: the records are the same
cut=$work/cut.db
for i in 1 2 3 4 5 6; do
    timeout -s KILL "0.$((RANDOM % 5))$((RANDOM % 9 + 1))" "$upkeep" generate --quiet --arrangements 227 --seed "$seed" --db "$cut" \
        >/dev/null 2>&1
done 2>/dev/null # the shell tells of each kill
timeout 120 "$upkeep" generate --quiet --arrangements 227 --seed "$seed" --db "$cut" >"$work/said" 2>&1 || wrong "it does not go on"
if cmp -s <(ask .dump) <(sqlite3 "$cut" .dump); then good; else wrong "killed and started again it is another caseload"; fi

# ---- ten years: books closed in memory as a life goes on, and opened for what is about the past
long=$work/long.db
timeout 120 "$upkeep" generate --quiet --arrangements 97 --years 10 --seed "$seed" --db "$long" >"$work/said" 2>&1 || wrong "no ten years"
timeout 120 "$upkeep" check --db "$long" >"$work/said" 2>&1; says "all of it holds."

# ---- who has what, beside the method of payment
collected="SELECT DISTINCT f.pp FROM fact f WHERE f.kind = 'service' AND f.known_to > 9000000000000000000
    AND f.value = 'collect_and_pay' AND f.valid_from <= 20726 AND f.valid_to > 20726"
by() { echo "SELECT count(DISTINCT m.pp) FROM fact m WHERE m.kind = 'pay_method' AND m.value = '$1' AND m.pp IN ($collected)"; }
equal "$(ask "SELECT count(*) FROM instruction WHERE state = 'asked'")" "$(ask "$(by direct_debit)")" "instructions and payers by Direct Debit"
equal "$(ask "SELECT count(*) FROM earnings_order")" \
    "$(ask "$(by earnings) AND EXISTS (SELECT 1 FROM award w JOIN decision d ON d.pp = w.pp AND d.id = w.decision
        WHERE w.pp = m.pp AND w.weekly > 0 AND d.known_to > 9000000000000000000 AND d.id =
            (SELECT x.id FROM decision x WHERE x.pp = m.pp AND x.known_to > 9000000000000000000 AND x.effective_from <= 20727
             ORDER BY x.effective_from DESC, x.id DESC LIMIT 1))")" "orders and payers from earnings"

# ---- payments out
runs pay --user 654321 --account "99-00-01 12345678 MAINTENANCE SERVICE"
runs generate --bank-file 2026-10-01 --through 2026-10-31 --out "$work/october.xml"
runs receive --today 2026-10-31 "$work/october.xml"; says " 0 bad"
runs day --quiet --today 2026-10-31
# What is held for receiving parents (account 6), and whether they have an account.
held="SELECT e.pp, e.arrangement, sum(CASE WHEN credit = 6 THEN amount ELSE 0 END) - sum(CASE WHEN debit = 6 THEN amount ELSE 0 END) AS held
    FROM entry e WHERE (e.debit = 6 OR e.credit = 6) AND e.arrangement > 0 GROUP BY e.pp, e.arrangement HAVING held > 0"
has="SELECT 1 FROM arrangement a JOIN fact b ON b.pp = a.pp AND b.subject = a.rp AND b.kind = 'bank_account' WHERE a.pp = h.pp AND a.id = h.arrangement"
payable=$(ask "SELECT count(*) FROM ($held) h WHERE EXISTS ($has)")
kept=$(ask "SELECT count(*) FROM ($held) h WHERE NOT EXISTS ($has)")
timeout 120 "$upkeep" pay --today 2026-10-31 --out "$work/out.bacs" --db "$db" >"$work/said" 2>&1
equal $(($? + 1)) $((kept > 0 ? 2 : 1)) "the exit status of pay, which tells what is kept back"
says ": $payable payments, "
[ "$kept" = 0 ] || says "$kept kept back"
equal "$(grep -c '^99[0-9]\{4\}[0-9]\{8\}099990001' "$work/out.bacs")" "$payable" "records of credits in the file"

# ---- Direct Debit: lodged, notice given, collected; the bank's file leaves it out
mandates=$(ask "SELECT count(*) FROM instruction")
runs collect --today 2026-10-31 --out "$work/lodge.bacs"; says "$mandates instructions lodged"
runs generate --bank-file 2026-11-01 --through 2026-12-20 --out "$work/later.csv"
equal "$(ask "SELECT count(*) FROM instruction WHERE state = 'lodged'")" "$mandates" "instructions lodged"
collections=0
for n in 45 50 55 60 65 70; do
    day=$(next $n)
    runs day --quiet --today "$day"; runs collect --today "$day" --out "$work/$day.bacs"
    n=$(sed -n 's/^\([0-9]*\) collections.*/\1/p' "$work/said"); collections=$((collections + ${n:-0}))
done
equal "$(ask "SELECT count(*) FROM payment WHERE kind IN (4, 5) AND amount > 0")" \
    "$(ask "SELECT sum(number) - $mandates FROM pay_batch WHERE kind = 2")" "collections and what the files count"
runs day --quiet --today 2026-12-20
equal "$(ask "SELECT count(*) FROM receipt WHERE bank_ref LIKE 'direct-debit/DD %'")" \
    "$(ask "SELECT count(*) FROM payment WHERE kind IN (4, 5) AND amount > 0 AND processing <= 20807")" "collections booked"
lodged="SELECT sort_code || account FROM instruction"
due=$(ask "$lodged" | sort -u | grep -F -f - "$work/later.csv" | grep -c '/2026-1[12]-')
if [ "$due" = 0 ]; then good; else wrong "$due lines of the bank are of what is collected by Direct Debit"; fi

# ---- an employer's schedule
runs orders rates --today 2026-12-20 --out "$work/rates.csv"
equal "$(tail -n +2 "$work/rates.csv" | wc -l)" "$(ask "SELECT count(*) FROM earnings_order")" "rates and orders"
employer=$(tail -n +2 "$work/rates.csv" | cut -d, -f1 | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
awk -F, -v who="$employer" 'BEGIN { print "record,employer reference,month,employee reference,national insurance number,pay date,period,net pay,normal deduction,deducted,reason" }
    $1 == who { printf "payment,%s,2026-12,%s,,2026-12-18,monthly,,%s,%s,\n", who, $2, $9, $9; sum += $9 }
    END { printf "total,%s,2026-12,,,,,,,%.2f,\n", who, sum }' "$work/rates.csv" >"$work/schedule.csv"
people=$(grep -c ^payment "$work/schedule.csv")
runs receive --today 2026-12-20 --employer "$work/schedule.csv"
equal "$(ask "SELECT count(*) FROM announced WHERE sender = '$employer'")" "$people" "deductions announced"
runs employers --today 2026-12-20; says "$employer"

runs check; says "all of it holds."
echo "caseload: $pass passed, $fail failed"
[ $fail -eq 0 ]
