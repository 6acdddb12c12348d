#!/bin/sh
# explain.sh: what explainc must refuse: a sentence, phrase or name of the explanation without Welsh, or
# whose Welsh has lost a figure. Run from the root after `make`.
from=page/welsh/calculation.po
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "explain: $2"; fi; }
refused() { # NAME WHAT IT MUST SAY, of the catalogue $out/x.po
    rm -f "$out/x.c"
    build/tools/explainc "$out/x.c" "$out/x.po" >"$out/said" 2>&1
    status=$?
    ! cmp -s "$from" "$out/x.po" && [ $status -eq 1 ] && [ ! -e "$out/x.c" ] && grep -qF -- "$2" "$out/said"
    verdict $? "$1: it should say: $2; it said: $(cat "$out/said")"
}

grep -v '^msgid "Nil rate: {before}' $from >"$out/x.po"
refused 'a sentence that is not there' 'msgid "Nil rate: {before} a week is below {after}."'
sed '/^msgid "Flat rate: {benefit}/{n;s/.*/msgstr ""/}' $from >"$out/x.po"
refused 'a sentence with no Welsh' 'msgid "Flat rate: {benefit}."'
sed '/^msgid "Nil rate: {before}/{n;s/{after}/£7/}' $from >"$out/x.po"
refused 'a figure that is lost' 'not the same slots: msgid "Nil rate: {before}'
sed '/^msgid "Nil rate: {before}/{n;s/{after}/{after} {after}/}' $from >"$out/x.po"
refused 'a figure said twice' 'not the same slots: msgid "Nil rate: {before}'
sed '/^msgid "%d other children"/{n;s/.*/msgstr ""/}' $from >"$out/x.po"
refused 'a phrase with no Welsh' 'msgid "%d other children"'
sed '/^msgid "Boarding school fees"/{n;s/.*/msgstr ""/}' $from >"$out/x.po"
refused 'a ground with no Welsh' 'msgid "Boarding school fees"'
build/tools/explainc "$out/x.c" $from && cmp -s "$out/x.c" build/gen/explain_parts.c
verdict $? "$from itself is refused"
echo "explain must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
