#!/bin/sh
# sql.sh: what sqlc must refuse, and what it must make. Run from the root after `make`.
# Each sql/NAME.sql says in its first line which fault it must give, and on which line; schema_* are
# schemas themselves. sql/golden.txt must become golden.h.txt and golden.c.txt, byte for byte.
dir=tests/mustfail/sql
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "sql: $2"; fi; }

for file in $dir/*.sql; do
    line=$(sed -n '1s/^-- fault \([0-9]*\): .*/\1/p' "$file")
    want=$(sed -n '1s/^-- fault [0-9]*: //p' "$file")
    case $file in
        */schema_*) build/tools/sqlc "$out/x" "$file" >"$out/said" 2>&1 ;;
        *) build/tools/sqlc "$out/x" $dir/schema.txt "$file" >"$out/said" 2>&1 ;;
    esac
    status=$?
    [ -n "$want" ] && [ $status -eq 1 ] && [ ! -e "$out/x.c" ] &&
        grep -F "$file:$line: " "$out/said" | grep -qF -- "$want"
    verdict $? "$file should say line $line: $want; it said: $(cat "$out/said")"
    rm -f "$out"/x.*
done
build/tools/sqlc "$out/golden" $dir/schema.txt $dir/golden.txt && for part in h c; do
    if [ "$1" = --accept ]; then cp "$out/golden.$part" "$dir/golden.$part.txt"; fi
    diff "$dir/golden.$part.txt" "$out/golden.$part"
    verdict $? "golden.$part differs (tests/mustfail/sql.sh --accept takes the new one)"
done || verdict 1 "golden.txt is refused"
echo "sql must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
