#!/bin/sh
# letter.sh: what letterc must refuse. Run from the root after `make`.
# Each letter/NAME.letter says in its first line which fault it must give, and on which line;
# good.letter is the same letter without a fault and must be accepted.
dir=tests/mustfail/letter
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "letter: $2"; fi; }

for file in $dir/*.letter; do
    [ "$file" = $dir/good.letter ] && continue
    line=$(sed -n '1s/^# fault \([0-9]*\): .*/\1/p' "$file")
    want=$(sed -n '1s/^# fault [0-9]*: //p' "$file")
    build/tools/letterc "$out/x.h" "$out/x.c" "$file" >"$out/said" 2>&1
    status=$?
    [ -n "$want" ] && [ $status -eq 1 ] && [ ! -e "$out/x.c" ] &&
        grep -F "$file:$line: " "$out/said" | grep -qF -- "$want"
    verdict $? "$file should say line $line: $want; it said: $(cat "$out/said")"
    rm -f "$out"/x.*
done
build/tools/letterc "$out/x.h" "$out/x.c" $dir/good.letter
verdict $? "$dir/good.letter is refused"
echo "letter must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
