#!/bin/sh
# scenario.sh: plays every scenario of tests/scenario with the sanitized build, each in a database of
# its own, the example of doc/scenarios.md, and every file of tests/scenario/wrong, each of which must be refused with the sentence in
# its first line.  Usage: tests/scenario.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/san/upkeep}
pass=0; fail=0
example=$(mktemp) || exit 2 # the whole one of doc/scenarios.md
trap 'rm -f "$example"' EXIT
awk '/^```$/ { inside = !inside; next } inside' doc/scenarios.md >"$example"
for file in tests/scenario/*.play "$example"; do
    if said=$(timeout 120 "$upkeep" play --quiet "$file" 2>&1); then
        pass=$((pass + 1))
    else
        fail=$((fail + 1)); echo "$said"
    fi
done
for file in tests/scenario/wrong/*.play; do
    expected=$(sed -n '1s/^# //p' "$file")
    said=$(timeout 120 "$upkeep" play --quiet "$file" 2>&1)
    status=$?
    if { [ $status -eq 1 ] || [ $status -eq 2 ]; } && printf '%s' "$said" | grep -qF "$expected"; then
        pass=$((pass + 1))
    else
        fail=$((fail + 1)); printf '%s: expected "%s", said:\n%s\n' "$file" "$expected" "$said"
    fi
done
echo "scenario: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
