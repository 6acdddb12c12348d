#!/usr/bin/env python3
"""generate.py: scenarios for the demonstration, from kinds of life and a list of names.

Usage: generate.py DEMO_FOLDER OUT_FOLDER

A story (stories/*.txt) is a scenario with words in braces.  Its first comments say how many families
live it, between which days they apply, and, if it is not as usual, what becomes of the annual review:

    # families 4
    # applies 2025-05-06 to 2026-02-10
    # review overdue            nobody has made it
    # review {income*0.8}       the figure HMRC gives for it; usually it has moved a little

Words in braces: {paying} {receiving} {second} {third} are people with their last name, {P} {R} {S} {T}
the names they are called by in the file, {child1} ... {child4} children with {C1} ... {C4} their names
and {born1} ... their birthdays; {teen1} another birthday of the first child, who turns twenty on
{twenty}; {address} {address2} ... plainly invented addresses; {income} a yearly income, {income*0.7} a
part of it; {taxyear} the year of HMRC's newest figure; {applied} a working day, {day+N} the first
working day N days later; {effective} the first day of maintenance, {effective+7} as {day+7}; {review}
the anniversary; {payday} a day of the month, {weekday} of the week (1: Monday); {end} the
demonstration's last day.

`pays every month AMOUNT until DAY` becomes a payment on each payday; AMOUNT may be `what is due`, and
`late 3 to 12` may follow (so many days after it, different every time) and `not in 2026-02 2026-03`.
`pays every week` pays on the same day of every week.  The annual review is decided some days before
its anniversary, when the story comes past that day; if it is picked to be looked at by somebody else
(service.play), the team leader looks two days later.

Everything follows from the files: no chance, no clock.  The same person never appears twice.
"""
import datetime
import pathlib
import re
import sys

END = datetime.date(2026, 11, 22)
FIRST_PAYS = 14  # days from the application to the first day of maintenance
STREETS = ["Pretend Lane", "Invented Row", "Imaginary Close", "Nosuch Street", "Fiction Avenue",
           "Makebelieve Road", "Example Terrace", "Placeholder Way"]
TOWNS = ["Nowhere-on-Sea", "Upper Nonesuch", "Fictonbury", "Madeup Magna", "Llan-nunlle"]
LEADER = "Leila Marsh"  # looks at what was picked
REVIEWED = [1.031, 0.972, 1.052, 1.024, 1.083, 0.914, 1.041, 1.012, 1.066, 0.987, 1.118]


def names(folder):
    """First names and last names, each once."""
    first, last = [], []
    for line in (folder / "names.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words and words[0] == "first":
            first += words[1:]
        if words and words[0] == "last":
            last += words[1:]
    return first, last


class People:
    """Hands out people, nobody twice."""

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
        """Four grown-ups and four children, of whom no two are called the same."""
        grown = [self.person() for _ in range(4)]
        children = [self.person(grown[0][1]) for _ in range(4)]
        alike = len({p[0] for p in grown + children}) < 8 or len({p[1] for p in grown}) < 4
        return self.family() if alike else (grown, children)


def days(n):
    return datetime.timedelta(days=n)


def working(day):
    """The day, or the Monday after it."""
    return day + days(max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def year_on(day):
    return day.replace(year=day.year + 1)


def payday_after(day, payday):
    """The first payday after a day."""
    month = day.replace(day=1)
    while True:
        due = month.replace(day=payday)
        if due > day:
            return due
        month = (month + days(32)).replace(day=1)


def fill(text, values):
    """Puts values in the braces."""
    def one(match):
        word = match[1]
        if word in values:
            return str(values[word])
        if m := re.fullmatch(r"(day|effective)\+(\d+)", word):
            start = values["applied" if m[1] == "day" else "effective"]
            return str(working(start + days(int(m[2]))))
        if m := re.fullmatch(r"income\*([\d.]+)", word):
            return str(int(values["income"] * float(m[1])))
        raise SystemExit(f"{{{word}}} means nothing")
    return re.sub(r"\{([^{}]+)\}", one, text)


class Life:
    """Turns a story's lines into the player's steps, and keeps the day and the annual review."""

    def __init__(self, values, review):
        self.values, self.review, self.clock, self.lines = values, review, None, []
        self.look = self.by = None

    def go(self, day):
        """Lets the days go by to a day, with the annual review if it is time."""
        decided = working(self.values["review"] - days(8 + self.values["number"] * 5 % 13))
        if self.review and self.clock < decided <= min(day, END):
            figure, self.review = self.review, None
            self.lines += [
                f"days until {decided}",
                f'fact income_historic {figure} from {self.values["review"]} '
                f'evidence "HMRC figure for {tax_year(decided)}"' if figure != "same" else None,
                f'decide annual_review from {self.values["review"]} because "the yearly review"']
            self.clock, self.look = decided, working(decided + days(2))
        if self.look and self.look <= min(day, END):
            self.lines += [f"days until {self.look}" if self.clock < self.look else None, f'by "{LEADER}"',
                           'sample any as team_leader because "Worked out again, and both letters read"', self.by]
            self.clock, self.look = max(self.clock, self.look), None
        if self.clock < min(day, END):
            self.clock = min(day, END)
            self.lines.append(f"days until {self.clock}")

    def pays(self, m):
        """Payments until a day."""
        until = min(datetime.date.fromisoformat(m["until"]), END)
        least = int(m["least"] or 0)
        spread = int(m["most"] or least) - least + 1
        day = max(self.clock, self.values["effective"] - days(1))
        for count in range(1000):
            if m["every"] == "week":
                day = max(self.values["effective"], day + days(7) if count else day + days(1))
            else:
                day = payday_after(day, self.values["payday"])
            pays = day + days(least + (count * 5 + self.values["number"]) % spread)
            if pays > until:
                break
            if pays <= self.clock or str(day)[:7] in (m["skipped"] or "").split():
                continue
            self.go(pays)
            self.lines.append(f'receive {m["amount"]} from "{self.values["paying"].upper()}" '
                              f'reference {self.values["P"]}')
        self.go(until)

    def line(self, line):
        if line.startswith("by "):
            self.by = line
        if m := re.match(r"today (\S+)", line):
            self.clock = datetime.date.fromisoformat(m[1])
        if m := re.match(r"days until (\S+)", line):
            self.go(datetime.date.fromisoformat(m[1]))
        elif m := re.match(r"pays every (?P<every>week|month) (?P<amount>what is due|\S+) until "
                           r"(?P<until>\S+)(?: late (?P<least>\d+)(?: to (?P<most>\d+))?)?"
                           r"(?: not in (?P<skipped>[\d -]+))?$", line):
            self.pays(m)
        else:
            self.lines.append(line)


def tax_year(day):
    """The last tax year for which HMRC has a figure: a year's are in by the next January."""
    year = day.year - (1 if day >= datetime.date(day.year, 1, 31) else 2)
    return f"{year - 1}-{year % 100}"


def address(number, i, town):
    return (f"{number + 1 + 100 * i} {STREETS[(number + 3 * i) % 8]}, "
            f"{town or TOWNS[(number + 2 * i) % 5]}, "
            f"ZZ{(number + i) % 9 + 1} {(number + 4 * i) % 9 + 1}{'QXZV'[i]}Q")


def family_values(people, number, applied, town):
    grown, children = people.family()
    effective = applied + days(FIRST_PAYS)
    youngest = datetime.date(2022, 11, 7) - days(number * 397 % 2900)
    values = {"applied": applied, "effective": effective, "review": year_on(effective), "end": END,
              "payday": 1 + number * 11 % 28, "weekday": effective.isoweekday(),
              "income": 15312 + number * 7919 % 33000 + number % 7,
              "taxyear": tax_year(applied), "surname": grown[0][1], "number": number,
              "twenty": datetime.date(2026, 2 + number % 7, 2 + number % 25)}
    values["teen1"] = values["twenty"].replace(year=2006)
    for i, (word, letter) in enumerate(zip(["paying", "receiving", "second", "third"], "PRST")):
        values[word], values[letter] = " ".join(grown[i]), grown[i][0]
        values["address" + (str(i + 1) if i else "")] = address(number, i, town)
    for i, child in enumerate(children, 1):
        values[f"child{i}"], values[f"C{i}"] = " ".join(child), child[0]
        values[f"born{i}"] = youngest - days((i - 1) * (611 + number * 53 % 500))
    return values


def said(text, pattern):
    """What a story's first comments say."""
    m = re.search(rf"^# {pattern}", text, re.M)
    return m.groups() if m else None


def write(story, turn, people, out):
    """The scenario of one family: turn is (which of the story's families, of how many, of all)."""
    mine, many, number = turn
    text = story.read_text(encoding="utf-8")
    first, last = [datetime.date.fromisoformat(d) for d in said(text, r"applies (\S+) to (\S+)")]
    applied = working(first + (last - first) * mine // max(1, many - 1))
    values = family_values(people, number, applied, (said(text, "town (.+)") or [None])[0])
    review = (said(text, "review (.+)") or [f"{{income*{REVIEWED[number % len(REVIEWED)]}}}"])[0]
    life = Life(values, None if review == "overdue" else fill(review, values))
    for line in fill(text, values).splitlines():
        if not line.startswith("# "):
            life.line(line)
    life.go(END)
    (out / f"{number + 1:02d}-{story.stem}.play").write_text(
        "\n".join(filter(None, life.lines)) + "\n", encoding="utf-8")


def main():
    demo, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    people, number = People(demo), 0
    for story in sorted((demo / "stories").glob("*.txt")):
        many = int(said(story.read_text(encoding="utf-8"), r"families (\d+)")[0])
        for mine in range(many):
            write(story, (mine, many, number), people, out)
            number += 1
    print(f"{number} families", file=sys.stderr)


main()
