#!/bin/sh
# letter.sh: reads the sample letters' PDFs back with other people's programs (qpdf, poppler). Run
# from the root after `make check`; the samples are written by the unit test. Full PDF/UA conformance
# is not checked by any program here: structure, language, title, fonts and text are.
test=${1:-build/san/unit/test_letter}
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
pass=0; fail=0
check() { # NAME COMMAND...
    name=$1; shift
    if "$@"; then pass=$((pass + 1)); else fail=$((fail + 1)); echo "letter: $name"; fi
}
has() { grep -qF -- "$2" "$1"; }
has_no() { ! grep -qF -- "$2" "$1"; }
count() { [ "$(grep -cE -- "$2" "$1")" -eq "$3" ]; }
sound() { qpdf --check "$1" >"$out/check" 2>&1 && ! grep -qi warning "$out/check"; }
marked() { # nothing is drawn outside a tag or an artifact
    awk '/ BDC$| BMC$/ { depth++ } /^EMC$/ { depth-- }
         depth == 0 && (/ T[jJ]$/ || /^\(.*Tj$/ || /\]TJ$/ || /^f$/ || / f$/) { bad = 1 }
         END { exit bad || depth }' "$1"
}

"$test" "$out" || exit 2
for pdf in "$out"/*.pdf; do
    name=$(basename "$pdf" .pdf)
    pdfinfo "$pdf" >"$out/info" 2>&1
    pdfinfo -struct-text "$pdf" >"$out/tree" 2>"$out/noise"
    pdftotext "$pdf" "$out/text"
    pdffonts "$pdf" | sed 1,2d >"$out/fonts"
    qpdf --qdf --object-streams=disable "$pdf" "$out/qdf" 2>/dev/null
    LC_ALL=C tr -d '\000' <"$out/qdf" >"$out/plain"
    case $name in *.cy*) lang=cy-GB page='Tudalen 1 o' ;; *) lang=en-GB page='Page 1 of' ;; esac
    check "$name is not sound" sound "$pdf"
    check "$name is not tagged" has "$out/info" 'Tagged:          yes'
    check "$name is not A4" has "$out/info" '(A4)'
    check "$name has another day than its own" has "$out/info" 'CreationDate:    Mon Nov 16'
    check "$name: language" has "$out/plain" "/Lang ($lang)"
    check "$name: title is not displayed" has "$out/plain" '/DisplayDocTitle true'
    check "$name: XMP" has "$out/plain" '<pdfuaid:part>1</pdfuaid:part>'
    check "$name: one H1" count "$out/tree" '^ *H1' 1
    letter=letter/$(basename "$pdf" | cut -d. -f1).letter
    tables=$(grep -c '^table' "$letter")
    check "$name: tables" count "$out/tree" '^ *Table' "$tables"
    [ "$tables" -eq 0 ] || check "$name: column heads" has "$out/tree" '/Scope /Column'
    ! grep -q '^total ' "$letter" || check "$name: row head of the total" has "$out/tree" '/Scope /Row'
    check "$name: an item without its label" count "$out/tree" '^ *LBody' "$(grep -c '^ *Lbl' "$out/tree")"
    check "$name: page numbers are read out" has_no "$out/tree" "$page"
    check "$name: page number" has "$out/text" "$page"
    check "$name: an artifact is left in the tree" has_no "$out/tree" NonStruct
    check "$name: something drawn is unmarked" marked "$out/plain"
    check "$name: a font is not embedded" count "$out/fonts" 'Liberation.* yes yes yes ' "$(wc -l <"$out/fonts")"
    check "$name: words run together" has "$out/tree" '. '
done
pdfinfo -struct-text "$out/arrears_notice.en.40.pdf" >"$out/tree" 2>/dev/null
check "40 payments are 42 rows of one table" count "$out/tree" '^ *TR' 42
check "repeated heads are not read again" count "$out/tree" 'Scope /Column' 4
pdftotext "$out/arrears_notice.en.40.pdf" "$out/text"
check "the head is repeated on the next page" count "$out/text" '^Not paid$' 2
pdfinfo -struct-text "$out/arrears_notice.en.pdf" >"$out/tree" 2>/dev/null
check "a paragraph reads whole" has "$out/tree" 'we will work out with you what you can afford'
# The address shows in a DL window: 24.6 to 120 mm across, 39.5 to 66.3 mm down (in points here).
for pdf in "$out"/*.pdf; do
    pdftotext -f 1 -l 1 -x 70 -y 112 -W 270 -H 76 -r 72 "$pdf" "$out/window"
    check "$(basename "$pdf"): the window does not show the whole address" has "$out/window" 'SY23 9ZZ'
    check "$(basename "$pdf"): the window shows more than the address" count "$out/window" '[[:alnum:]]' 5
done
echo "letter: $pass passed, $fail failed"
[ $fail -eq 0 ]
