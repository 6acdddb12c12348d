#!/usr/bin/env python3
"""Run random cases through the engine and the oracle and tell where they differ.

    compare.py UPKEEP_BINARY SEED COUNT [--jobs 2]

Every field of every reply is compared. One case in fifty is a wrong input: there both must refuse,
with the same `id` and the same `path` (and `income_missing` where that is the reason). Prints the
first five differences, each with the command that makes its input again, then the count; the exit
status is 1 if anything differs.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys

import assess
import generate

CHUNK = 10000
SHOWN = 5
FIELDS = (
    "id",
    "income_basis",
    "gross_weekly_income",
    "rate",
    "weekly_total",
    "receiving_parents",
)


def difference(want, got):
    """What is wrong with a good case's reply, or None."""
    if not isinstance(got, dict):
        return "the reply is not an object"
    for field in FIELDS:
        if got.get(field) != want[field]:
            return "%s: oracle %r, engine %r" % (field, want[field], got.get(field))
    if "steps" in got:
        return "steps: given in spite of --no-steps"
    if "error" in got:
        return "error: given beside an assessment"
    return None


def error_difference(wrong, got):
    """What is wrong with a wrong input's reply, or None. `wrong` is the oracle's InputError."""
    error = got.get("error") if isinstance(got, dict) else None
    if not isinstance(error, dict):
        return "error: oracle refuses (%s at %r), engine does not" % (wrong.code, wrong.path)
    if "id" not in got:
        return "id: missing"
    if got["id"] != wrong.id and not wrong.any_id:
        return "id: oracle %r, engine %r" % (wrong.id, got["id"])
    for key in ("code", "message"):
        if not isinstance(error.get(key), str) or not error[key]:
            return "error/%s: %r" % (key, error.get(key))
    if error.get("path") != wrong.path and error.get("path") not in wrong.also:
        paths = " or ".join(repr(path) for path in (wrong.path,) + tuple(wrong.also))
        return "error/path: oracle %s, engine %r" % (paths, error.get("path"))
    if (wrong.code == "income_missing") != (error["code"] == "income_missing"):
        return "error/code: oracle %r, engine %r" % (wrong.code, error["code"])
    return None


def check_chunk(job):
    """(cases, failures, the first few differences) of one chunk of case numbers."""
    binary, seed, start, count = job
    lines = [generate.mixed_line(seed, number) for number in range(start, start + count)]
    engine = subprocess.run(
        [binary, "assess", "--lines", "--no-steps"],
        input=b"".join(lines),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    replies = engine.stdout.split(b"\n")
    if replies[-1] == b"":
        replies.pop()

    failures = 0
    shown = []
    refused = False

    def fail(number, what, want, reply):
        nonlocal failures
        failures += 1
        if len(shown) < SHOWN:
            shown.append((number, what, want, reply))

    for i, line in enumerate(lines):
        wrong = None
        try:
            want = assess.assess_case(assess.read_line(line))
        except assess.InputError as error:
            wrong = error
            refused = True
            want = error.reply()
        if i >= len(replies):
            fail(start + i, "no reply", want, b"")
            continue
        try:
            got = json.loads(replies[i])
        except ValueError:
            fail(start + i, "the reply is not JSON", want, replies[i])
            continue
        if got == want and wrong is None:
            continue
        if wrong is None:
            what = difference(want, got)
        else:
            what = error_difference(wrong, got)
        if what:
            fail(start + i, what, want, replies[i])

    trouble = []
    if len(replies) > len(lines):
        trouble.append("%d replies for %d lines" % (len(replies), len(lines)))
    if engine.returncode != (1 if refused else 0):
        trouble.append("exit status %d" % engine.returncode)
    for what in trouble:
        failures += 1
        shown.append((start, what + " from the chunk which starts here", None, engine.stderr[:500]))
    return count, failures, shown


def show(seed, found):
    number, what, want, reply = found
    print("--- case %d: %s" % (number, what))
    print("again:  generate.py %d 1 --start %d --mixed" % (seed, number))
    if want is not None:
        line = generate.mixed_line(seed, number)
        print("input:  " + line.decode("utf-8", "backslashreplace").rstrip("\n"))
        print("oracle: " + json.dumps(want))
    print("engine: " + reply.decode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description="Compare the engine with the oracle.")
    parser.add_argument("binary")
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    binary = os.path.abspath(args.binary)
    if not os.access(binary, os.X_OK):
        parser.error("%s cannot be run" % args.binary)

    work = (
        (binary, args.seed, start, min(CHUNK, args.count - start))
        for start in range(0, args.count, CHUNK)
    )
    done = failed = shown = 0
    progress = sys.stderr.isatty()
    with multiprocessing.Pool(max(1, args.jobs)) as pool:
        for count, failures, found in pool.imap(check_chunk, work):
            done += count
            failed += failures
            for one in found[: SHOWN - shown]:
                show(args.seed, one)
                shown += 1
            if progress:
                print("\r%d of %d" % (done, args.count), end="", file=sys.stderr, flush=True)
    if progress:
        print(file=sys.stderr)
    print("oracle: %d passed, %d failed" % (max(0, done - failed), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
