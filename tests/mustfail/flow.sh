#!/bin/sh
# flow.sh: what flowc must refuse.  Run from the root after `make`.  Each flow/NAME.flow is added to
# flow/base.txt, which has no fault, and says in its first line which message it must give, and on
# which line.  Then: the machines themselves compile to the same bytes twice, and base.txt alone compiles.
flowc=${1:-build/tools/flowc}
dir=tests/mustfail/flow
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
mkdir "$out/a" "$out/b" "$out/base"
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "flow: $2"; fi; }

for file in $dir/*.flow; do
    line=$(sed -n '1s/^# fault \([0-9]*\): .*/\1/p' "$file")
    want=$(sed -n '1s/^# fault [0-9]*: //p' "$file")
    $flowc "$out/base" $dir/law.txt -- $dir/base.txt "$file" >"$out/said" 2>&1
    status=$?
    [ -n "$want" ] && [ $status -eq 1 ] && [ ! -e "$out/base/flow_data.c" ] &&
        grep -F "$file:$line: " "$out/said" | grep -qF -- "$want"
    verdict $? "$file should say on line $line: $want; it said: $(cat "$out/said")"
done
$flowc "$out/base" $dir/law.txt -- "$out/none.flow" 2>&1 | grep -q 'cannot be read'
verdict $? "a file that is not there should be told"
$flowc "$out/base" $dir/law.txt -- $dir/base.txt
verdict $? "base.txt must have no fault"
for copy in a b; do $flowc "$out/$copy" law/*.law -- law/flow/*.flow || fail=$((fail + 1)); done
diff -r "$out/a" "$out/b" >"$out/said"
verdict $? "the same machines must give the same bytes: $(head -3 "$out/said")"
echo "flow must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
