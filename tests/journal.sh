#!/bin/bash
# journal.sh: another program adds up our ledger.  Builds the demonstration, exports its journal and
# lets hledger work out every balance: of each account of each family and arrangement, in total, as
# at an earlier day and as known on one.  Then spoils the journal, and it must be noticed.
# Usage: tests/journal.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/upkeep}
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
db=$out/demo.db
journal=$out/demo.journal
last=2026-11-22 # the demonstration's day
then=2026-03-31
pass=0; fail=0
check() { # NAME COMMAND...
    local name=$1; shift
    if "$@" >"$out/said" 2>&1; then pass=$((pass + 1)); else
        fail=$((fail + 1)); echo "journal: $name"; head -n 20 "$out/said"
    fi
}
fails() { ! "$@"; }

# What hledger has: reference,arrangement,account,balance with debits positive.
theirs() { # JOURNAL OPTION...
    hledger -f "$1" balance --flat --no-total --output-format csv "${@:2}" | sed -n '2,$p' | tr -d '"£' |
        awk -F, '{ n = split($1, a, ":"); printf "%s,%s,%s,%s\n", a[3], (n > 3 ? a[4] : ""), a[2], $2 }' | sort
}
# What we have, with the same sign.
ours() { # OPTION...
    "$upkeep" balance --db "$db" --accounts --csv "$@" | sed 1d |
        awk -F, '{ if ($4 == "credit" && sub(/^-/, "", $5) == 0) $5 = "-" $5
                   printf "%s,%s,%s,%s\n", $1, $2, $3, $5 }' | sort
}
same() { # JOURNAL HLEDGER-OPTION -- OPTION...
    local file=$1 day=$2; shift 2
    theirs "$file" ${day:+$day} >"$out/theirs" && ours "$@" >"$out/ours" && [ -s "$out/ours" ] &&
        diff "$out/ours" "$out/theirs"
}
totals() {
    hledger -f "$journal" balance -2 --flat --no-total --output-format csv | sed -n '2,$p' | tr -d '"£' |
        awk -F'[:,]' '{ print $2 "," $3 }' | sort >"$out/theirs"
    ours --as-at $last --known-on $last |
        awk -F, '{ sub(/\./, "", $4); sum[$3] += $4 }
                 END { for (a in sum) if (sum[a]) {
                           p = sum[a] < 0 ? -sum[a] : sum[a]
                           printf "%s,%s%d.%02d\n", a, sum[a] < 0 ? "-" : "", int(p / 100), p % 100 } }' |
        sort >"$out/ours"
    [ -s "$out/ours" ] && diff "$out/ours" "$out/theirs"
}
no_name() { # of anybody in the database is in the journal
    sqlite3 "$db" "SELECT DISTINCT family FROM person" >"$out/names" && [ -s "$out/names" ] &&
        ! grep -wFf "$out/names" "$journal"
}
# The nth transaction taken out.
without() { # N
    awk -v want="$1" '/^[0-9]/ && !/The balances as/ { n++; skip = n == want } /^$/ { skip = 0 } !skip' "$journal"
}
unsaid() { sed '/The balances as the service has them/,/^$/d' "$1"; }

demo/make "$db" "$upkeep" >"$out/made" 2>&1 || { tail -n 5 "$out/made"; exit 2; }
"$upkeep" export journal --db "$db" >"$journal" || exit 2
"$upkeep" export journal --db "$db" --until $then >"$out/then" || exit 2
check "hledger finds fault with it" hledger -f "$journal" check --strict
check "hledger's balances are not ours" same "$journal" "" --as-at $last --known-on $last
check "the totals of the accounts differ" totals
check "as at $then hledger's are not ours" same "$out/then" "" --as-at $then --known-on $last
check "hledger finds fault with what stops at $then" hledger -f "$out/then" check --strict
check "as known on $then hledger's are not ours" \
    same <(unsaid "$journal") "--date2 --end=$(date -d "$then + 1 day" +%F)" --as-at $last --known-on $then
check "a second export differs" cmp "$journal" <("$upkeep" export journal --db "$db")
check "it names somebody" no_name
"$upkeep" export journal --db "$db" --anonymous >"$out/anonymous"
check "anonymous, but with a reference number" fails grep -E '[0-9]{12}' "$out/anonymous"
check "hledger finds fault with the anonymous one" hledger -f "$out/anonymous" check --strict
ref=$(grep -oE '[0-9]{12}' "$journal" | head -1)
"$upkeep" export journal --db "$db" --case "$ref" >"$out/case"
check "one family's journal is not its part of the whole" diff -B <(sed -n '/^; ----/,$p' "$out/case") \
    <(awk -v from="; ---- $ref" '/^; ----/ { on = $0 == from } on' "$journal")
check "an unknown reference exports something" fails "$upkeep" export journal --db "$db" --case 000000000000

rows=$(grep -cE '^[0-9]' "$journal")
for n in 1 $((rows / 3)) $((rows - 200)); do
    without "$n" >"$out/spoilt"
    check "transaction $n taken out is not noticed by the journal's own assertions" \
        fails hledger -f "$out/spoilt" check
    unsaid "$out/spoilt" >"$out/unsaid"
    check "without transaction $n hledger reads no journal" hledger -f "$out/unsaid" check
    check "transaction $n taken out leaves hledger's balances as ours" \
        fails same "$out/unsaid" "" --as-at $last --known-on $last
done
sed '0,/£518.87/s//£518.88/' "$journal" >"$out/spoilt"
check "a penny more in one place is not noticed" fails hledger -f "$out/spoilt" check
echo "journal: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
