#!/bin/sh
# format.sh: every C file is laid out as .clang-format says; `make format` lays them out.
cd "$(dirname "$0")/.." || exit 2
files=$(find src tools tests fuzz bench -name '*.[ch]' -not -path '*/node_modules/*' | sort)
said=$(echo "$files" | xargs -n 16 -P "$(nproc)" clang-format-14 --dry-run -Werror 2>&1)
wrong=$(echo "$said" | sed -n 's/^\([^: ]*\.[ch]\):.*error:.*/\1/p' | sort -u)
for file in $wrong; do echo "format: $file"; done
all=$(echo "$files" | grep -c .); fail=$(echo "$wrong" | grep -c .)
[ -z "$said" ] || [ "$fail" -gt 0 ] || { echo "$said"; fail=1; }
echo "format: $((all - fail)) passed, $fail failed"
[ "$fail" -eq 0 ]
