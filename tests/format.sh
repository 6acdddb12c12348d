#!/bin/sh
# format.sh: every C file is laid out as .clang-format says; `make format` lays them out.
cd "$(dirname "$0")/.." || exit 2
pass=0; fail=0
for file in $(find src tools tests fuzz bench -name '*.[ch]' -not -path '*/node_modules/*' | sort); do
    if said=$(clang-format-14 --dry-run -Werror "$file" 2>&1); then
        pass=$((pass + 1))
    else
        fail=$((fail + 1)); echo "format: $file"; echo "$said" | head -n 3
    fi
done
echo "format: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
