#!/usr/bin/env python3
"""generate.py: scenarios for the demonstration, from kinds of life and a list of names.

Usage: generate.py DEMO_FOLDER OUT_FOLDER

A story (stories/*.txt) is a scenario with words in braces.  Its first lines say how many families
live it and when the first of them applies:

    # families 4
    # begins 2025-05-06

Words in braces: {paying} {receiving} {second} are people with their last name, {P} {R} {S} the names
they are called by in the file, {child1} ... {child4} children with {C1} ... {C4} their names and
{born1} ... their birthdays; {address} {address2} plainly invented addresses; {income} a yearly income,
{income*0.7} a part of it; {day+N} the day N days after the application; {effective} the first day of
maintenance; {payday} a day of the month.
`pays every month AMOUNT until DAY [late N]` becomes payments on each payday (late: N days after it).
`runs until DAY` becomes `days until` in steps of a month, so that payments fall in between.

Everything follows from the files: no chance, no clock.  The same person never appears twice.
"""
import datetime
import pathlib
import re
import sys

END = datetime.date(2026, 11, 20)
STREETS = ["Pretend Lane", "Invented Row", "Imaginary Close", "Nosuch Street", "Fiction Avenue",
           "Makebelieve Road", "Example Terrace", "Placeholder Way"]
TOWNS = ["Nowhere-on-Sea", "Upper Nonesuch", "Fictonbury", "Madeup Magna", "Llan-nunlle"]


def names(folder):
    """First names, each used once for a grown-up and once for a child, and last names."""
    first, last = [], []
    for line in (folder / "names.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words and words[0] == "first":
            first += words[1:]
        if words and words[0] == "last":
            last += words[1:]
    return first, last


class People:
    """Hands out people: pairs (i, i * step + round) never meet twice."""

    def __init__(self, folder):
        self.first, self.last = names(folder)
        self.given = 0
        self.used = set()

    def person(self, last=None):
        while True:
            first = self.first[self.given * 7 % len(self.first)]
            name = (first, last or self.last[self.given * 11 % len(self.last)])
            self.given += 1
            if name not in self.used:
                self.used.add(name)
                return name

    def family(self):
        paying, receiving, second = self.person(), self.person(), self.person()
        children = [self.person(paying[1]) for _ in range(4)]
        firsts = [p[0] for p in [paying, receiving, second] + children]
        return (paying, receiving, second, children) if len(set(firsts)) == 7 else self.family()


def payday_after(day, payday):
    """The first payday after a day."""
    month = day.replace(day=1)
    while True:
        due = month.replace(day=min(payday, 28))
        if due > day:
            return due
        month = (month + datetime.timedelta(days=32)).replace(day=1)


def fill(text, values, number, applied):
    """Puts values in the braces."""
    def one(match):
        word = match.group(1)
        if word in values:
            return str(values[word])
        if m := re.fullmatch(r"day\+(\d+)", word):
            return str(applied + datetime.timedelta(days=int(m[1])))
        if m := re.fullmatch(r"income\*([\d.]+)", word):
            return f"{int(values['income'] * float(m[1]) / 100) * 100}"
        raise SystemExit(f"family {number}: {{{word}}} means nothing")
    return re.sub(r"\{([^{}]+)\}", one, text)


def steps(lines, values):
    """Turns `pays every month` and `runs until` into the player's own steps."""
    clock = None
    for line in lines:
        if m := re.match(r"today (\S+)", line):
            clock = datetime.date.fromisoformat(m[1])
        if m := re.match(r"days until (\S+)", line):
            clock = min(datetime.date.fromisoformat(m[1]), END)
            line = f"days until {clock}"
        m = re.match(r"pays every month (\S+) until (\S+)(?: late (\d+))?", line)
        if not m:
            yield line
            continue
        until = min(datetime.date.fromisoformat(m[2]), END)
        while True:
            day = payday_after(clock, values["payday"])
            day += datetime.timedelta(days=int(m[3] or 0))
            if day > until:
                break
            clock = day
            yield f"days until {day}"
            yield f'receive {m[1]} from "{values["paying"].upper()}" reference {values["P"]}'
        clock = max(clock, until)
        yield f"days until {clock}"


def write(story, number, people, out):
    text = story.read_text(encoding="utf-8")
    begins = datetime.date.fromisoformat(re.search(r"^# begins (\S+)", text, re.M)[1])
    applied = begins + datetime.timedelta(days=number * 5 % 40)
    paying, receiving, second, children = people.family()
    values = {"paying": " ".join(paying), "P": paying[0], "receiving": " ".join(receiving),
              "R": receiving[0], "second": " ".join(second), "S": second[0],
              "surname": paying[1], "applied": applied,
              "effective": applied + datetime.timedelta(days=14),
              "payday": 1 + number * 3 % 28, "income": 14600 + number * 1825 % 42000,
              "address": f"{number + 1} {STREETS[number % 8]}, {TOWNS[number % 5]}, ZZ{number % 9 + 1} {number % 9 + 1}QQ",
              "address2": f"{number + 101} {STREETS[(number + 3) % 8]}, {TOWNS[(number + 2) % 5]}, ZZ{number % 7 + 1} {number % 8 + 1}QX",
              "number": number}
    for i, child in enumerate(children, 1):
        values[f"child{i}"], values[f"C{i}"] = " ".join(child), child[0]
        values[f"born{i}"] = datetime.date(2019 - i - number % 8, 1 + (number * i) % 12,
                                           1 + (number + 3 * i) % 28)
    values["teenborn"] = datetime.date(2006, 1 + number % 9, 1 + number % 28)
    lines = fill(text, values, number, applied).splitlines()
    (out / f"{number + 1:02d}-{story.stem}.play").write_text("\n".join(steps(lines, values)) + "\n",
                                                            encoding="utf-8")


def main():
    demo, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    people, number = People(demo), 0
    for story in sorted((demo / "stories").glob("*.txt")):
        many = int(re.search(r"^# families (\d+)", story.read_text(encoding="utf-8"), re.M)[1])
        for _ in range(many):
            write(story, number, people, out)
            number += 1
    print(f"{number} families", file=sys.stderr)


main()
