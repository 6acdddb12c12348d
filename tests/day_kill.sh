#!/bin/bash
# day_kill.sh: the nights of a small service (tests/kill/night.play, decided.play), ended at random writes: files of
# collections and of payments, bank statements, an employer's schedule, the day's run with its workers.
# What was cut off is started again, and must end where an undisturbed run ends: the same database; of
# payments and collections, each in one file, and file and database agree (every other time they are
# started again on the next day only).
# At every third write the disk is full instead: a sentence says so, and when there is room it is started
# again (the day's run waits for room for some time, so there only from 500 points on, some).
# KILL_POINTS=n writes (100), KILL_SEED=n chooses them; KILL_AT=n is that one alone.
# Usage: tests/day_kill.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/release/upkeep}
points=${KILL_POINTS:-100}
seed=${KILL_SEED:=$((RANDOM % 30000))}
only=$KILL_AT
shards=$(nproc)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
unset UPKEEP_DB KILL_AT KILL_COUNT
cc -O1 -shared -fPIC -o "$work/kill.so" tests/kill/kill.c -ldl || exit 2
steps="collect receive employer day pay statement after"

# Everything but what tells the time; the parts of a job are cut where it was cut.
dump() { sqlite3 "$1" .dump | grep -v '^INSERT INTO job'; }
# What was sent and what is owed, whatever number its file has; without days when DAYS is 0.
sent() { # DATABASE DAYS
    sqlite3 "$1" "SELECT pp, kind, arrangement, amount, iif($2, processing, 0), iif($2 OR kind >= 4, due, 0), sort_code, account, name, reference FROM payment ORDER BY pp, kind, arrangement;
        SELECT pp, id, iif($2, recorded, 0), iif($2, day, 0), debit, credit, arrangement, amount, reason, instalment, receipt FROM entry ORDER BY pp, id;
        SELECT pp, state, sort_code, account, name FROM instruction ORDER BY pp, event;
        SELECT pp, due_from, amount FROM debit_notice ORDER BY pp, due_from"
}
ref() { sqlite3 "$work/base.db" "SELECT r.ref FROM reference r JOIN person p ON p.id = r.person WHERE p.given = '$1'"; }
words() { # NAME DATABASE [OUT [LATER]]: the command of a step
    local out=${3:-$2.out}
    case $1 in
    collect) echo "collect --db $2 --today 2025-03-2${4:-7} --out $out" ;;
    receive) echo "receive --db $2 --today 2025-03-28 $work/one.xml" ;;
    employer) echo "receive --employer --db $2 --today 2025-03-31 $work/march.csv" ;;
    day) echo "day --db $2 --until 2025-04-01 --chunk 2" ;;
    pay) echo "pay --db $2 --today 2025-04-0${4:-1} --chunk 2 --out $out" ;;
    statement) echo "receive --db $2 --today 2025-04-02 $work/two.xml" ;;
    after) echo "day --db $2 --until 2025-04-03 --chunk 2" ;;
    esac
}
step() { "$upkeep" $(words "$@"); }
is_file() { [ "$1" = collect ] || [ "$1" = pay ]; }
# A statement of lines "c or d, pounds, name, text, reference, end-to-end, returned".
statement() { # ID OPENING DAY
    local sum=$2 lines="" kind amount name text reference end returned party
    while IFS='|' read -r kind amount name text reference end returned; do
        sum=$(awk -v a="$sum" -v b="$amount" -v k="$kind" 'BEGIN { printf "%.2f", k == "c" ? a + b : a - b }')
        party=Dbtr; [ "$kind$returned" = d ] && party=Cdtr
        lines+="<Ntry><Amt Ccy=\"GBP\">$amount</Amt><CdtDbtInd>$([ "$kind" = c ] && echo CRDT || echo DBIT)</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>$3</Dt></BookgDt><AcctSvcrRef>$reference</AcctSvcrRef><BkTxCd><Prtry><Cd>PMNT</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>${end:-NOTPROVIDED}</EndToEndId></Refs><RltdPties><$party><Pty><Nm>$name</Nm></Pty></$party></RltdPties><RmtInf><Ustrd>$text</Ustrd></RmtInf>$returned</TxDtls></NtryDtls></Ntry>"
    done
    balance() { echo "<Bal><Tp><CdOrPrtry><Cd>$1</Cd></CdOrPrtry></Tp><Amt Ccy=\"GBP\">${2#-}</Amt><CdtDbtInd>$([ "${2#-}" = "$2" ] && echo CRDT || echo DBIT)</CdtDbtInd><Dt><Dt>$3</Dt></Dt></Bal>"; }
    echo "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>$1</MsgId><CreDtTm>$3T02:00:00</CreDtTm></GrpHdr><Stmt><Id>$1</Id><CreDtTm>$3T02:00:00</CreDtTm><Acct><Id><Othr><Id>99000000000009</Id></Othr></Id><Ccy>GBP</Ccy></Acct>$(balance OPBD "$2" "$3")$(balance CLBD "$sum" "$3")$lines</Stmt></BkToCstmrStmt></Document>"
    echo "$sum" >"$work/closing"
}

"$upkeep" play --quiet --db "$work/base.db" tests/kill/night.play >"$work/said" &&
    "$upkeep" day --db "$work/base.db" --until 2025-03-26 >>"$work/said" 2>&1 &&
    "$upkeep" play --quiet --db "$work/base.db" tests/kill/decided.play >>"$work/said" || { cat "$work/said"; exit 2; }
statement N1 0.00 2025-03-28 >"$work/one.xml" <<END
c|403.20|M WEBB|$(ref Marcus)|A1||
c|100.00|K MOSS|$(ref Karl)|A2|E2|
c|55.00|SOMEBODY|wages|A3||
c|273.00|H VANE|$(ref Hugo)|A4||
c|310.00|WORKS LTD|QQ123456C|A5||
END
cat >"$work/march.csv" <<END
record,employer reference,month,employee reference,national insurance number,pay date,period,net pay,normal deduction,deducted,reason
payment,500000000017,2025-03,100000000123,QQ123456C,2025-03-28,monthly,1800.00,370.97,310.00,protected
payment,500000000017,2025-03,100000000131,QQ222222B,2025-03-28,monthly,1800.00,20.00,20.00,
total,500000000017,2025-03,,,,,,,330.00,
END

# --- undisturbed: each step's database before and after, and how many writes it has
cp "$work/base.db" "$work/whole.db"
all=0; from=()
for s in $steps; do
    if [ "$s" = statement ]; then
        paid=$(sqlite3 "$work/whole.db" "SELECT printf('%.2f', amount / 100.0) FROM pay_batch WHERE kind = 1 AND number > 0")
        taken=$(sqlite3 "$work/whole.db" "SELECT id || '|' || printf('%.2f', amount / 100.0) FROM pay_batch WHERE kind = 2 AND amount > 0")
        statement N2 "$(cat "$work/closing")" 2025-04-02 >"$work/two.xml" <<END
c|${taken#*|}|UPKEEP|UPKEEP DD $(printf %06d "${taken%|*}")|B1||
d|$paid|UPKEEP|UPKEEP CM $(sqlite3 "$work/whole.db" "SELECT printf('%06d', id) FROM pay_batch WHERE kind = 1 AND number > 0")|B2||
d|100.00|K MOSS|refer to drawer|B3|A2|<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>
d|1.50|BANK|charges|B4||
END
    fi
    cp "$work/whole.db" "$work/$s.db"
    KILL_COUNT=$work/count LD_PRELOAD=$work/kill.so step "$s" "$work/whole.db" "$work/$s.whole" >"$work/said" 2>&1
    status=$?
    [ $status -le 1 ] || { echo "day_kill: $s fails undisturbed ($status):"; cat "$work/said"; exit 2; }
    from+=("$all:$s"); all=$((all + $(cat "$work/count")))
    dump "$work/whole.db" >"$work/$s.sql"
    sent "$work/whole.db" 1 >"$work/$s.sent1"; sent "$work/whole.db" 0 >"$work/$s.sent0"
done
[ "$(sqlite3 "$work/whole.db" "SELECT count(*) FROM step WHERE machine = 'sample'")" = 1 ] ||
    { echo "day_kill: no decision is picked"; exit 2; }
[ -n "$taken" ] && [ "$paid" != "" ] || { echo "day_kill: nothing is paid or collected"; exit 2; }
"$upkeep" check --db "$work/whole.db" >"$work/said" || { cat "$work/said"; exit 2; }

# --- cut off
# Started again until nothing is left to send: then every payment of the database is in one file there
# is, and every file is as the database has it.
finish_file() { # NAME DATABASE LATER
    local k said status later=1
    [ "$1" = collect ] && later=7
    for k in 1 2 3 4; do
        said=$(step "$1" "$2" "$2.file$k" $((later + $3)) 2>&1); status=$?
        [ $status -le 1 ] || { echo "$said"; return 1; }
        case $said in *"cut off"*) ;; *"made before"* | *"nothing to"*) break ;; esac
    done
    sent "$2" $((1 - $3)) | diff - "$work/$1.sent$((1 - $3))" | head -n 4 | grep . && return 1
    diff <(sqlite3 "$2" "SELECT digest FROM pay_batch WHERE number > 0 AND kind = $([ "$1" = pay ] && echo 1 || echo 2) AND made >= 20174" | sort) \
        <(sha256sum "$2".file? "$2".out 2>/dev/null | cut -d ' ' -f 1 | sort -u) || return 1
    "$upkeep" check --db "$2" || return 1
}
cut_off() { # WRITE DATABASE: prints what is wrong
    local s at=$1 f status later=$(($1 % 2)) third=$(($1 % 3)) how=KILL_AT
    for f in "${from[@]}"; do [ "${f%%:*}" -lt "$1" ] && { s=${f#*:}; at=$(($1 - ${f%%:*})); }; done
    rm -f "$2"*; cp "$work/$s.db" "$2"
    case $s in day | after) [ "$points" -ge 500 ] && third=$(($1 % 60)) || third=1 ;; esac
    [ $third -eq 0 ] && how=FULL_AT
    env LD_PRELOAD="$work/kill.so" "$how=$at" "$upkeep" $(words "$s" "$2") >"$2.said" 2>&1
    status=$?
    if [ $how = KILL_AT ]; then
        [ $status -eq 137 ] || { echo "$s: not ended (status $status)"; return; }
    elif [ $status -gt 1 ] && ! grep -q -e "No room is left" -e "No space left" "$2.said"; then
        echo "$s, full from write $at of it on (status $status):"; cat "$2.said"; return
    fi
    if is_file "$s"; then
        finish_file "$s" "$2" $later >"$2.said" 2>&1 || { echo "$s, write $at of it:"; cat "$2.said"; }
        return
    fi
    step "$s" "$2" >"$2.said" 2>&1
    status=$?
    [ $status -le 1 ] || { echo "$s, write $at of it: started again it fails ($status):"; cat "$2.said"; return; }
    dump "$2" | cmp -s - "$work/$s.sql" || { echo "$s, write $at of it: the database is another one"; dump "$2" | diff - "$work/$s.sql" | head -n 4; }
}
shard() { # which
    local n=0 at said pass=0 fail=0
    while read -r at; do
        n=$((n + 1))
        [ $((n % shards)) -eq "$1" ] || continue
        said=$(cut_off "$at" "$work/cut$1.db")
        if [ -z "$said" ]; then pass=$((pass + 1)); else
            fail=$((fail + 1)); echo "day_kill: KILL_AT=$at KILL_SEED=$seed: $said"
        fi
    done <"$work/points"
    echo "$pass $fail" >"$work/result$1"
}
if [ -n "$only" ]; then echo "$only" >"$work/points"; else
    awk -v seed="$seed" -v n="$points" -v all="$all" 'BEGIN { srand(seed); for (i = 0; i < n; i++) print int(rand() * all) + 1 }' >"$work/points"
fi
for ((i = 0; i < shards; i++)); do shard $i & done 2>/dev/null
wait
# --- two files of payments made at once: each payment is in one of them, whatever each had got to
if [ -z "$only" ]; then
    # and neither takes the other's for one that was cut off
    good=0; bad=0
    for i in 1 2 3 4 5; do
        rm -f "$work"/two.db*; cp "$work/pay.db" "$work/two.db"
        step pay "$work/two.db" "$work/two.db.filea" >"$work/saida" 2>&1 &
        step pay "$work/two.db" "$work/two.db.fileb" >"$work/saidb" 2>&1
        wait
        if ! grep -q "cut off" "$work/saida" "$work/saidb" && finish_file pay "$work/two.db" 0 >"$work/said" 2>&1; then good=$((good + 1)); else
            bad=$((bad + 1)); echo "day_kill: two files at once:"; cat "$work/saida" "$work/saidb" "$work/said"
        fi
    done
    echo "$good $bad" >"$work/result.two"
fi
read -r pass fail < <(cat "$work"/result* | awk '{ p += $1; f += $2 } END { print p + 0, f + 0 }')
echo "day_kill (KILL_SEED=$seed, $all writes: ${from[*]}): $pass passed, $fail failed"
[ "$fail" -eq 0 ] && [ $((pass + fail)) -gt 0 ]
