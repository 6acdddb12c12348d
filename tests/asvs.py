#!/usr/bin/env python3
"""asvs.py: doc/security.md has every requirement once, and what it names is there.
Usage: tests/asvs.py     the numbers of ASVS 5.0, levels 1 and 2: tests/asvs5_level2.txt"""
import os
import re
import sys

os.chdir(os.path.dirname(os.path.abspath(__file__)) + "/..")
wanted = open("tests/asvs5_level2.txt").read().split()
text = open("doc/security.md").read()
states = {"met": 0, "run": 0, "none": 0, "not yet": 0}
seen, passed, faults = [], 0, []

for line in text.splitlines():
    cells = [c.strip() for c in line.strip("|").split("|")] if line.startswith("|") else []
    if len(cells) != 3 or not cells[0] or not cells[0][0].isdigit():
        continue
    if cells[1] not in states or not cells[2]:
        faults.append(f"{cells[0]}: a state is one of {', '.join(states)}, with words beside it")
        continue
    numbers = cells[0].split(", ")
    states[cells[1]] += len(numbers)
    seen += numbers
    file = None
    for name in re.findall(r"`([^`]+)`", cells[2]):
        if re.fullmatch(r"(src|tests|law|page|fuzz|tools|sql)/[\w./-]+", name):
            file = name
            if not os.path.exists(name):
                faults.append(f"{cells[0]}: there is no {name}")
        elif file and re.fullmatch(r"[a-z]+(_[a-z]+){2,}", name):
            if name not in open(file).read():
                faults.append(f"{cells[0]}: {file} has no {name}")
for number in sorted(set(wanted) | set(seen)):
    if seen.count(number) == 1 and number in wanted:
        passed += 1
    else:
        faults.append(f"{number}: {seen.count(number)} times")
for link in re.findall(r"\]\(([\w-]+\.md)\)", text):
    if not os.path.exists(f"doc/{link}"):
        faults.append(f"there is no doc/{link}")
for fault in faults:
    print(f"asvs: {fault}")
print("asvs:", ", ".join(f"{n} {s}" for s, n in states.items()))
print(f"asvs: {passed} passed, {len(faults)} failed")
sys.exit(bool(faults))
