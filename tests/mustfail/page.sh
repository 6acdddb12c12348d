#!/bin/sh
# page.sh: every template of tests/mustfail/page must be refused at the line and with the words that its
# first line names.  Usage: page.sh PAGEC
pagec=$1; here=$(dirname "$0")/page; pass=0; fail=0
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
: >"$work/assets"
"$pagec" "$work/assets" "$work/o.h" "$work/o.c" "$here/base.frame" || { echo "page must-fail: the frame alone does not pass"; exit 1; }
for file in "$here"/*.html; do
    line=$(sed -n '1s/^{{! must fail, line \([0-9]*\): .*/\1/p' "$file")
    words=$(sed -n '1s/^{{! must fail, line [0-9]*: \(.*\) }}$/\1/p' "$file")
    said=$("$pagec" "$work/assets" "$work/o.h" "$work/o.c" "$here/base.frame" "$file" 2>&1)
    status=$?
    if [ $status -eq 1 ] && [ -n "$words" ] && case $said in "$file:$line: "*"$words"*) true ;; *) false ;; esac; then
        pass=$((pass + 1))
    else
        echo "page must-fail: $file: wanted line $line, \"$words\"; got status $status: $said"
        fail=$((fail + 1))
    fi
done
# Catalogues: welsh/greeting.html with each of welsh/*.po (and a template or a source of the same name) is
# refused with the words its first line names; the one that passes says so.
for file in "$here"/welsh/*.po; do
    words=$(sed -n '1s/^# must fail: //p' "$file"); more=
    for other in "${file%.po}.html" "${file%.po}.c"; do [ -f "$other" ] && more="$more $other"; done
    said=$("$pagec" "$work/assets" "$work/o.h" "$work/o.c" "$here/base.frame" "$here/welsh/greeting.html" $more "$file" 2>&1)
    status=$?
    wanted=1; [ -z "$words" ] && wanted=0
    if [ $status -eq $wanted ] && case $said in *"$words"*) true ;; *) false ;; esac; then
        pass=$((pass + 1))
    else
        echo "page must-fail: $file: wanted \"$words\"; got status $status: $said"
        fail=$((fail + 1))
    fi
done
echo "page must-fail: $pass passed, $fail failed"
[ $fail -eq 0 ]
