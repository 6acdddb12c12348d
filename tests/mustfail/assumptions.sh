#!/bin/bash
# assumptions.sh: what `upkeep generate` must refuse to read.  Run from the root after `make`.  Each row
# is a change (sed) of data/caseload.assumptions, the text of the line that the message must name, and
# what it must say.  Nothing may be made.
file=data/caseload.assumptions
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
pass=0; fail=0

while IFS='|' read -r change line want; do
    [ -n "$change" ] || continue
    sed "$change" $file >"$work/changed"
    build/upkeep generate --arrangements 1 --seed 1 --assumptions "$work/changed" --db "$work/db" \
        >"$work/said" 2>&1
    status=$?
    number=$(sed -n "s|.*$work/changed:\([0-9]*\): .*|\1|p" "$work/said")
    if [ $status -eq 2 ] && [ ! -e "$work/db" ] && ! cmp -s $file "$work/changed" &&
        sed -n "${number:-0}p" "$work/changed" 2>/dev/null | grep -qF -- "$line" && grep -qF -- "$want" "$work/said"; then
        pass=$((pass + 1))
    else
        fail=$((fail + 1)); echo "assumptions: $change should say of "$line": $want; it said: $(cat "$work/said")"
    fi
done <<'ROWS'
s/^number prisoner/figure prisoner/|figure prisoner|figure is no kind of record
s/^number prisoner/number convict/|number convict|there is no assumption "convict"
s/^number prisoner/weights prisoner/|weights prisoner|prisoner is number, not weights
s/^number prisoner per_mille/number prisoner percent/|number prisoner|the unit of prisoner is "per_mille"
s/^number prisoner per_mille/number prisoner per_mille today/|number prisoner|the unit of prisoner
s/^number prisoner per_mille/number pension_contributions per_mille/|number pension_contributions per_mille|given twice
s/^    value 6$/    value -6/|value -6|give a whole number, not "-6"
s/^    value 6$/    value six/|value six|give a whole number, not "six"
s/^    value 6$/    value 6 7/|value 6 7|one line "value" with one value
s/^    value 6$/    amount 6/|amount 6|one line "value" with one value
s/^    value 6$//|number prisoner|there is no value
s/2026-09-30/2026-09-31/|2026-09-31|give a day such as
s/^    direct_pay       627/    direct_paid 627/|direct_paid|"direct_paid" is none of: direct_pay collect_and_pay
s/^    direct_pay       627/    collect_and_pay 627/|collect_and_pay  373|collect_and_pay is given twice
s/^    direct_pay       627//|weights service|service wants a row for each of: direct_pay collect_and_pay
s/^    direct_pay       627/    direct_pay/|    direct_pay|a row is a word and a whole number
/^    direct_pay  *627/d;s/^    collect_and_pay  *373/    collect_and_pay 0\n    direct_pay 0/|weights service|the weights are all nothing
s/^    0     2$/    1 2/|curve age_of_child|a curve begins at 0 and ends at 1000
s/^    250   62/    600 62/|curve age_of_child|the points of a curve rise
s/^    250   62/    250 62000/|curve age_of_child|its values do not fall
s/^    250   62/    25.0 62/|25.0 62|a point of a curve is a whole number
s/^number prisoner per_mille/value 3/|value 3|value is no kind of record
1s/^/    value 3\n/|    value 3|this line belongs to no record
s/^    source assumed plainly invented/    source invented/|source invented|a source is published, derived or assumed
s/^    source assumed plainly invented//|words streets|it does not say its source
s/^    source assumed plainly invented/    source published/|    source published|name the series
s/^    source assumed plainly invented/&\n&/|    source assumed plainly invented|the source is given twice
s/^    words Pretend_Lane/    word Pretend_Lane/|word Pretend_Lane|streets has lines "words"
/^number prisoner/,/source/d||the number prisoner is missing
s/^target abuse/target weather/|target weather|weather is nothing that is measured
s/^target abuse/target intake/|target intake|given twice
s/^target abuse/target abuse twice/|target abuse twice|a target has one name
s/^    figure    56$/    figure 56%/|figure 56%|give a number with at most three places
s/^    figure    56$/    figure 56.0001/|figure 56.0001|give a number with at most three places
s/^    figure    56$/    figure 56\n    figure 57/|figure 57|figure is given twice
s/^    figure    43$//|target low_income|a label, a unit, a figure and a tolerance
s/^    label     Applications in the year/    title Applications/|title Applications|"title" is not a line of a target
ROWS
printf '' >"$work/empty"
build/upkeep generate --arrangements 1 --seed 1 --assumptions "$work/empty" --db "$work/db" >"$work/said" 2>&1
[ $? -eq 2 ] && grep -q 'is missing' "$work/said" && pass=$((pass + 1)) || { fail=$((fail + 1)); echo "assumptions: an empty file passes"; }
echo "assumptions must-fail: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
