#!/bin/sh
# holiday.sh: what holidayc must refuse.  Run from the root after `make`.  Each holiday/NAME.txt says
# in its first line which fault it must give, and on which line.
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
pass=0; fail=0
for file in tests/mustfail/holiday/*.txt; do
    line=$(sed -n '1s/^# fault \([0-9]*\): .*/\1/p' "$file")
    want=$(sed -n '1s/^# fault [0-9]*: //p' "$file")
    build/tools/holidayc "$file" "$out/x.c" >"$out/said" 2>&1
    if [ $? -eq 1 ] && [ -n "$want" ] && [ ! -e "$out/x.c" ] &&
        grep -F "$file:$line: " "$out/said" | grep -qF -- "$want"; then
        pass=$((pass + 1))
    else
        fail=$((fail + 1)); echo "$file should say line $line: $want; it said: $(cat "$out/said")"
    fi
done
echo "holiday must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
