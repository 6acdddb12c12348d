#!/bin/sh
# kinds.sh NAME TOOL OUTPUT LIST [FILES]: what a compiler of a list of kinds must refuse.  Each NAME/*.txt says
# in its first line which message it must give, and on which line; the list itself has no fault and
# compiles to the same bytes twice.
name=$1; tool=$2; output=$3; list=$4; with=${5:-law/*.law}
dir=tests/mustfail/$name
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
mkdir "$out/bad" "$out/a" "$out/b"
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "$name: $2"; fi; }

for file in "$dir"/*.txt; do
    line=$(sed -n '1s/^# fault \([0-9]*\): .*/\1/p' "$file")
    want=$(sed -n '1s/^# fault [0-9]*: //p' "$file")
    $tool "$out/bad" "$file" $with >"$out/said" 2>&1
    status=$?
    [ -n "$want" ] && [ $status -eq 1 ] && [ ! -e "$out/bad/$output" ] &&
        grep -F "$file:$line: " "$out/said" | grep -qF -- "$want"
    verdict $? "$file should say on line $line: $want; it said: $(cat "$out/said")"
done
for copy in a b; do $tool "$out/$copy" "$list" $with || fail=$((fail + 1)); done
diff -r "$out/a" "$out/b" >"$out/said"
verdict $? "the same list must give the same bytes: $(head -3 "$out/said")"
echo "$name must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
