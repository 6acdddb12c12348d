#!/bin/sh
# coverage.sh: branch coverage of the pure core by its unit tests.  Usage: tests/coverage.sh
#
# Builds the core alone with counters in build/coverage, runs the unit tests that need no database,
# page or letter, and prints the table.  Each of src/rule, src/ledger and src/flow is one check:
# every branch must be taken.  Left out are only the conditions of BUG_UNLESS: they say what cannot
# happen, so no test can make them false.
set -u
cd "$(dirname "$0")/.." || exit 2
b=build/coverage
log=$b.log
mkdir -p build

tests=
for t in tests/unit/test_base.c tests/unit/test_law.c tests/unit/test_assess*.c \
         tests/unit/test_vectors.c tests/unit/test_ledger_*.c tests/unit/test_collection.c \
         tests/unit/test_flow*.c tests/unit/test_service.c; do
    tests="$tests $b/unit/$(basename "$t" .c)"
done
find build/coverage -name '*.gcda' -delete 2>/dev/null
if ! make --no-print-directory -j"$(nproc)" FLAVOUR=cov B=$b UNIT="$tests" \
        SRC="$(echo src/base/*.c src/law/*.c src/rule/*.c src/ledger/*.c src/flow/*.c)" \
        unit >"$log" 2>&1; then
    tail -n 40 "$log"
    echo "coverage: 0 passed, 3 failed"
    exit 1
fi
tail -n 1 "$log"

gcovr --branches --root . --object-directory $b --filter 'src/(rule|ledger|flow)/' \
    --exclude-branches-by-pattern '.*BUG_UNLESS\(.*' --csv $b/branches.csv --txt - $b || {
    echo "coverage: 0 passed, 3 failed"
    exit 1
}

# A folder with no branches at all was not measured, and fails too.
passed=0; failed=0
for folder in src/rule src/ledger src/flow; do
    counts=$(awk -F, -v f="$folder/" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        index($1, f) == 1 { n += $at["branch_total"]; hit += $at["branch_covered"] }
        END { print hit + 0, n + 0 }' $b/branches.csv)
    hit=${counts% *}; all=${counts#* }
    if [ "$all" -gt 0 ] && [ "$hit" -eq "$all" ]; then
        passed=$((passed + 1)); echo "$folder: all $all branches taken"
    else
        failed=$((failed + 1)); echo "$folder: $hit of $all branches taken"
    fi
done
echo "coverage: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
