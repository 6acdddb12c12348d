#!/bin/bash
# post.sh: letters leave the house (upkeep post): each in one file and one only, however often the run is
# cut off; the answers come in once; no name, reference or address is in a list or a file's name.  KILL_POINTS=n writes are cut (12).
# Usage: tests/post.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/release/upkeep}
points=${KILL_POINTS:-12}
work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)") || exit 2
trap 'rm -rf "$work"' EXIT
unset UPKEEP_DB
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "post: $2"; [ -s "$work/said" ] && head -n 5 "$work/said"; fi; }
has() { grep -qF -- "$2" "$1"; verdict $? "not in $(basename "$1"): $2"; }
post() { "$upkeep" post --db "$1" --today "2025-03-$2" "${@:3}" >"$work/said" 2>&1; }
state() { sqlite3 "$1" "SELECT group_concat(state, ' ') FROM (SELECT state FROM letter ORDER BY pp, id)"; }
is() { [ "$1" = "$2" ]; verdict $? "$3: $1, not $2"; }
sound() { "$upkeep" check --db "$1" >"$work/said" 2>&1; verdict $? "$2: the record is not sound"; }

"$upkeep" play --quiet --db "$work/base.db" tests/post/families.play >"$work/said" || { cat "$work/said"; exit 2; }
cp "$work/base.db" "$work/a.db"

# --- a day
post "$work/a.db" 10 --out "$work/out"; is $? 1 "a letter is kept"
has "$work/said" "8 letters written"
has "$work/said" "no letter is safe for them"
is "$(state "$work/a.db")" "written written written written written written kept written kept written" "states"
is "$(ls "$work/out" | wc -l)" 9 "files"
is "$(tail -n +2 "$work/out/000001.csv" | while IFS=, read -r _ f _ _ _ sum; do echo "$sum  $work/out/$f"; done | sha256sum -c --quiet 2>&1)" "" "the list has each file's sum"
grep -q ',large,' "$work/out/000001.csv"; verdict $? "large print is asked for and not on the list"
grep -q ',cy-GB,' "$work/out/000001.csv"; verdict $? "no letter is in Welsh"
secrets=$(sqlite3 "$work/a.db" "SELECT given FROM person UNION SELECT family FROM person UNION SELECT ref FROM person UNION SELECT ref FROM arrangement UNION VALUES ('Pretend'), ('Nosuch'), ('Madeup'), ('ZZ1')")
{ ls "$work/out"; cat "$work/out"/*.csv "$work/said"; } | grep -v '^kept:' >"$work/names"
! grep -qFf <(echo "$secrets") "$work/names"; verdict $? "a name or address is in a list or a file's name"
pdftotext -f 1 -l 1 -x 70 -y 112 -W 270 -H 76 -r 72 "$work/out/000001-000001.pdf" "$work/window"
has "$work/window" "14 Pretend Lane"
post "$work/a.db" 10 --out "$work/again"; has "$work/said" "nothing to send"
is "$(ls "$work/again" | wc -l)" 0 "a second run writes nothing"
is "$(sqlite3 "$work/a.db" "SELECT count(*) FROM clock WHERE kind = 'letter_kept' AND gone = 0")" 2 "a clock for each letter that is kept"
sound "$work/a.db" "after a day"

# --- answers
"$upkeep" post --today 2025-03-11 --simulate "$work/out/000001.csv" >"$work/answers"
is "$(grep -c accepted "$work/answers")" 8 "the printer that is made up accepts all"
sed -i 's/^\(000001-000001\),delivered,.*/\1,returned,2025-03-11,gone_away/' "$work/answers"
post "$work/a.db" 11 --answers "$work/answers"; is $? 0 "answers"
has "$work/said" "8 accepted, 6 delivered, 2 came back; 0 known before, 0 bad"
is "$(state "$work/a.db")" "returned delivered delivered delivered delivered delivered kept returned kept delivered" "states after the answers"
sqlite3 "$work/a.db" .dump >"$work/before"
post "$work/a.db" 11 --answers "$work/answers"; has "$work/said" "16 known before, 0 bad"
sqlite3 "$work/a.db" .dump | cmp -s - "$work/before"; verdict $? "the same answers twice change the record"
cat >"$work/bad" <<END
letter,outcome,date,reason
000001-000099,accepted,2025-03-11,
000001-000002,lost,2025-03-11,
000001-000002,returned,2025-04-11,
1-2,returned,2025-03-11,
000001-000002,returned,2025-03-11,he said so
000001-000002,returned,2025-03-12,gone_away
END
post "$work/a.db" 12 --answers "$work/bad"; is $? 1 "bad lines"
has "$work/said" "bad:2: There is no such letter"; has "$work/said" "bad:3: The outcome must be"
has "$work/said" "bad:4: The date has not come"; has "$work/said" "bad:5: The letter must be called"
has "$work/said" "bad:6: The reason must be"; has "$work/said" "1 came back; 0 known before, 5 bad"
echo "no,such" >"$work/bad"; post "$work/a.db" 12 --answers "$work/bad"; is $? 2 "not such a file"
is "$(sqlite3 "$work/a.db" "SELECT count(*) FROM clock WHERE kind = 'letter_returned' AND gone = 0")" 3 "a clock for each that came back"
sound "$work/a.db" "after the answers"

# --- cut off at any write, and on a full disk
cc -O1 -shared -fPIC -o "$work/kill.so" tests/kill/kill.c -ldl || exit 2
cp "$work/base.db" "$work/whole.db"
KILL_COUNT=$work/count LD_PRELOAD=$work/kill.so "$upkeep" post --db "$work/whole.db" --today 2025-03-10 --out "$work/whole" >"$work/said" 2>&1
all=$(cat "$work/count")
for ((k = 1; k <= points; k++)); do
    at=$((all * k / (points + 1) + 1)); how=KILL_AT; [ $((k % 3)) -eq 0 ] && how=FULL_AT
    rm -rf "$work/cut.db"* "$work/cut"; cp "$work/base.db" "$work/cut.db"
    env $how=$at LD_PRELOAD="$work/kill.so" "$upkeep" post --db "$work/cut.db" --today 2025-03-10 --out "$work/cut" >"$work/said" 2>&1
    status=$?
    [ $status -gt 1 ] || [ $how = FULL_AT ]; verdict $? "$how=$at does not end it"
    post "$work/cut.db" 11 --out "$work/cut"; post "$work/cut.db" 11 --out "$work/cut"
    lists=$(cat "$work/cut"/*.csv | grep -v ^letter, | cut -d, -f2 | sort)
    is "$(echo "$lists" | wc -l) $(echo "$lists" | uniq -d | wc -l) $(sqlite3 "$work/cut.db" "SELECT count(*) || ' ' || count(DISTINCT pp * 1000 + letter) FROM post_item")" "8 0 8 8" "$how=$at: each letter in one list"
    is "$(cat "$work/cut"/*.csv | grep -v ^letter, | while IFS=, read -r _ f _ _ _ sum; do echo "$sum  $work/cut/$f"; done | sha256sum -c --quiet 2>&1)" "" "$how=$at: a file is not as its list has it"
    sound "$work/cut.db" "$how=$at"
done
echo "post: $pass passed, $fail failed"
[ $fail -eq 0 ]
