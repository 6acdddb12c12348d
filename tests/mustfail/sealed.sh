#!/bin/sh
# sealed.sh: what the compiler and tools/tidy must refuse to do with a sealed value. Each
# sealed/NAME.c says in its first line what the compiler must say. Run from the root after `make`.
dir=tests/mustfail/sealed
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
pass=0; fail=0
verdict() { if [ "$1" -eq 0 ]; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "sealed: $2"; fi; }
compile() { gcc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -Isrc -Ibuild/gen "$1" 2>"$work/said"; }

compile $dir/good.c
verdict $? "$dir/good.c does not compile: $(cat "$work/said")"
for file in $dir/*.c; do
    want=$(sed -n '1s|^/\* must fail: \(.*\) \*/$|\1|p' "$file")
    [ -n "$want" ] || continue
    ! compile "$file" && grep -q -e "$want" "$work/said"
    verdict $? "$file should say $want; the compiler said: $(head -n 5 "$work/said")"
done

# Opening one anywhere but in the door, and reading facts before they are sealed.
for call in 'sealed_text(s)' 'sql_fact_list(a, b)' 'sql_fact_list_ask(a, b)' 'sql_fact_history(a, b)'; do
    for place in web/page.c cli/command_x.c app/letter.c feed/access.c; do
        rm -rf "$work/src"; mkdir -p "$work/src/${place%/*}"
        echo "int x = $call;" >"$work/src/$place"
        ! build/tools/tidy "$work/src" 2>"$work/said" && grep -q "opened through app/access.h" "$work/said"
        verdict $? "tidy lets $place call $call"
    done
done
rm -rf "$work/src"; mkdir -p "$work/src/app"
echo "int x = sealed_text(s) + unsealed_text(s);" >"$work/src/app/access.c"
build/tools/tidy "$work/src" 2>"$work/said"
verdict $? "tidy refuses the door itself: $(cat "$work/said")"
echo "sealed must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
