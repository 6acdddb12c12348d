#!/bin/bash
# cli.sh: the contract of the program: what it takes, what goes to which output, the exit status of
# each command on good and bad calls.  The refusals of assess are the table tests/cli/refused.txt.
# Usage: tests/cli.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/upkeep}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
unset UPKEEP_DB
pass=0; fail=0
out=$work/out; err=$work/err; db=$work/family.db
wrong() { fail=$((fail + 1)); echo "cli: $*"; head -n 3 "$out" "$err"; }
state() { sqlite3 "$db" .dump | cksum; }

# call STATUS ARGUMENTS...: the program ends so.  Standard input is $in.
call() {
    local status=$1 got
    shift
    "$upkeep" "$@" <"${in:-/dev/null}" >"$out" 2>"$err"; got=$?
    if [ "$got" -eq "$status" ]; then pass=$((pass + 1)); else wrong "$* ended with $got, not $status"; fi
}
# One sentence: the call before printed / said / printed or said nothing of the kind.
printed() { if grep -qF -e "$1" "$out"; then pass=$((pass + 1)); else wrong "not printed: $1"; fi; }
said() { if grep -qF -e "$1" "$err"; then pass=$((pass + 1)); else wrong "not said: $1"; fi; }
quiet() { if [ -s "$err" ]; then wrong "something was said"; else pass=$((pass + 1)); fi; }
nothing() { if [ -s "$out" ]; then wrong "something was printed"; else pass=$((pass + 1)); fi; }
# A wrong call: status 2, a sentence that begins with the command's name, nothing printed or changed.
refused() {
    local before
    before=$(state)
    call 2 "$@"; nothing
    said "upkeep $1: "
    if [ "$(state)" = "$before" ]; then pass=$((pass + 1)); else wrong "$* changed the database"; fi
}
answered() { call 0 "$@"; quiet; }

"$upkeep" play --quiet --db "$db" tests/kill/family.play >/dev/null || exit 2
payer=$(sqlite3 "$db" "SELECT ref FROM person WHERE given = 'Marcus'")
receiver=$(sqlite3 "$db" "SELECT ref FROM person WHERE given = 'Dana'")
child=$(sqlite3 "$db" "SELECT ref FROM person WHERE given = 'Ella'")
arrangement=$(sqlite3 "$db" "SELECT ref FROM arrangement WHERE id = 1")

# ---- the program
call 2; nothing; said "Usage: upkeep COMMAND"
answered help; printed "Usage: upkeep COMMAND"; cp "$out" "$work/help"
answered --help; if cmp -s "$out" "$work/help"; then pass=$((pass + 1)); else wrong "--help is not help"; fi
answered --version; printed "upkeep "
commands=$(ls src/cli/command_*.c | sed 's/.*command_//; s/\.c//; s/_/-/')
for command in help $commands; do
    if grep -q "^  $command " "$work/help"; then pass=$((pass + 1)); else wrong "help does not list $command"; fi
    answered help "$command"; printed "Usage: upkeep $command"
    answered "$command" --help; printed "Usage: upkeep $command"
    if awk 'length($0) > 80 { wide = 1 } END { exit wide }' "$out"; then pass=$((pass + 1)); else wrong "help $command is wider than 80 columns"; fi
done
call 2 frobnicate; nothing; said "no command frobnicate"
call 2 help frobnicate; nothing; said "no command frobnicate"
call 2 help assess play; nothing
call 2 --version now; nothing
call 2 --frobnicate; nothing
for command in $commands; do refused "$command" --frobnicate; said "--frobnicate"; done
for command in "balance --today 2025-03-01" "statement --quiet" "day --csv" "check --as-at 2025-03-01" \
    "receive --csv" "serve --csv" "init --today 2025-03-01"; do
    refused ${command%% *} --db "$db" ${command#* }; said "is not understood"
done
for option in help law balance "balance --csv"; do
    "$upkeep" $option ${option:+$([ "${option%% *}" = balance ] && echo --db "$db")} >/dev/full 2>"$err"
    if [ $? -eq 2 ] && grep -q "cannot be written" "$err"; then pass=$((pass + 1)); else wrong "$option: full disk"; fi
done

# ---- the database: which, and what is none
for command in "balance" "statement $payer" "check" "day" "receive tests/feed/good.csv" "backup x" "init" "account list" serve; do
    refused $command; said "--db or UPKEEP_DB"
    refused ${command%% *} --db
    refused ${command%% *} --db postgresql://host/name ${command#"${command%% *}"}
done
for command in "balance" "statement $payer" "check" "day" "receive tests/feed/good.csv" "account list" serve; do
    refused $command --db "$work/none.db"; said "$work/none.db"
done
echo "not a database, only a text" >"$work/text"
for command in "balance" "statement $payer" "day" "receive tests/feed/good.csv" "account list" serve; do
    refused $command --db "$work/text"; said "not a database"
done
sqlite3 "$work/other.db" "CREATE TABLE t (x)"
for command in "balance" "check" "day"; do refused $command --db "$work/other.db"; said "not an Upkeep database"; done
UPKEEP_DB=$db answered balance; cp "$out" "$work/by_name"
answered balance --db "$db"
if cmp -s "$out" "$work/by_name"; then pass=$((pass + 1)); else wrong "UPKEEP_DB is not --db"; fi
UPKEEP_DB=$work/none.db answered balance --db "$db"

call 0 init --db "$work/new.db"; nothing; said "is ready"
answered check --db "$work/new.db"
answered balance --db "$work/new.db"; nothing
before=$(cksum <"$work/new.db")
refused init --db "$work/new.db"; said already
if [ "$(cksum <"$work/new.db")" = "$before" ]; then pass=$((pass + 1)); else wrong "init touched a database"; fi
refused init --db "$work/text"; refused init --db "$work/no/such/folder.db"; refused init --db "$work/x.db" word

# ---- balance, statement
answered balance --db "$db" "$payer"; printed "$payer  Marcus Webb: owes £"
answered balance --db "$db" "$arrangement"; printed "$payer  Marcus Webb: owes £"
answered balance --db "$db" --csv --as-at 2025-04-01 --known-on 2025-04-01 "$payer"
printed "reference,owed,maintenance,fees,held"; printed "$payer,617.25,"
# On 6 March 403.20 was due and paid. Later it is known that less was due, and 100.00 more was his.
answered balance --db "$db" --csv --as-at 2025-03-06 --known-on 2025-03-06 "$payer"; printed "$payer,0.00,"
answered balance --db "$db" --csv --as-at 2025-03-06 --known-on 2025-04-01 "$payer"; printed "$payer,-246.75,"
answered balance --db "$db" --csv --as-at 2025-03-01 --known-on 2025-03-01 "$payer"; printed "$payer,0.00,0.00,0.00,0.00"
for command in balance statement; do
    refused $command --db "$db" 999999999999; said "no person or arrangement has the reference 999999999999"
    refused $command --db "$db" "$receiver"; said "no paying parent"
    refused $command --db "$db" "$child"; said "no paying parent"
    for date in 2025-02-29 yesterday 2025-3-1 ""; do
        refused $command --db "$db" --as-at "$date" "$payer"; refused $command --db "$db" --known-on "$date" "$payer"
    done
    refused $command --db "$db" --as-at
done
refused balance --db "$db" "$payer" nobody
answered balance --db "$db" --accounts "$payer"; printed "maintenance the paying parent owes"
printed "used for this arrangement; it came in above"
answered balance --db "$db" --accounts --csv "$payer"; printed "reference,arrangement,account,side,balance"
printed "$payer,$arrangement,maintenance,debit,"

# ---- suspense: ages by working days (Easter and 5 May 2025 are none), hints
cp "$db" "$work/suspense.db"
cat >"$work/suspense.csv" <<CSV
date,amount,reference,type,payer name,remittance
2025-03-25,10.00,sus-1,credit,SOMEBODY,9${payer#?}
2025-03-25,20.00,sus-2,credit,MARCUS WEBB,for the children
2025-03-25,30.00,sus-3,credit,NOBODY AT ALL,thanks
CSV
call 0 receive --db "$work/suspense.db" --today 2025-06-01 "$work/suspense.csv"
aged() { # DAY AGE
    answered suspense --db "$work/suspense.db" --csv --today "$1"
    if [ "$(grep -c "2025-03-25,.*,$2,[0-9]*," "$out")" = 3 ]; then pass=$((pass + 1)); else wrong "suspense on $1 is not $2"; fi
}
aged 2025-03-25 new; aged 2025-03-27 new; aged 2025-03-28 "in hand"; aged 2025-04-08 "in hand"; aged 2025-04-09 late
aged 2025-05-09 late; aged 2025-05-12 old
printed ",10.00,old,31,SOMEBODY,9${payer#?},$payer"; printed ",20.00,old,31,MARCUS WEBB,for the children,$payer"
printed ",30.00,old,31,NOBODY AT ALL,thanks,"
answered suspense --db "$work/suspense.db" --today 2025-05-12; printed "their reference $payer with one slip"
printed "their whole name is in it"; printed "more than 30 working days"
printed "their reference $payer with one slip is in it"
# A family name alone is no hint, unless the amount is just what they owe; an account known before is one.
owed=$("$upkeep" balance --db "$work/suspense.db" --csv --as-at 2025-05-12 "$payer" | tail -n 1 | cut -d, -f2)
cat >"$work/suspense.csv" <<CSV
date,amount,reference,type,payer name,remittance
2025-03-26,41.00,sus-4,credit,G WEBB,
2025-03-26,$owed,sus-5,credit,G WEBB,
CSV
call 0 receive --db "$work/suspense.db" --today 2025-06-01 "$work/suspense.csv"
answered suspense --db "$work/suspense.db" --csv --today 2025-05-12; printed ",41.00,late,30,G WEBB,,"; printed ",G WEBB,,$payer"
if grep -q ",41.00,.*$payer" "$out"; then wrong "a family name alone is a hint"; else pass=$((pass + 1)); fi
answered suspense --db "$work/suspense.db" --today 2025-05-12; printed "their family name is in it, and it is just what they owe"
refused suspense --db "$db" word; refused suspense --db "$db" --as-at 2025-04-01; said "is not understood"

# ---- export (the journal itself: tests/journal.sh)
answered export accounts; printed "maintenance the paying parent owes"
answered export accounts --csv; printed "account,type,side,money,rule,meaning"; printed "pp_fee,assets,debit,state,B-131,"
refused export accounts word; said "one word too many"; refused export accounts --db x; said "is not understood"
refused export; said "export journal"; refused export --csv; said "export journal"
answered export journal --db "$db" --case "$payer"; printed "liabilities:rp_due:$payer:$arrangement"
answered export journal --db "$db" --anonymous --until 2025-03-06; printed "liabilities:rp_due:family-1:1"
refused export journal --db "$db" --case 999999999999; said "no person or arrangement"
refused export journal --db "$db" --until never; refused export journal word --db "$db"; refused export journal
refused statement --db "$db"; refused statement --db "$db" "$payer" "$payer"
answered statement --db "$db" "$payer"; printed "What you owe: £"; printed "Closing balance."
answered statement --db "$db" --as-at 2025-04-01 --known-on 2025-04-01 --csv "$payer"
printed "day,recorded,what,cause,rule,amount,change,balance,arrangement,instalment,decision,receipt,line"
if [ "$(tail -n 1 "$out" | cut -d, -f8)" = 617.25 ]; then pass=$((pass + 1)); else wrong "the statement ends with another balance"; fi
answered statement --db "$db" --for "$arrangement" "$payer"; printed "Still to come to you: £"
answered statement --db "$db" --for receiving "$arrangement"; printed "Still to come to you: £"
answered statement --db "$db" --for receiving --language welsh "$arrangement"; printed "Eto i ddod i chi: £"
answered statement --db "$db" --for paying --format json "$payer"; printed '"statement": "paying"'
answered statement --db "$db" --prove 1 "$payer"; printed "Everything that was worked out again came out the same."
refused statement --db "$db" --prove 99999 "$payer"; said "no line with that number"
refused statement --db "$db" --prove one "$payer"; said "--prove needs the number of a line"
refused statement --db "$db" --format odt "$payer"; said "text, csv, json or pdf"
refused statement --db "$db" --language french "$payer"; said "english or welsh"
refused statement --db "$db" --from 2025-04-02 --to 2025-04-01 "$payer"; said "--from is after --to"
answered statement --db "$db" --to 1900-01-01 "$payer"; printed "Closing balance."
refused statement --db "$db" --for "$payer" "$payer"; said "--for needs an arrangement"
refused statement --db "$db" --for nothing "$payer"

# ---- check
answered check --db "$db"; printed "all of it holds."
refused check --db "$db" word
cp "$db" "$work/tampered.db"
sqlite3 "$work/tampered.db" "UPDATE entry SET amount = amount + 1 WHERE id = (SELECT min(id) FROM entry)"
call 3 check --db "$work/tampered.db"; quiet; printed "faults."
cp "$db" "$work/rewritten.db"
sqlite3 "$work/rewritten.db" "UPDATE event SET actor = 'nobody' WHERE seq = 3"
call 3 check --db "$work/rewritten.db"
cp "$db" "$work/gone.db"
sqlite3 "$work/gone.db" "DELETE FROM entry WHERE id = (SELECT max(id) FROM entry)"
call 3 check --db "$work/gone.db"
cp "$db" "$work/damaged.db"
head -c 12000 /dev/zero | dd of="$work/damaged.db" bs=4096 seek=4 conv=notrunc 2>/dev/null
call 3 check --db "$work/damaged.db"

# ---- backup
call 0 backup --db "$db" "$work/copy.db"; nothing; said "is written"
answered check --db "$work/copy.db"
if [ "$(sqlite3 "$work/copy.db" .dump | cksum)" = "$(state)" ]; then pass=$((pass + 1)); else wrong "the backup differs"; fi
refused backup --db "$db" "$work/copy.db"; refused backup --db "$db"; refused backup --db "$db" "$work/no/such/copy.db"; said "The folder in which"
refused backup --db "$db" "$work/a.db" "$work/b.db"

# ---- day
refused day --db "$db" word; refused day --db "$db" --today 2025-02-29; refused day --db "$db" --today
call 0 day --db "$db" --today 2025-04-20; nothing
said "2025-04-01: 1 families, 0 set aside"; said "; bank, ledger and cases agree"
but_jobs() { sqlite3 "$db" .dump | grep -v '^INSERT INTO job' | cksum; } # which have clocks
before=$(but_jobs)
answered day --quiet --db "$db" --today 2025-04-20
if [ "$(but_jobs)" = "$before" ]; then pass=$((pass + 1)); else wrong "the same day twice changed the database"; fi

# ---- reading where nothing may be written (as somebody else, when the tests run as root)
mkdir "$work/shelf"; chmod 755 "$work"; cp "$upkeep" "$work/program"; chmod 755 "$work/program"
sqlite3 "$db" "VACUUM INTO '$work/shelf/a copy?.db'"; sqlite3 "$work/shelf/a copy?.db" "PRAGMA journal_mode = WAL" >"$out"
rm -f "$work/shelf/a copy?.db-"*; chmod 444 "$work/shelf/a copy?.db"; chmod 555 "$work/shelf"
as_reader() {
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid 65534 --clear-groups "$work/program" "$@"; else "$work/program" "$@"; fi
}
for command in status "balance $payer" "statement $payer" check "export journal"; do
    # shellcheck disable=SC2086 # words
    if as_reader $command --db "$work/shelf/a copy?.db" >"$out" 2>"$err"; then pass=$((pass + 1)); else wrong "$command cannot read a read-only folder"; fi
done
as_reader go --db "$work/shelf/a copy?.db" >"$out" 2>"$err" && wrong "go wrote a read-only file"; said "may not be written"
chmod 755 "$work/shelf"; echo log >"$work/shelf/a copy?.db-wal"; chmod 444 "$work/shelf/a copy?.db-wal"; chmod 555 "$work/shelf"
as_reader status --db "$work/shelf/a copy?.db" >"$out" 2>"$err" && wrong "a log was not read"; said "its last changes are in the log beside it"
chmod 755 "$work/shelf"

# ---- days to come: not in the service's own database, by no verb; a rehearsal is free
own=$work/own.db
call 0 init --db "$own"
"$upkeep" pay --db "$own" --user 123456 --account "01-02-03 12345678 UPKEEP" 2>/dev/null
before=$(sqlite3 "$own" .dump | cksum)
tomorrow=$(TZ=Europe/London date -d 'now +1 day' +%F)
for day in "$tomorrow" 2999-01-01; do
    for command in "day --today $day" "day --until $day" "receive --today $day tests/feed/good.csv" \
        "receive --employer --today $day tests/employer/good.csv" "pay --out $work/pay --today $day" \
        "collect --out $work/collect --today $day" "advices --today $day $work/none" \
        "set-aside --case 1 --reason x --today $day" "orders set --case 1 --today $day" "serve --listen 127.0.0.1:0 --today $day"; do
        call 2 ${command%% *} --db "$own" ${command#* }; nothing; said "$day has not come yet: today is "
    done
done
call 2 serve --create --db "$work/none.db" --today 2999-01-01; said "has not come yet"; [ ! -e "$work/none.db" ] || wrong "serve made it"
call 2 play --quiet --db "$own" tests/kill/family.play; said "is a database of the service"
call 2 generate --arrangements 2 --seed 1 --db "$own"; said "is a database of the service"
if [ "$(sqlite3 "$own" .dump | cksum)" = "$before" ]; then pass=$((pass + 1)); else wrong "a day to come changed the database"; fi
call 0 day --db "$own" --today "$(TZ=Europe/London date +%F)"
call 2 pay --db "$own" --out "$work/pay" --today 2026-01-01; said "the last day that was run"
call 2 collect --db "$own" --out "$work/pay" --today 2026-01-01; said "the last day that was run"
call 0 init --rehearsal --db "$work/free.db"; said "any day can be worked in it"
call 0 day --db "$work/free.db" --today "$tomorrow"
call 0 backup --db "$work/free.db" "$work/free2.db"
call 0 day --db "$work/free2.db" --until 2999-01-01; said "bank, ledger and cases agree" # days with nothing due are passed over
answered status --db "$work/free2.db"; printed "last good 2999-01-01"; printed "a run over all days from"

# ---- sample
answered sample --db "$work/free.db" --today 2026-04-02; printed "Decisions are not picked yet"
refused sample --db "$work/free.db" started; said '"started" is not begin'
answered sample begin --db "$work/free.db" --today 2026-04-02 --by ops
answered sample --db "$work/free.db" --today 2026-04-30; printed "5.0% of all decisions before the parents are told, 10.0% after"
answered sample --db "$work/free.db" --today 2026-04-30 --json; printed '"before_thousandths": 50'
answered check --db "$work/free.db"

# ---- receive
refused receive --db "$db"; said "name a bank statement"
refused receive --db "$db" "$work"; said "is a folder"; refused advices --db "$db" "$work"; said "is a folder"
refused status --db "$work"; said "is a folder, not a database"
: >"$work/empty.xml"; refused receive --db "$db" "$work/empty.xml"; said "The file is empty."
refused receive --employer --db "$db" "$work/empty.xml"; said "The file is empty."
refused receive --db "$db" tests/feed/refused-truncated.xml; said "The file ends too soon"
refused receive --db "$db" --today soon tests/feed/good.csv
for file in "$work/none.csv" tests/feed/refused-*; do
    case $file in *.expect) continue ;; esac
    refused receive --db "$db" --today 2026-11-22 "$file"; said "$file"
done
cat >"$work/bank.csv" <<END
date,amount,reference,payer name,payer account,remittance,type,original
2026-11-20,36.40,B1,M WEBB,20304012345678,$payer,credit,
2026-11-20,58.10,B2,Alan Somebody,,wages,credit,
2026-11-21,36.40,B3,M WEBB,20304012345678,,credit returned,B1
2026-11-21,100.00,B4,,,,debit,
END
answered receive --db "$db" --today 2026-11-22 "$work/bank.csv"
printed "1 matched, 1 to suspense, 1 returned by the bank, 0 known before, 1 not receipts, 0 bad"
before=$(state)
answered receive --db "$db" --today 2026-11-22 "$work/bank.csv"
printed "0 matched, 0 to suspense, 0 returned by the bank, 3 known before, 1 not receipts, 0 bad"
if [ "$(state)" = "$before" ]; then pass=$((pass + 1)); else wrong "the same file twice changed the database"; fi
call 1 receive --db "$db" --today 2026-11-22 tests/feed/partly-bad.csv
printed "2 to suspense"; printed "13 bad"; said "tests/feed/partly-bad.csv:2: The date must be a day that exists"
call 1 receive --db "$db" --today 2026-11-22 tests/feed/good-02.xml # one line is a return of what never came
printed "1 matched, 3 to suspense"; printed "1 bad"; said "good-02.xml:70: The bank took back a payment that was never recorded"
call 1 receive --db "$db" --today 2026-11-22 "$work/none.csv" "$work/bank.csv"; printed "bank.csv:"; said none.csv
answered check --db "$db"

# A term of the proof that is below nothing is added, with one sign.
cp "$db" "$work/term.db"; call 0 receive --db "$work/term.db" --today 2026-11-22 tests/feed/good-batch-booked.xml
call 0 day --quiet --db "$work/term.db" --until 2026-11-22; answered status --db "$work/term.db"
printed "  + £55.00 on statements and not booked"
if grep -q -e '[-+] -£' "$out"; then wrong "two signs before an amount"; else pass=$((pass + 1)); fi

# ---- payments by card: the provider's file is booked, what it pays out to the bank is no receipt
cp "$db" "$work/card.db"
cat >"$work/taken.csv" <<END
date,amount,reference,payer name,payer account,remittance,type,original
2026-11-20,40.00,T-1,M WEBB,,$payer,credit,
2026-11-20,25.00,T-2,M WEBB,,$payer,credit,
2026-11-21,25.00,T-3,M WEBB,,,credit returned,T-2
2026-11-21,25.00,T-4,M WEBB,,$payer,debit returned,T-3
2026-11-21,25.00,T-5,M WEBB,,$payer,debit returned,
END
cat >"$work/payout.csv" <<END
date,amount,reference,payer name,payer account,remittance,type,original
2026-11-22,38.90,P1,CARDS-R-US  Ltd.,,PAYOUT 7,credit,
END
refused receive --db "$work/card.db" --card "$work/taken.csv"; said "say first who takes card payments"
refused receive --db "$work/card.db" --card-provider " - "; said "Give the name of the account that pays out."
refused receive --db "$work/card.db" --card --employer "$work/taken.csv"; said "not both"
answered receive --db "$work/card.db" --card-provider "Cards R Us Ltd"
answered receive --db "$work/card.db" --today 2026-11-22 --card "$work/taken.csv"
printed "2 matched, 2 to suspense, 1 returned by the card provider, 0 known before, 0 not receipts, 0 bad"
answered suspense --db "$work/card.db" --today 2026-11-22; printed "The card provider gives it back to us and does not say whose it is"
refused suspense --db "$work/card.db" --receipt 1; said "go together"
refused suspense --db "$work/card.db" --receipt 1 --came-back P1-2-3; said "not in suspense"
refused suspense --db "$work/card.db" --receipt one --came-back P1-2-3; said "needs the number of a receipt"
answered receive --db "$work/card.db" --today 2026-11-22 --card "$work/taken.csv"; printed "5 known before, 0 not receipts"
answered receive --db "$work/card.db" --today 2026-11-22 "$work/payout.csv"; printed "0 matched, 0 to suspense, 0 returned by the bank, 0 known before, 1 not receipts"
# The provider's name is corrected: it is the same provider. Another one is said to be another.
answered receive --db "$work/card.db" --card-provider "CARDS are us"; printed "It is the provider there was"
answered receive --db "$work/card.db" --today 2026-11-22 --card "$work/taken.csv"; printed "0 matched, 0 to suspense, 0 returned by the card provider, 5 known before"
cat >"$work/wrong.csv" <<END
date,amount,reference,payer name,payer account,remittance,type,original
2026-11-20,10000000.01,T-7,M WEBB,,$payer,credit,
2026-11-20,10000000.00,T-8,NOBODY,,,credit,
2026-11-20,10.00,T-9,M WEBB,,,credit returned,T-1
2026-11-30,10.00,T-10,M WEBB,,,credit,
2026-11-20,0,T-11,M WEBB,,,credit,
2026-11-20,10.00,T-12,M WEBB,,,credit returned,T-99
END
call 1 receive --db "$work/card.db" --today 2026-11-22 --card "$work/wrong.csv"; printed "0 matched, 1 to suspense"; printed "5 bad"
said ":2: It is more than a payment can be, £10,000,000.00. Ask the card provider."
said ":4: The card provider took back £10.00 of a payment of £40.00. A payment is taken back whole or not at all"
said ":5: The card provider cannot have booked it on a day to come."
said ":7: The card provider took back a payment that was never recorded here"
if cut -d: -f2 "$err" | sort -nc; then pass=$((pass + 1)); else wrong "faults are not in the order of lines"; fi
refused receive --db "$work/card.db" --card-provider "Cards-R-Us Ltd" --new; said "leave out --new"
answered receive --db "$work/card.db" --card-provider "Other Cards" --new; printed "another provider than before"
answered receive --db "$work/card.db" --today 2026-11-22 --card "$work/taken.csv"; printed "2 matched, 2 to suspense, 1 returned"
answered receive --db "$work/card.db" --card-provider "Cards R Us Ltd" --new
answered receive --db "$work/card.db" --today 2026-11-22 --card "$work/taken.csv"; printed "5 known before"
answered check --db "$work/card.db"
# Where no provider is named the same line is money to be placed.
cp "$db" "$work/card.db"; answered receive --db "$work/card.db" --today 2026-11-22 "$work/payout.csv"; printed "0 matched, 1 to suspense"
# Named later it leaves suspense, and the payout read once more changes nothing.
answered suspense --db "$work/card.db" --today 2026-11-22; printed "from CARDS-R-US Ltd."
answered receive --db "$work/card.db" --today 2026-11-22 --card-provider "Cards R Us Ltd"; printed "1 payouts of that name, read before, were taken out"
answered receive --db "$work/card.db" --today 2026-11-22 --card-provider "Cards R Us Ltd"
if grep -q "taken out" "$out"; then wrong "a payout was taken out of suspense twice"; else pass=$((pass + 1)); fi
answered suspense --db "$work/card.db" --today 2026-11-22
if grep -q "CARDS-R-US" "$out"; then wrong "a payout is still in suspense"; else pass=$((pass + 1)); fi
answered receive --db "$work/card.db" --today 2026-11-22 "$work/payout.csv"; printed "1 known before, 0 not receipts"
answered check --db "$work/card.db"

# ---- play
answered play --quiet tests/kill/family.play; printed "play: 1 passed, 0 failed"
call 1 play --quiet tests/scenario/wrong/not-as-expected.play; printed "expected the weekly total"; printed "FAILED"
refused play; refused play "$work/none.play"; refused play README.md; said "README.md:"
refused play --until 0 tests/kill/family.play; refused play --until many tests/kill/family.play
refused play --db "$work/text" tests/kill/family.play
refused play --db "$db" README.md tests/kill/family.play
refused play --db "$work/made.db" tests/kill/family.play tests/../tests/kill/family.play
answered play --quiet --db "$work/made.db" --until 3 tests/kill/family.play
answered play --quiet --db "$work/made.db" tests/kill/family.play; printed "2 steps done before" # `today` leaves nothing to be done before

# ---- account, serve
answered account add pat --generate --db "$db"
refused account add pat --generate --db "$db"; said "already"
refused account add sam --generate --role king --db "$db"; refused account close sam --db "$db"
refused account add sam --db "$db"; refused account frobnicate pat --db "$db"; refused account list pat --db "$db"
answered account invite "$payer" --db "$db"; printed "reference	$payer"; printed "until"
refused account invite 999 --db "$db"; refused account invite --db "$db"; refused account invite "$payer" --today 1999 --db "$db"
answered account close pat --db "$db"; answered account list --db "$db"; printed "pat	caseworker	closed"
refused serve --db "$db" --listen nowhere; refused serve --db "$db" --today never; refused serve --db "$db" word

# ---- law
answered law --date 2026-04-06; answered law --date 2026-04-06 --jurisdiction ni; answered law
answered law --changes 2012-12-10 2026-11-22; printed "2013"
answered law --unverified; answered law --drafts; answered law --rule A-62; printed "A-62"; answered law --rule R-3
answered law --matrix --check
refused law --date 2012-12-09; refused law --date 2026-02-30; refused law --jurisdiction fr; refused law --rule A-999
refused law --changes 2014-01-01; refused law --changes 2014-01-01 soon; refused law word; refused law --rule
refused law --matrix "$work/none"
mkdir -p "$work/bare/vector" && call 1 law --matrix "$work/bare" --check; printed "no test: A-62"
call 0 law --matrix "$work/bare"

# ---- assess
date='"effective_date":"2026-04-06"'
payer='"paying_parent":{"income":{"weekly":"600.00"}}'
receivers='"receiving_parents":[{"id":"A","children":[{"id":"B"}]}]'
good="{$date,$payer,$receivers"
answer='"income_basis":"given","gross_weekly_income":"600.00","rate":"basic","weekly_total":"72.00","receiving_parents":[{"id":"A","weekly":"72.00"}]'
in=$work/in
echo "$good}" >"$in"
answered assess; printed "{\"id\":null,$answer,\"steps\":[{\"rule\":"; printed '"cite":"'; printed '"label":"'; printed '"amount":"'
cp "$out" "$work/steps"
for arguments in "$in" "--lines" "--lines $in" "- --lines" "-- $in"; do
    answered assess $arguments
    if cmp -s "$out" "$work/steps"; then pass=$((pass + 1)); else wrong "assess $arguments differs"; fi
done
answered assess --no-steps
if [ "$(cat "$out")" = "{\"id\":null,$answer}" ]; then pass=$((pass + 1)); else wrong "the reply without steps"; fi
answered assess --explain "$in"; printed "72.00"; printed "A-4"
printf '{\n%s,\n%s,\r\n\t%s}' "$date" "$payer" "$receivers" >"$in"
answered assess --no-steps; printed "$answer" # over many lines, and no line end at the end
refused assess --frobnicate; refused assess "$work/none"; refused assess "$in" "$in"; refused assess "$work"

# refusal CODE POINTER ID: the call before was answered with exactly this error, in one line.
refusal() {
    local start="{\"id\":$3,\"error\":{\"code\":\"$1\",\"path\":\"$2\",\"message\":\""
    local reply
    reply=$(<"$out")
    if [[ $reply == "$start"*?.\"\}\} && $(wc -l <"$out") -eq 1 && ! -s $err ]]; then pass=$((pass + 1))
    else wrong "not refused as $1 $2 $3: $(tr -d '\0' <"$in" | head -c 300)"; fi
}
: >"$work/lines"; : >"$work/expected"; n=0
while read -r code pointer id input; do
    case $code in '#'* | '') continue ;; esac
    [ "$pointer" = - ] && pointer=
    input=${input//@D/$date}; input=${input//@P/$payer}; input=${input//@R/$receivers}
    printf '%s' "$input" >"$in"
    call 2 assess; refusal "$code" "$pointer" "$id"
    n=$((n + 1))
    printf '%s\n%s,"id":"%s"}\n' "$input" "$good" "$n" >>"$work/lines"
    printf '%s\n%s\n' "{\"id\":$id,\"error\":{\"code\":\"$code\",\"path\":\"$pointer\"," "{\"id\":\"$n\",$answer}" >>"$work/expected"
done <tests/cli/refused.txt
# The same, line by line, each followed by a good one: the order is kept and the good ones are answered.
in=$work/lines call 1 assess --lines --no-steps; quiet
if sed 's/"message":.*//' "$out" | cmp - "$work/expected"; then pass=$((pass + 1)); else wrong "the lines' replies"; fi
in=$work/lines call 1 assess --lines --explain; quiet

# bytes that a line of the table cannot hold
bytes() { printf "$1" >"$in"; call 2 assess; refusal "$2" "" null; }
bytes '' input_empty
bytes ' \t\r\n \n' input_empty
bytes '\xEF\xBB\xBF{}' byte_order_mark
bytes '\xFF\xFE{\0}\0' json_malformed
bytes '{"id":"\xC3("}' utf8_invalid
bytes '{"id":"\xED\xA0\x80"}' utf8_invalid
bytes '{"id":"a\tb"}' control_character
bytes '{"id":"a\0b"}' control_character
bytes '{"id":"x"}\0' json_trailing
printf '%2000s' '' | tr ' ' '[' >"$in"; call 2 assess; refusal nesting_too_deep "" null
{ printf '{"id":"x","colour":"'; head -c 4194304 /dev/zero | tr '\0' a; printf '"}'; } >"$in"
call 2 assess; refusal input_too_large "" null
{ cat "$in"; printf '\n%s}\n' "$good"; } >"$work/long"
in=$work/long call 1 assess --lines --no-steps
if [ "$(sed 1d "$out")" = "{\"id\":null,$answer}" ]; then pass=$((pass + 1)); else wrong "the line after a long line"; fi
printf '%s}\n\n  \n%s}' "$good" "$good" >"$in"
call 1 assess --lines --no-steps
if [ "$(cut -d, -f2 "$out" | tr '\n' ' ')" = '"income_basis":"given" "error":{"code":"input_empty" "error":{"code":"input_empty" "income_basis":"given" ' ]; then pass=$((pass + 1))
else wrong "empty lines"; fi
: >"$in"; answered assess --lines; nothing
printf '%s}\r\n' "$good" >"$in"; answered assess --lines

# an id comes back as the same text
printf '%s,"id":"a\\"\\\\\\u0001\\u00e9\\ud83d\\ude00/\\/"}' "$good" >"$in"
answered assess --no-steps; printed '{"id":"a\"\\\u0001é😀//","income_basis"'
printf '%s,"id":""}' "$good" >"$in"; answered assess --no-steps; printed '{"id":"","income_basis"'
# the edges of what is taken
printf '{"effective_date":"2012-12-10","paying_parent":{"relevant_other_children":1000,"income":{"weekly":"999999999999.99"}},"receiving_parents":[{"id":"A","children":[{"id":"A","nights":366,"local_authority_nights":0}]}]}' >"$in"
answered assess; printed '"gross_weekly_income":"3000.00"'
printf '{%s,"default_decision":true,%s}' "$date" "$receivers" >"$in"
answered assess; printed '"income_basis":"default","gross_weekly_income":null,"rate":"default"'
printf '{%s,"paying_parent":{"income":{"historic_annual":null,"current_annual":"31285.5"}},%s}' "$date" "$receivers" >"$in"
answered assess; printed '"income_basis":"current"'

# ---- generate: the same seed makes the same caseload, and the check finds nothing wrong with it
in=/dev/null made=$work/caseload.db
answered generate --quiet --arrangements 40 --seed 11 --db "$made"; printed "40 arrangements in "
answered check --db "$made"; printed "all of it holds."
answered generate --quiet --arrangements 40 --seed 11 --db "$work/caseload2.db"
answered generate --quiet --arrangements 40 --seed 11 --db "$work/caseload2.db" # nothing is left to be made
if cmp -s <(sqlite3 "$made" .dump) <(sqlite3 "$work/caseload2.db" .dump); then pass=$((pass + 1)); else wrong "generate twice"; fi
for kind in xml csv; do
    answered generate --bank-file 2026-10-01 --through 2026-10-31 --out "$work/bank.$kind" --db "$made"
    printed "bank.$kind: "
    cp "$made" "$work/$kind.db"; answered receive --today 2026-10-31 --db "$work/$kind.db" "$work/bank.$kind"
    printed " 0 known before, 0 not receipts, 0 bad"
done
answered receive --today 2026-10-31 --db "$work/xml.db" "$work/bank.xml"; printed ": 0 matched, 0 to suspense, 0 returned"
answered day --quiet --today 2026-10-31 --db "$work/csv.db"; answered check --db "$work/csv.db"
answered generate --report --db "$made"; printed "Arrangements on Direct Pay"; printed " targets met"
answered generate --report --json --db "$made"
if python3 -c 'import json, sys; t = json.load(open(sys.argv[1]))["targets"]; assert len(t) > 20 and all({"name", "target", "reached", "source"} <= set(x) for x in t)' "$out"; then pass=$((pass + 1)); else wrong "the report as JSON"; fi
before=$db db=$made
refused generate --report --arrangements 4 --db "$made"; said "ask for it alone"
refused generate --json --arrangements 4 --seed 1 --db "$made"; said "--json is for --report"
refused generate --arrangements 41 --seed 11 --db "$made"; said "Another caseload"
refused generate --arrangements 40 --seed 12 --db "$made"; said "Another caseload"
refused generate --arrangements 0 --seed 1 --db "$made"; said "from 1 to"
refused generate --arrangements 4x --seed 1 --db "$made"; said "not 4x"
refused generate --arrangements 4 --db "$made"; said "and a --seed"
refused generate --arrangements 4 --seed 1 --until 2026-02-30 --db "$made"; said "not 2026-02-30"
refused generate --arrangements 4 --seed 1 --assumptions "$work/none" --db "$made"; said "cannot be opened"
refused generate --bank-file 2026-10-01 --db "$made"; said "--out"
refused generate --bank-file 2026-10-01 --through 2026-09-01 --out "$work/b.csv" --db "$made"; said "--through"
sed 's/value 930/value 931/' data/caseload.assumptions >"$work/other"
refused generate --bank-file 2026-10-01 --out "$work/b.csv" --assumptions "$work/other" --db "$made"; said "other assumptions"
db=$before
refused generate --arrangements 4 --seed 1 --db "$db"; said "There are cases in this database already"
refused generate --bank-file 2026-10-01 --out "$work/b.csv" --db "$db"; said "not made by upkeep generate"
refused generate --arrangements 4 --seed 1; said "--db or UPKEEP_DB"

# ---- deductions: the figures of a pay-day, employers' files, a bank file that pays what was announced
answered deduct --net 1200.00 --rate 150.00 --on 2026-04-30
printed "B-314   must stay with the employee                                £720.00"
printed "B-320   deduct and pay over                                        £150.00"
printed "must arrive by 19 May 2026"
answered deduct --net 900 --rate 200 --protect 750 --carried 10 --on 2026-04-30 --json
printed '"orders":[{"kind":"fixed","normal":"200.00","protected":"750.00","available":"150.00","deduct":"150.00","short_by":"60.00","carry_forward":"60.00","charge":"0.00"}]'
answered deduct --net 1000.01 --rate 300 --rate 250 --charge --on 2026-12-31
printed "£598.01"; printed "19 January 2027"
answered deduct --net 2000 --period monthly --weekly 120 --periods 2 --on 2026-04-30; printed "£1,040.00"
answered deduct --net 190 --rate 25 --protect 150 --kind priority --charge --on 2026-04-30; printed "£164.00"
for bad in "--net 1" "--rate 1" "--net x --rate 1" "--net -1 --rate 1" "--net 1 --protect 1" "--net 1 --weekly 1" \
    "--net 1 --rate 1 --periods 0" "--net 1 --rate 1 --on 2012-12-09" "--net 1 --rate 1 --kind wage" "1 2"; do
    refused deduct $bad
done
sed '/^receive/,$d' tests/scenario/employer-schedule.play | grep -v "^expect" >"$work/worker.play"
before=$db db=$work/worker.db
"$upkeep" play --quiet --db "$db" "$work/worker.play" >/dev/null || wrong "the play of an employee"
march=tests/scenario/employer-schedule/march.csv
call 0 receive --employer --db "$db" --today 2025-04-01 "$march"; quiet; printed "4 announced (382.40), 1 of them short, 0 known before, 0 bad"
call 0 receive --employer --db "$db" --today 2025-04-01 "$march"; printed "0 announced (0.00), 0 of them short, 4 known before, 0 bad"
call 2 receive --employer --db "$db" --today 2025-04-01 tests/employer/refused-total.csv; said "Nothing of it was recorded"
call 1 receive --employer --db "$db" --today 2026-12-01 tests/employer/partly-bad.csv; said ":3: The employee's reference has twelve digits"
call 1 receive --benefit --db "$db" --today 2026-12-01 tests/employer/benefit-good.csv; said "Nobody here has that reference"
# One person twice under two references, an amount beyond belief: faults. More than is protected: recorded, with a word.
row() { printf 'payment,500000000017,2025-04,%s,%s,%s,weekly,%s,81.20,%s,\n' "$@"; }
head -n 1 tests/employer/good.csv >"$work/twice.csv"
worker=$(sed -n 's/^payment,[0-9]*,[^,]*,\([0-9]*\),.*/\1/p' "$march" | head -n 1)
cp "$db" "$work/twice.db"
own=$(sqlite3 "$db" "SELECT p.ref FROM person p JOIN announced a ON a.pp = p.pp AND p.id = p.pp LIMIT 1")
{ row "$worker" "" 2025-04-04 400.00 81.20; row "$own" "" 2025-04-04 400.00 81.20; row "$own" "" 2025-04-11 100.00 81.20
    row "$own" "" 2025-04-18 "" 10000000.01; echo total,500000000017,2025-04,,,,,,,10000243.61,; } >>"$work/twice.csv"
for again in 2 0; do
    call 1 receive --employer --db "$work/twice.db" --today 2026-12-01 "$work/twice.csv"; printed "$again announced"; printed "2 bad"
    said ":3: Line 2 has that person's deduction for that pay date and period already."; said ":5: An amount in it is more than a payment can be"
    [ $again = 0 ] || { said ":4: to ask about: £81.20 was deducted of £100.00 net pay; protected earnings leave £40.00."; printed ", 1 to ask about"; }
done
# A line by another employer than the order's is recorded with a word; not an agent's, nor where the order has ended.
"$upkeep" play --quiet --db "$work/order.db" tests/scenario/earnings-order.play >/dev/null || wrong "the play of an order"
own=$(sqlite3 "$work/order.db" "SELECT ref FROM person WHERE id = pp")
for by in "500000000033 2025-04-11 1" "500000000017 2025-04-11 0" "510000000017 2025-04-11 0" "500000000033 2025-05-09 0"; do
    read -r employer day words <<<"$by"
    { head -n 1 tests/employer/good.csv; row "$own" "" "$day" 400.00 81.20; echo "total,500000000017,2025-04,,,,,,,81.20,"; } |
        sed "s/500000000017,2025-04,/$employer,${day%-*},/" >"$work/by.csv"
    call 0 receive --employer --db "$work/order.db" --today 2025-05-10 "$work/by.csv"; printed "1 announced"
    if [ "$(grep -c "to ask about: No order of that parent that holds on that day names the employer 500000000033" "$err")" = "$words" ]; then pass=$((pass + 1)); else wrong "by $by"; fi
done
refused receive --employer --benefit --db "$db" "$march"; said "not both"
# Three payments of one file find the three deductions of their amount, each its own.
printf 'date,amount,reference,type,payer name,payer account,remittance\n' >"$work/pays.csv"
for n in 1 2 3; do printf '2026-12-02,100.80,P%s,credit,Works Ltd,20304012345678,QQ123456C\n' $n; done >>"$work/pays.csv"
call 0 receive --db "$db" --today 2026-12-02 "$work/pays.csv"; printed "3 matched"
if [ "$(sqlite3 "$db" "SELECT count(*), count(DISTINCT announced), count(DISTINCT receipt) FROM announced_paid")" = "3|3|3" ]; then pass=$((pass + 1))
else wrong "three payments and three deductions"; fi
# An order: previewed, recorded, explained, written out; who is late with what.
worker=$(sqlite3 "$db" "SELECT ref FROM person WHERE given = 'Marcus'")
welfare=(--children Ella --known "lives with Dana" --welfare "regular money")
order=(orders --db "$db" --case "$worker" --today 2026-12-02)
answered "${order[@]}" set --employer 500000000017 --from 2026-12-07 --reason "no other way" "${welfare[@]}"
printed "B-312   normal deduction a week: all of these              £100.80"; printed "Nothing was recorded"
answered "${order[@]}"; printed "Nothing is to be deducted."
answered "${order[@]}" set --employer 500000000017 --from 2026-12-07 --reason "no other way" "${welfare[@]}" --confirm; printed "Recorded."
printed "Code of order 1, shown this once"
answered "${order[@]}" code 1; printed "Nothing was recorded"
answered "${order[@]}" code 1 --confirm; printed "Code of order 1, shown this once"
refused "${order[@]}" code 7 --confirm; said "No order of that number"
answered "${order[@]}" --from 2026-12-07; printed "B-312   for a month: 52 weeks, a twelfth                   £436.80"
refused "${order[@]}" change 1 --from 2026-12-14 --arrears 10 --reason "and arrears" "${welfare[@]}" --confirm; said "We hold money"
answered deduct --db "$db" --case "$worker" --net 250 --on 2026-12-14; printed "deduct and pay over                                        £100.00"
answered orders rates --db "$db" --today 2026-12-14; printed "500000000017,,QQ123456C,2026-12-02,2026-12-07,100.80,201.60,403.20,436.80,60%"
answered orders requests --db "$db" --today 2026-12-14
refused "${order[@]}" request --benefit esa --for maintenance --reason "on benefit" "${welfare[@]}"; said "Only maintenance at the flat rate"
refused "${order[@]}" end 7 --reason "gone"; said "No order of that number"
for bad in "end" "end x" "sett" "set 1" "--weekly x" "--period daily" "--scheme 1066" "--benefit wage" "--for fun" "--from x"; do
    refused "${order[@]}" $bad
done
refused orders --db "$db"; said "--case"
# An amount that is one and more than any: one sentence everywhere.
beyond="That is too much: it can be £999,999,999,999.99 at most."
refused "${order[@]}" set --employer 500000000017 --weekly 1000000000000 --reason x; said "orders: --weekly: $beyond"
refused deduct --net 1000000000000.00 --rate 5; said "deduct: --net: $beyond"
refused paid --db "$db" --case "$worker" paying --due 2025-03-03 --paid 1234567890123.5; said "paid: --paid: $beyond"
refused "${order[@]}" set --weekly 12.345; said "orders: --weekly needs pounds and pence such as 150.00, not 12.345"
refused deduct --db "$db" --case "$worker" --net 250 --on 2026-12-06; said "no order"
refused deduct --db "$db" --case "$worker" --net 250 --rate 5; said "not both"
answered "${order[@]}" end 1 --from 2026-12-21 --reason "he left" --confirm
answered "${order[@]}" --from 2026-12-21; printed "Nothing is to be deducted."
answered employers --db "$db" --today 2025-04-21; printed "late        500000000017  employer 2025-03 by 2025-04-19"; printed "£80.00  2 days late"
answered employers --db "$db" --today 2025-04-19 --csv; printed "waiting,employer,500000000017,2025-03,2025-04-19,0,1,80.00"
call 0 check --db "$db"
db=$before

# ---- payments between the parents: what each says, who is to be asked
before=$db db=$work/direct.db
"$upkeep" init --rehearsal --db "$db" >/dev/null 2>&1
"$upkeep" play --quiet --db "$db" tests/scenario/direct-pay-default.play >/dev/null || wrong "the play of a default"
arrangement=$(sqlite3 "$db" "SELECT min(ref) FROM arrangement")
last=$(sqlite3 "$db" "SELECT date(max(day) * 86400, 'unixepoch') FROM event")
paid=(paid --db "$db" --case "$arrangement" --today "$last")
answered "${paid[@]}"; printed "2025-03-03     £364.00            -            -            -  unknown         £0.00     £364.00  ask both parents"
answered "${paid[@]}" receiving --due 2025-03-03 --paid 300; printed "£64.00  ask the paying parent"
answered "${paid[@]}" paying --due 2025-03-03 --paid 364 --on 2025-03-02; printed "£64.00  they differ: ask for evidence, then find"
refused "${paid[@]}" found --due 2025-03-03 --paid 364; said "rests on evidence"
answered "${paid[@]}" found --due 2025-03-03 --paid 364 --evidence "bank statement"; printed "found           £0.00       £0.00"
refused "${paid[@]}" paying --due 2025-03-03 --paid 364 --on 2030-01-01; said "still to come"
refused "${paid[@]}" paying --due 2025-03-04 --paid 364; said "No payment was due directly"
for bad in "paying" "paying --due 2025-03-03" "judge --due 2025-03-03 --paid 1" "--paid 1" "paying --due x --paid 1" "paying found --due 2025-03-03 --paid 1"; do
    refused "${paid[@]}" $bad
done
refused paid --db "$db"; said "--case"
call 0 check --db "$db"
db=$before

# ---- Direct Debit: an instruction shown, signed, cancelled; a collection presented again; one not booked
play=tests/scenario/direct-debit-again.play
story() { # the scenario until the line that begins so, in a new database; $debit is its paying parent
    rm -f "$work"/debit.db*
    sed "/^$1/,\$d" $play >"$work/debit.play"
    "$upkeep" play --quiet --db "$db" "$work/debit.play" >/dev/null || wrong "the play until $1"
    debit=$(sqlite3 "$db" "SELECT ref FROM person WHERE given = 'Marcus'")
}
on() { # DAY VERB ARGUMENTS...
    local day=$1 verb=$2
    shift 2
    call=(instruction --db "$db" --case "$debit" --today "$day" "$verb" "$@")
}
before=$db db=$work/debit.db
good="30-00-00 12345670 Marcus Webb"
story instruction
on 2025-02-17 show; answered "${call[@]}"
if [ "$(<"$out")" = "instruction none" ]; then pass=$((pass + 1)); else wrong "there is an instruction"; fi
on 2025-02-17 cancel --reason "he asks"; refused "${call[@]}"; said "no Direct Debit instruction that could be cancelled"
on 2025-02-17 cancel; refused "${call[@]}"; said "Say why the instruction ends"
on 2025-02-17 again --reason "he asks"; refused "${call[@]}"; said "no Direct Debit instruction at the bank"
on 2025-02-17 again; refused "${call[@]}"; said "Say why it should be paid this time"
for account in "" "30-00 12345670 Marcus Webb" "30-00-00 123456 Marcus Webb" "30-00-00 12345670"; do
    on 2025-02-17 sign --account "$account"; refused "${call[@]}"
done
on 2025-02-17 sign --account "30-00-0x 12345670 Marcus Webb"; refused "${call[@]}"; said "sort code"
on 2025-02-17 sign --account "30-00-00 12345670 ***"; refused "${call[@]}"; said "no letter that Bacs knows"
on 2025-02-17 sign; refused "${call[@]}"
on 2025-02-16 sign --account "$good"; refused "${call[@]}"; said "last changed on a later day"
on 2025-02-17 sign --account "$good"; call 0 "${call[@]}"; nothing; quiet
on 2025-02-17 show; answered "${call[@]}"; printed "instruction asked since 2025-02-17, account ending 5670 Marcus Webb"
# The line is stopped: nothing goes to the bank, a caseworker goes on with the case.
call 0 stop --db "$db" --reason "wrong account of ours"
refused collect --db "$db" --today 2025-02-17 --out "$work/dd.txt"; said "The line was stopped by"
on 2025-02-17 cancel --reason "he pays by card"; call 0 "${call[@]}"
call 0 go --db "$db"
on 2025-02-17 show; answered "${call[@]}"; printed "instruction cancelled since 2025-02-17"; printed ": he pays by card"
on 2025-02-17 cancel --reason "twice"; refused "${call[@]}"; said "no Direct Debit instruction that could be cancelled"
refused instruction --db "$db" --case 999999999999 show; said "no person or arrangement"
for bad in "" "frobnicate" "show more" "show --csv"; do on 2025-02-17 show; refused "${call[@]:0:7}" $bad; done
refused instruction --db "$db" show; said "--case REF"
# Unpaid for want of money: once more within 30 days of the first time, twice at the most.
story 'collect again "he says'
on 2025-03-31 again --reason "there is money now"; refused "${call[@]}"; said "has not come back unpaid"
story 'collect again "his wages'
on 2025-05-01 again --reason "there is money now"; refused "${call[@]}"; said "Too long has passed"
on 2025-04-30 again --reason "there is money now"; call 0 "${call[@]}"; nothing
on 2025-04-30 show; answered "${call[@]}"; printed "last collection 403.20 on 2025-03-31, came back unpaid: refer to payer; to be presented again"
on 2025-04-30 again --reason "twice"; refused "${call[@]}"; said "with the next file already"
# Beside an order or a request: what becomes of the Direct Debit is said before it is recorded.
kept="There is a Direct Debit instruction: what the"
set=(orders --db "$db" --case "$debit" --today 2025-04-30 set --employer 500000000017 --reason "he asks" "${welfare[@]}")
answered "${set[@]}"; printed "$kept order takes of maintenance that falls due while it is in force is not collected by Direct Debit."
on 2025-04-30 cancel --reason "he pays by card"; call 0 "${call[@]}"
answered "${set[@]}"; if grep -q "Direct Debit" "$out"; then wrong "a Direct Debit that has ended"; else pass=$((pass + 1)); fi
play=tests/scenario/direct-debit-and-request.play; story "order benefit kind"; play=tests/scenario/direct-debit-again.play
ask=(orders --db "$db" --case "$debit" --today 2025-03-13)
answered "${ask[@]}" request --benefit esa --for maintenance --reason "on benefit" "${welfare[@]}" --confirm; printed "$kept request takes"
answered "${ask[@]}" end-request --from 2025-03-24 --reason "ended"; printed "from that day on it collects again what falls due, after a new notice"
# Changed on a later day than the run's: not booked, named, and booked by that day's run.
story "days until 2025-03-31"
on 2025-04-02 cancel --reason "he pays by card"; call 0 "${call[@]}"
call 0 day --db "$db" --today 2025-03-30; answered status --db "$db"; printed "Collections not booked: 0, £0.00"
call 0 day --db "$db" --today 2025-04-01; answered status --db "$db"
printed "Collections not booked: 1, £403.20"
printed "$debit Marcus Webb, file 3 of 2025-03-31, £403.20: the case was changed on 2025-04-02;"
answered status --db "$db" --json; printed '"case_changed": "2025-04-02"'
call 0 day --db "$db" --today 2025-04-02; answered status --db "$db"; printed "Collections not booked: 0, £0.00"
answered balance --db "$db" "$debit"; call 0 check --db "$db"
story 'collect again "once more'
on 2025-04-09 again --reason "once more"; refused "${call[@]}"; said "as often as is allowed"
call 0 check --db "$db"
db=$before

# ---- a file that is there is not written over; an earlier one can be had again
before=$db db=$work/sent.db
sed '/^pay$/d; /^expect sent/d; /^expect kept/d; /^expect paid/d; /^# The same again/,$d' tests/scenario/payments-by-file.play >"$work/sent.play"
"$upkeep" play --quiet --db "$db" "$work/sent.play" >/dev/null || wrong "the play of a payment"
unchanged() { if cmp -s "$1" "$2"; then pass=$((pass + 1)); else wrong "$1 is not $2"; fi; }
echo other >"$work/sent"; cp "$work/sent" "$work/sent.was"
for verb in pay collect; do refused $verb --db "$db" --today 2025-03-03 --out "$work/sent"; said "is there already"; unchanged "$work/sent" "$work/sent.was"; done
rm "$work/sent"; answered pay --db "$db" --today 2025-03-03 --out "$work/sent"; printed "file 1: 1 payments, 322.56: "
cp "$work/sent" "$work/sent.was"
answered pay --db "$db" --today 2025-03-03 --out "$work/sent"; printed "made before"; unchanged "$work/sent" "$work/sent.was"
refused pay --db "$db" --today 2025-03-04 --out "$work/sent"; said "is there already"
# Made in one format it is not made in the other; the whole name of ours is in the one that has room.
call 2 pay --db "$db" --today 2025-03-03 --format pain001 --out "$work/sent.xml"; said "File 1 was made as bacs and is not made again as pain001"
[ ! -e "$work/sent.xml" ] || wrong "a file was written in another format"
cp "$work/sent.play" "$work/pain.play"; "$upkeep" play --quiet --db "$work/pain.db" "$work/pain.play" >/dev/null
answered pay --db "$work/pain.db" --user 123456 --account "01-02-03 12345678 The Upkeep Service of Somewhere"
answered pay --db "$work/pain.db" --today 2025-03-03 --format pain001 --out "$work/pain.xml"
if [ "$(grep -o '<Nm>The Upkeep Service of Somewhere</Nm>' "$work/pain.xml" | wc -l)" = 2 ]; then pass=$((pass + 1)); else wrong "our name is cut"; fi
call 2 pay --db "$work/pain.db" --today 2025-03-03 --out "$work/pain.bacs"; said "Write it once more with --format pain001"
answered pay --db "$db" --again 1 --out "$work/sent.again"; printed "file 1: 1 payments, 322.56, made before: "; unchanged "$work/sent.again" "$work/sent.was"
refused pay --db "$db" --again 9 --out "$work/sent.9"; said "no finished file with the number 9"; [ ! -e "$work/sent.9" ] || wrong "file 9 is there"
refused collect --db "$db" --again 1 --out "$work/sent.9"; said "upkeep pay --again"
refused pay --db "$db" --again 1 --out "$work/sent.play"; said "is there already and is another file"
# A file of collections likewise: the bytes of its day, whatever was collected since.
before_sent=$db db=$work/debit.db; rm -f "$db"*
sed '/^collect again "his/,$d' tests/scenario/direct-debit-again.play >"$work/debit.play"
"$upkeep" play --quiet --db "$db" "$work/debit.play" >/dev/null || wrong "the play of a collection"
answered collect --db "$db" --again 3 --out "$work/dd"; printed "file 3: 1 lines, 403.20, made before: "
cp "$work/dd" "$work/dd.was"; state >"$work/dd.state"
answered collect --db "$db" --again 3 --out "$work/dd"; unchanged "$work/dd" "$work/dd.was"
answered collect --db "$db" --again 1 --out "$work/dd1"
if cmp -s "$work/dd1" "$work/dd"; then wrong "file 1 is file 3"; else pass=$((pass + 1)); fi
refused collect --db "$db" --again 1 --out "$work/dd"; said "is there already and is another file"; unchanged "$work/dd" "$work/dd.was"
refused collect --db "$db" --again 9 --out "$work/dd9"; said "no finished file with the number 9"; [ ! -e "$work/dd9" ] || wrong "file 9 is there"
refused pay --db "$db" --again 3 --out "$work/dd9"; said "upkeep collect --again"
for bad in "--again" "--again x" "--again 0" "--again -1"; do refused collect --db "$db" --out "$work/dd9" $bad; done
if state | cmp -s - "$work/dd.state"; then pass=$((pass + 1)); else wrong "writing a file again changed the database"; fi
call 0 day --quiet --db "$db" --today 2025-04-02
answered collect --db "$db" --again 3 --out "$work/dd"; unchanged "$work/dd" "$work/dd.was"
db=$before_sent
# Something new: not over the day's first file, and nothing is booked; to another name it goes.
printf 'date,amount,reference,payer name,payer account,remittance,type,original\n2025-03-03,100.80,N1,M WEBB,99999911112222,%s,credit,\n' \
    "$(sqlite3 "$db" "SELECT ref FROM person WHERE given = 'Marcus'")" >"$work/new.csv"
call 0 receive --db "$db" --today 2025-03-03 "$work/new.csv"; call 0 day --quiet --db "$db" --today 2025-04-01
answered pay --db "$db" --today 2025-04-01 --out "$work/sent2"; cp "$work/sent2" "$work/sent2.was"
sed 's/N1/N2/' "$work/new.csv" >"$work/new2.csv"; call 0 receive --db "$db" --today 2025-04-01 "$work/new2.csv"
booked=$(sqlite3 "$db" "SELECT count(*) FROM event; SELECT count(*) FROM payment")
call 2 pay --db "$db" --today 2025-04-01 --out "$work/sent2"; said "there is something new"; unchanged "$work/sent2" "$work/sent2.was"
if [ "$(sqlite3 "$db" "SELECT count(*) FROM event; SELECT count(*) FROM payment")" = "$booked" ]; then pass=$((pass + 1)); else wrong "it was booked"; fi
answered pay --db "$db" --today 2025-04-01 --out "$work/sent3"; printed ", 80.64: "
call 0 check --db "$db"
if ls "$db"-hold* >"$out" 2>&1; then wrong "a lock is left"; else pass=$((pass + 1)); fi
db=$before

echo "cli: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
