#!/bin/sh
# law.sh: what lawc must refuse.  Run from the root after `make`.  Each law/NAME.law is added to
# law/base.txt, which has no fault, and says in its first line which message it must give, and on
# which line.  Then: the law itself compiles to the same bytes twice, and base.txt alone compiles.
lawc=${1:-build/tools/lawc}
dir=tests/mustfail/law
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
mkdir "$out/a" "$out/b" "$out/base"
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "law: $2"; fi; }

for file in $dir/*.law $dir/draft/*.law; do
    line=$(sed -n '1s/^# fault \([0-9]*\): .*/\1/p' "$file")
    want=$(sed -n '1s/^# fault [0-9]*: //p' "$file")
    $lawc "$out/base" $dir/base.txt "$file" >"$out/said" 2>&1
    status=$?
    [ -n "$want" ] && [ $status -eq 1 ] && [ ! -e "$out/base/law_data.c" ] &&
        grep -F "$file:$line: " "$out/said" | grep -qF -- "$want"
    verdict $? "$file should say on line $line: $want; it said: $(cat "$out/said")"
done
$lawc "$out/base" "$out/none.law" 2>&1 | grep -q 'cannot be read'
verdict $? "a file that is not there should be told"
sed '/^scheme/,/^    mark/d' $dir/base.txt >"$out/no-scheme.law"
$lawc "$out/base" "$out/no-scheme.law" 2>&1 | grep -q 'no scheme record'
verdict $? "law without a scheme should be told"
$lawc "$out/base" $dir/base.txt
verdict $? "base.txt must have no fault"
for copy in a b; do $lawc "$out/$copy" law/*.law law/draft/*.law || fail=$((fail + 1)); done
diff -r "$out/a" "$out/b" >"$out/said"
verdict $? "the same law must give the same bytes: $(head -3 "$out/said")"
echo "law must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
