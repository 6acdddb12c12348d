#!/bin/bash
# statement.sh: statements of both readers in every form, from stories in which much happens: figures
# that add up, ranges that meet, every line proved, nothing of another in what a receiving parent
# sees, PDFs that are tagged.  Usage: tests/statement.sh [UPKEEP]
cd "$(dirname "$0")/.." || exit 2
upkeep=${1:-build/upkeep}
out=$(mktemp -d) || exit 2
trap 'rm -rf "$out"' EXIT
db=$out/story.db
last=2099-01-01
pass=0; fail=0
check() { # NAME COMMAND...
    local name=$1; shift
    if "$@" >"$out/said" 2>&1; then pass=$((pass + 1)); else
        fail=$((fail + 1)); echo "statement: $story: $name"; head -n 6 "$out/said"
    fi
}
fails() { ! "$@"; }
statement() { "$upkeep" statement --db "$db" --known-on $last "$@"; }

# Opening balance and changes give each line's balance and the closing one.
adds_up() { # CSV-FILE
    python3 - "$1" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1])))
pence = lambda s: round(float(s) * 100)
at = pence(rows[0]["balance"])
for r in rows[1:-1]:
    at += pence(r["change"])
    assert at == pence(r["balance"]), r
    assert r["rule"].startswith("B-") and r["what"].endswith(".") and r["line"], r
assert at == pence(rows[-1]["balance"]) and len(rows) > 2, "closing"
PY
}
closing() { tail -n1 "$1" | cut -d, -f8; }
opening() { sed -n 2p "$1" | cut -d, -f8; }
owed() { "$upkeep" balance --db "$db" --csv --as-at $last --known-on $last "$1" | sed -n 2p | cut -d, -f2; }
json_is_csv() {
    python3 - "$1" "$2" <<'PY'
import csv, json, sys
s = json.load(open(sys.argv[1]))
rows = list(csv.DictReader(open(sys.argv[2])))
assert [l["line"] for l in s["lines"]] == [int(r["line"]) for r in rows[1:-1]]
assert [l["balance"] for l in s["lines"]] == [r["balance"] for r in rows[1:-1]]
assert s["opening"] == rows[0]["balance"] and s["closing"] == rows[-1]["balance"]
PY
}
pdf_is_sound() { # FILE LANGUAGE TITLE
    qpdf --check "$1" && pdfinfo "$1" | grep -qE 'Tagged: +yes' && pdfinfo "$1" | grep -qF "$3" &&
        qpdf --qdf --object-streams=disable "$1" "$out/qdf" && LC_ALL=C grep -qaF "/Lang ($2)" "$out/qdf"
}
proved() { # READER... ; every line of the CSV in $out/csv
    local line
    for line in $(sed '1,2d;$d' "$out/csv" | awk -F, '{ print $NF }'); do
        statement --prove "$line" "$@" >"$out/proof" || { echo "line $line"; cat "$out/proof"; return 1; }
        cat "$out/proof" >>"$out/seen"
    done
}

look() { # PAYER ARRANGEMENT-OR-NOTHING FORBIDDEN-FILE
    local reader=("$1")
    [ -n "$2" ] && reader=(--for "$2" "$1")
    statement --format csv --to $last "${reader[@]}" >"$out/csv"
    check "$* does not add up" adds_up "$out/csv"
    statement --format json --to $last "${reader[@]}" >"$out/json"
    check "$*: JSON and CSV differ" json_is_csv "$out/json" "$out/csv"
    day=$(awk -F, 'NR > 2 { print $1 }' "$out/csv" | sort | awk '{ d[NR] = $1 } END { print d[int(NR / 2) + 1] }')
    statement --format csv --to "$day" "${reader[@]}" >"$out/first"
    statement --format csv --from "$(date -d "$day + 1 day" +%F)" --to $last "${reader[@]}" >"$out/rest"
    check "$*: what ends on $day is not what begins after it" [ "$(closing "$out/first")" = "$(opening "$out/rest")" ]
    check "$*: a day's lines are in both halves" [ "$(sed -s '1,2d;$d' "$out/first" "$out/rest" | wc -l)" -eq "$(sed '1,2d;$d' "$out/csv" | wc -l)" ]
    : >"$out/seen"
    check "$*: not every line is proved" proved "${reader[@]}"
    if [ -z "$2" ]; then
        cp "$out/seen" "$out/payers"
        check "$1: the last line is not the balance" [ "$(closing "$out/csv")" = "$(owed "$1")" ]
    else
        statement --format pdf --to $last "${reader[@]}" >"$out/pdf"
        pdftotext "$out/pdf" - | cat - "$out/csv" "$out/json" "$out/seen" >"$out/all"
        statement --to $last "${reader[@]}" >>"$out/all"
        check "$*: it shows what is another's" fails grep -nFf "$3" "$out/all"
    fi
}

for story in two-receiving-parents payment-returned revision collection-fee-by-days enforcement-fees overpaid-over-time; do
    rm -f "$db"*
    "$upkeep" play --quiet --db "$db" "tests/scenario/$story.play" >"$out/said" 2>&1 || { cat "$out/said"; exit 2; }
    for payer in $(sqlite3 "$db" "SELECT DISTINCT p.ref FROM arrangement a JOIN person p ON p.id = a.pp"); do
        look "$payer" ""
        for arrangement in $(sqlite3 "$db" "SELECT a.ref FROM arrangement a JOIN person p ON p.id = a.pp WHERE p.ref = '$payer'"); do
            { # What the receiving parent must not see: everybody else's name, reference, address, money.
                sqlite3 "$db" "SELECT given || ' ' || family FROM person WHERE id <> (SELECT rp FROM arrangement WHERE ref = '$arrangement')
                    UNION SELECT ref FROM person WHERE id <> (SELECT rp FROM arrangement WHERE ref = '$arrangement')
                    UNION SELECT ref FROM arrangement WHERE ref <> '$arrangement'
                    UNION SELECT substr(value, 1, 12) FROM fact WHERE kind = 'address'
                        AND subject <> (SELECT rp FROM arrangement WHERE ref = '$arrangement')
                    UNION SELECT payer_name FROM receipt UNION SELECT bank_ref FROM receipt
                    UNION SELECT payer_account FROM receipt" | grep .
                echo pp_credit; echo "into credit"; echo "come figure"; echo "week £"
            } >"$out/forbidden"
            look "$payer" "$arrangement" "$out/forbidden"
            check "$payer: the search for what is another's finds nothing even in the payer's" \
                grep -qFf "$out/forbidden" "$out/payers"
        done
    done
done
statement --format pdf --to $last --today 2026-11-22 "$payer" >"$out/en.pdf"
check "the PDF" pdf_is_sound "$out/en.pdf" en-GB "Your child maintenance statement"
statement --format pdf --to $last --today 2026-11-22 --language welsh --for receiving "$payer" >"$out/cy.pdf"
check "the Welsh PDF" pdf_is_sound "$out/cy.pdf" cy-GB "Eich datganiad cynhaliaeth plant"
statement --format pdf --to $last --today 2026-11-22 "$payer" >"$out/again.pdf"
check "the same statement is another PDF" cmp "$out/en.pdf" "$out/again.pdf"
sqlite3 "$db" "UPDATE entry SET amount = amount + 1 WHERE id = 2 AND pp = (SELECT id FROM person WHERE ref = '$payer')"
check "a changed row is still proved" fails statement --prove 2 "$payer"
check "a line that is not there" fails statement --prove 99999 "$payer"
echo "statement: $pass passed, $fail failed"
[ "$fail" -eq 0 ]
