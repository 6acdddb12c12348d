#!/usr/bin/env python3
"""Random cases for the two implementations to disagree about, leaning hard on the edges.

    generate.py SEED COUNT [--start N] [--invalid | --mixed]

Writes COUNT inputs, one on each line, from number N on (0 unless told). Case number i depends on
SEED and i only, so any one case can be made again by itself. --invalid makes wrong inputs; --mixed
makes what compare.py uses: good ones with a wrong one in every fifty.
"""

import argparse
import datetime
import json
import random
import sys

MOST = 99999999999999  # pence
INVALID_EVERY = 50

EDGE_DAYS = ("2012-12-10", "2013-04-29", "2013-07-29", "2013-11-25", "2014-08-11", "2018-12-13")
FIRST_DAY = datetime.date(2012, 12, 10)
DAYS = (datetime.date(2027, 12, 31) - FIRST_DAY).days + 1

# Weekly income at which something changes, in pence. The last three: 800 after A-44.
LIMITS = (500, 700, 10000, 20000, 80000, 300000)
MORE_LIMITS = LIMITS + (0, 1000, 1200, 1400, 10500, 10700, 89888, 93024, 95239)

NIGHTS = (0, 51, 52, 103, 104, 155, 156, 174, 175, 366)
LA_NIGHTS = (0, 51, 52, 103, 104, 155, 156, 207, 208, 259, 260, 262, 263, 366)

CIRCUMSTANCES = (
    "child",
    "prisoner",
    "youth_trainee",
    "care_home_resident",
    "young_person_on_benefit",
)
EXPENSES = (
    "contact_costs",
    "illness_or_disability",
    "prior_debts",
    "boarding_school_fees",
    "mortgage",
)
ADDITIONS = ("unearned_income", "assets", "income_not_taken_into_account", "diverted_income")
GROUNDS = EXPENSES + ADDITIONS

ODD_IDS = (
    "",
    " ",
    "Zo\u00eb \u2013 \u0141ucja",
    'quo"te\\back/slash',
    "tab\tnew\nline\u0001",
    "\U0001f9d2\U0001f3fd",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "x" * 300,
    "null",
    "\u007f\u2028\uffff",
)


class Dice:
    """Random choices made from random.random() only, which is the same in every Python 3."""

    def __init__(self, seed, number):
        self.random = random.Random((abs(seed) << 48) + number).random

    def below(self, n):
        return int(self.random() * n)

    def pick(self, items):
        return items[int(self.random() * len(items))]

    def chance(self, percent):
        return self.random() * 100 < percent

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


# --- Amounts --------------------------------------------------------------------------------------


def money(dice, pence):
    """An amount in one of the forms the format allows."""
    pence = min(max(pence, 0), MOST)
    whole, part = divmod(pence, 100)
    if part == 0 and dice.chance(40):
        text = str(whole)
    elif part % 10 == 0 and dice.chance(40):
        text = "%d.%d" % (whole, part // 10)
    else:
        text = "%d.%02d" % (whole, part)
    if dice.chance(1):
        text = "0" * (1 + dice.below(20)) + text
    return text


def beside(dice, pence):
    return max(0, pence + dice.below(3) - 1)


def weekly_pence(dice):
    kind = dice.below(20)
    if kind < 9:
        return beside(dice, dice.pick(LIMITS))
    if kind < 12:
        return beside(dice, dice.pick(MORE_LIMITS))
    if kind < 13:
        return dice.below(1100)
    if kind < 15:
        return 10000 + dice.below(10000)
    if kind < 17:
        return dice.below(100000)
    if kind < 19:
        return dice.below(350000)
    return beside(dice, dice.pick((MOST, 10 ** (6 + dice.below(9)), dice.below(10**13))))


def to_annual(dice, weekly):
    """An annual amount which falls just short of the weekly one, meets it or passes it."""
    return min(MOST, max(0, weekly * 365 // 7 + dice.below(4) - 1))


def annual_pence(dice):
    if dice.chance(75):
        return to_annual(dice, weekly_pence(dice))
    return dice.below(20000000)


# --- Good cases -----------------------------------------------------------------------------------


def effective_date(dice):
    if dice.chance(60):
        day = datetime.date.fromisoformat(dice.pick(EDGE_DAYS))
        day += datetime.timedelta(dice.below(3) - 1)
        return max(day, FIRST_DAY).isoformat()
    if dice.chance(20):
        return "2013-11-25" if dice.chance(50) else "2013-11-24"
    return (FIRST_DAY + datetime.timedelta(dice.below(DAYS))).isoformat()


def income(dice):
    """(the income object, about how much a week in pence)."""
    kind = dice.below(100)
    if kind < 45:
        weekly = weekly_pence(dice)
        return {"weekly": money(dice, weekly)}, weekly
    out = {}
    contributions = 0
    if dice.chance(30):
        contributions = dice.pick((0, 1, 100, 52143, dice.below(500000)))
    if kind < 62:
        historic = annual_pence(dice) + contributions
        current = None
    elif kind < 72:
        historic = None
        current = annual_pence(dice) + contributions
    else:
        # The 25% test on both sides and at the very edge.
        base = annual_pence(dice)
        if dice.chance(70):
            base -= base % 4
        if dice.chance(10):
            base = dice.below(3)
        change = base // 4
        if dice.chance(20):
            change = dice.below(base + 1)
        if dice.chance(50):
            change = -change
        current = max(0, base + change + dice.pick((-1, 0, 0, 0, 1))) + contributions
        historic = base + contributions
    if contributions == 0 and dice.chance(5):
        # Contributions about as large as an income, or larger than it.
        contributions = beside(dice, dice.pick((historic or 0, current or 0, 10**9)))
    if contributions or dice.chance(5):
        out["pension_contributions_annual"] = money(dice, contributions)
    if historic is not None:
        out["historic_annual"] = money(dice, historic)
    elif dice.chance(50):
        out["historic_annual"] = None
    if current is not None:
        out["current_annual"] = money(dice, current)
    elif dice.chance(50):
        out["current_annual"] = None
    in_use = current if historic is None else historic
    return out, max(0, in_use - contributions) * 7 // 365


def no_income(dice):
    out = {}
    if dice.chance(40):
        out["historic_annual"] = None
    if dice.chance(40):
        out["current_annual"] = None
    if dice.chance(30):
        out["pension_contributions_annual"] = money(dice, dice.below(100000))
    return out


def paying_parent(dice, may_lack_income=False):
    """(the object, about how much a week in pence)."""
    out = {}
    weekly = 0
    supported = may_lack_income
    if dice.chance(15):
        out["circumstance"] = dice.pick(CIRCUMSTANCES)
        supported = True
    elif dice.chance(10):
        out["circumstance"] = "none"
    if dice.chance(27):
        out["benefit"] = dice.pick(("own", "own_or_partner"))
        supported = True
        if out["benefit"] == "own_or_partner" and dice.chance(45):
            out["partner_also_liable"] = True
        if dice.chance(45):
            out["benefit_weekly"] = money(
                dice, dice.pick((0, 1, 499, 500, 501, 699, 700, 701, dice.below(20000)))
            )
    elif dice.chance(10):
        out["benefit"] = "none"
    if "partner_also_liable" not in out and dice.chance(5):
        out["partner_also_liable"] = False
    if supported and dice.chance(35):
        if dice.chance(60):
            out["income"] = no_income(dice)
    else:
        out["income"], weekly = income(dice)
        if "benefit_weekly" in out and dice.chance(40):
            # Together about the nil threshold.
            weekly = dice.below(720)
            out["income"] = {"weekly": money(dice, weekly)}
            limit = dice.pick((500, 700))
            out["benefit_weekly"] = money(dice, max(0, beside(dice, limit - weekly)))
    if dice.chance(40):
        out["relevant_other_children"] = dice.pick((0, 1, 1, 2, 2, 3, 4, 7, 1000))
    if dice.chance(30):
        out["other_arrangement_children"] = dice.pick((0, 1, 1, 2, 2, 3, 4, 6, 11, 1000))
    return out, weekly


def children_count(dice, most):
    if dice.chance(1):
        return 5 + dice.below(30)
    return min(most, dice.pick((1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7)))


def receiving_parents(dice):
    parents = []
    style = dice.below(100)  # what the children's nights are like in this case
    authority = dice.below(100)
    equal = 40 if dice.chance(12) else 4
    odd = dice.chance(3)
    number = 0
    for i in range(dice.pick((1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6))):
        parent = {"id": "r%d" % i}
        if odd and i < len(ODD_IDS):
            parent["id"] = ODD_IDS[i]
        if dice.chance(equal):
            parent["day_to_day_care"] = "equal_or_greater"
        elif dice.chance(8):
            parent["day_to_day_care"] = "lesser"
        children = []
        for _ in range(children_count(dice, 8)):
            child = {"id": "c%d" % number}
            number += 1
            if style < 30:
                nights = 0
            elif style < 42:
                nights = dice.pick((175, 175, 200, 366, 174, 182))
            elif style < 55:
                nights = dice.below(367)
            else:
                nights = dice.pick(NIGHTS)
            if nights or dice.chance(10):
                child["nights"] = nights
            if authority < 62:
                nights = 0
            elif authority < 68:
                nights = dice.pick((263, 264, 300, 366))
            elif authority < 74:
                nights = dice.pick((263, 366, 262, 0))
            elif authority < 82:
                nights = dice.below(367)
            else:
                nights = dice.pick(LA_NIGHTS)
            if nights or dice.chance(5):
                child["local_authority_nights"] = nights
            children.append(child)
        parent["children"] = children
        parents.append(parent)
    return parents


def variation(dice, ground, weekly):
    """One ground, its amount near its own threshold or moving this case near another."""
    out = {"ground": ground}
    if ground == "assets":
        kind = dice.below(10)
        if kind < 5:
            value = 3125000 + dice.below(5) - 2
        elif kind < 8:
            value = beside(dice, dice.pick(LIMITS) * 650)
        elif kind < 9:
            value = beside(dice, max(0, dice.pick(LIMITS) - weekly) * 650)
        else:
            value = dice.below(10 ** (1 + dice.below(14)))
        out["asset_value"] = money(dice, value)
        return out
    if ground == "unearned_income":
        kind = dice.below(10)
        if kind < 4:
            annual = beside(dice, 250000)
        elif kind < 7:
            annual = to_annual(dice, dice.pick(LIMITS))
        elif kind < 8:
            annual = to_annual(dice, max(0, dice.pick(LIMITS) - weekly))
        else:
            annual = dice.below(10 ** (1 + dice.below(14)))
        out["annual"] = money(dice, annual)
        return out
    kind = dice.below(20)
    limit = dice.pick(MORE_LIMITS)
    if ground == "income_not_taken_into_account" and kind < 9:
        amount = beside(dice, 10000)
    elif ground in EXPENSES:
        if kind < 8:
            amount = beside(dice, 1000)
        elif kind < 14:
            amount = beside(dice, max(0, weekly - limit))
        elif kind < 19:
            amount = dice.below(max(2, min(weekly, MOST)))
        else:
            amount = weekly_pence(dice)
    elif kind < 8:
        amount = beside(dice, limit)
    elif kind < 13:
        amount = beside(dice, max(0, limit - weekly))
    elif kind < 15:
        amount = dice.below(10 ** (1 + dice.below(5)))
    else:
        amount = weekly_pence(dice)
    if dice.chance(60):
        out["weekly"] = money(dice, amount)
    else:
        out["annual"] = money(dice, to_annual(dice, amount))
    return out


def variations(dice, weekly):
    kind = dice.below(100)
    if kind < 8:
        grounds = ["income_not_taken_into_account"]
    elif kind < 45:
        grounds = [dice.pick(GROUNDS)]
    elif kind < 60:
        grounds = dice.shuffled(ADDITIONS)[: 1 + dice.below(4)]
    elif kind < 70:
        grounds = dice.shuffled(EXPENSES)[: 1 + dice.below(5)]
    else:
        grounds = dice.shuffled(GROUNDS)[: 2 + dice.below(8)]
    return [variation(dice, ground, weekly) for ground in grounds]


def case(dice, number):
    """One good input as an object."""
    out = {}
    if not dice.chance(1):
        out["id"] = str(number) if not dice.chance(1) else dice.pick(ODD_IDS)
    out["effective_date"] = effective_date(dice)
    default = dice.chance(4)
    if default:
        out["default_decision"] = True
    elif dice.chance(4):
        out["default_decision"] = False
    payer, weekly = paying_parent(dice, may_lack_income=default)
    if payer or dice.chance(50) or not default:
        out["paying_parent"] = payer
    out["receiving_parents"] = receiving_parents(dice)
    if dice.chance(50):
        out["variations"] = variations(dice, weekly)
    elif dice.chance(5):
        out["variations"] = []
    return out


def reordered(dice, value):
    """The same value with the keys of its objects in another order."""
    if isinstance(value, dict):
        return {key: reordered(dice, value[key]) for key in dice.shuffled(value)}
    if isinstance(value, list):
        return [reordered(dice, inner) for inner in value]
    return value


_compact = json.JSONEncoder(separators=(",", ":")).encode
_spaced = json.JSONEncoder().encode
_unicode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def written(dice, value):
    """The text of a value, in one of several ways of writing it."""
    style = dice.below(40)
    if style < 30:
        return _compact(value).encode()
    if style < 33:
        return _compact(reordered(dice, value)).encode()
    if style < 36:
        return _spaced(value).encode()
    if style < 38:
        return _unicode(value).encode("utf-8")
    if style < 39:
        return b" \t" + _spaced(value).encode() + b" \r"
    return _compact(value).replace('"weekly"', '"w\\u0065ekly"', 1).encode()


def line(seed, number):
    dice = Dice(seed, number)
    return written(dice, case(dice, number)) + b"\n"


# --- Wrong inputs ---------------------------------------------------------------------------------
#
# Each has one thing wrong with it, so that both sides must find the same thing. A function below
# takes the dice and a plain good case, and changes the case or returns the line's own bytes.

BAD_MONEY = (
    "",
    " ",
    ".",
    "5.",
    ".5",
    "-1",
    "-0",
    "+1",
    "1.234",
    "1,000",
    "1e3",
    "0x10",
    " 1",
    "1 ",
    "1\n",
    "\u00a31",
    "\u0661",
    "1.\u0660",
    "NaN",
    "Infinity",
    "1.2.3",
    "1000000000000",
    "1000000000000.00",
    "9999999999999",
    "99999999999999999999999999",
    "1..2",
    "1\u0000",
    "twelve",
)
WRONG_FOR_TEXT = (1, 1.5, True, False, None, [], {}, ["1"], {"a": "1"})
BAD_DATES = (
    "",
    "2012-12-09",
    "2012-01-01",
    "1999-12-31",
    "0000-00-00",
    "0000-01-01",
    "2013-02-29",
    "2014-02-30",
    "2015-04-31",
    "2016-13-01",
    "2016-00-10",
    "2016-10-00",
    "2016-10-32",
    "2100-02-29",
    "2016-1-1",
    "2016/01/01",
    "20160101",
    "01-02-2016",
    "2016-W01-1",
    "2016-01-01T00:00:00",
    "2016-01-01Z",
    " 2016-01-01",
    "2016-01-01 ",
    "2016-01-01\n",
    "12016-01-01",
    "+2016-01-01",
    "-2016-01-01",
    "\u0662016-01-01",
    "today",
)
BAD_COUNTS = (-1, 1.5, "1", "", True, None, [], {}, [1], 10**6, 10**12, 10**30, -(10**30))
NUMBER_FORMS = ("1.0", "1e2", "1E0", "1e-1", "0.0", "10e1", "1.0e1", "0e0", "-1.0")
NOT_JSON = (
    b"x",
    b"{",
    b"}",
    b"{]",
    b"nul",
    b"{'id':'1'}",
    b'{"id":"1",}',
    b'{"id" "1"}',
    b'{"id":NaN}',
    b'{"id":Infinity}',
    b'{"id":-Infinity}',
    b'{"id":01}',
    b'{"id":1.}',
    b'{"id":.5}',
    b'{"id":+1}',
    b'{"id":"\\x41"}',
    b'{"id":"\\u00g1"}',
    b'{"id":"a\tb"}',
    b'{"id":"\xff"}',
    b'{"id":"\xc0\x80"}',
    b'{"id":"\xed\xa0\x80"}',
    b'{"id":"\xf4\x90\x80\x80"}',
    b'{"id":"\xe2\x82"}',
    b'{"id":"1"} {"id":"2"}',
    b'{"id":"1"},',
    b'{"id":"1"} // note',
    b'/* note */ {"id":"1"}',
    b"\x00",
    b'{"id":tru}',
    b'"',
)
NOT_OBJECTS = (b"null", b"true", b"0", b"-1.5", b'"text"', b"[]", b"[{}]", b'[{"id":"1"}]')
PLACES = (
    (),
    ("paying_parent",),
    ("paying_parent", "income"),
    ("receiving_parents", 0),
    ("receiving_parents", 0, "children", 0),
    ("variations", 0),
)


def at(value, place):
    for step in place:
        value = value[step]
    return value


def plain(dice, number):
    """A good input with something in every place, for one thing in it to be spoilt."""
    out = {
        "id": "w%d" % number,
        "effective_date": effective_date(dice),
        "default_decision": False,
        "paying_parent": {
            "circumstance": "none",
            "benefit": "own_or_partner",
            "partner_also_liable": False,
            "benefit_weekly": "80.00",
            "income": {
                "historic_annual": money(dice, annual_pence(dice)),
                "current_annual": money(dice, annual_pence(dice)),
                "pension_contributions_annual": "10.00",
            },
            "relevant_other_children": 1,
            "other_arrangement_children": 1,
        },
        "receiving_parents": [
            {
                "id": "r0",
                "day_to_day_care": "lesser",
                "children": [
                    {"id": "c0", "nights": 60, "local_authority_nights": 52},
                    {"id": "c1"},
                ],
            },
            {"id": "r1", "children": [{"id": "c2", "nights": 0}]},
        ],
        "variations": [
            {"ground": "contact_costs", "weekly": "12.00"},
            {"ground": "assets", "asset_value": "40000"},
            {"ground": "unearned_income", "annual": "2500"},
        ],
    }
    if dice.chance(30):
        out["paying_parent"]["income"] = {"weekly": money(dice, weekly_pence(dice))}
    return out


def unknown_key(dice, good):
    key = dice.pick(("colour", "ID", "Id", "", "week", "nights ", "steps", "income", "ground"))
    place = at(good, dice.pick(PLACES))
    while key in place or (key == "income" and "benefit" in place):
        key += "x"
    place[key] = dice.pick(("1", 1, None, {}, [], True))


def wrong_container(dice, good):
    place, key, values = dice.pick(
        (
            (good, "paying_parent", ("x", 1, True, None, [], [{}])),
            (good["paying_parent"], "income", ("500.00", 1, False, None, [], [{}])),
            (good, "receiving_parents", ("x", 1, True, None, {}, [], {"0": {}})),
            (good["receiving_parents"], 0, ("r0", 1, True, None, [], [{}])),
            (good["receiving_parents"][0], "children", ("c", 2, True, None, {}, [])),
            (good["receiving_parents"][0]["children"], 0, ("c0", 1, True, None, [])),
            (good, "variations", ("x", 1, True, None, {})),
            (good["variations"], 0, ("assets", 1, True, None, [])),
        )
    )
    place[key] = dice.pick(values)


def duplicate_id(dice, good):
    parents = good["receiving_parents"]
    kind = dice.below(3)
    if kind == 0:
        parents[1]["id"] = "r0"
    elif kind == 1:
        parents[1]["children"][0]["id"] = dice.pick(("c0", "c1"))
    else:
        parents[0]["children"][1]["id"] = "c0"
    if dice.chance(30):
        return _compact(good).replace('"id":"c0"', '"id":"\\u00630"', 1).encode()


def duplicate_key(dice, good):
    text = _compact(good)
    key = dice.pick(
        (
            '"id":"%s"' % good["id"],
            '"effective_date":"%s"' % good["effective_date"],
            '"default_decision":false',
            '"circumstance":"none"',
            '"benefit":"own_or_partner"',
            '"relevant_other_children":1',
            '"id":"r0"',
            '"id":"c0"',
            '"id":"c1"',
            '"nights":60',
            '"ground":"assets"',
            '"weekly":"12.00"',
        )
    )
    again = key
    if dice.chance(30):
        again = key.replace("e", "\\u0065", 1) if "e" in key.split(":")[0] else key
    return text.replace(key, key + "," + again, 1).encode()


def bad_date(dice, good):
    good["effective_date"] = dice.pick(BAD_DATES + WRONG_FOR_TEXT)


def money_place(dice, good):
    payer = good["paying_parent"]
    places = [
        (payer, "benefit_weekly"),
        (good["variations"][0], "weekly"),
        (good["variations"][1], "asset_value"),
        (good["variations"][2], "annual"),
    ]
    places += [(payer["income"], key) for key in payer["income"]]
    return dice.pick(places)


def bad_money(dice, good):
    place, key = money_place(dice, good)
    bad = dice.pick(BAD_MONEY + WRONG_FOR_TEXT)
    if bad is None and key in ("historic_annual", "current_annual"):
        bad = "null"
    place[key] = bad


def count_place(dice, good):
    payer = good["paying_parent"]
    child = good["receiving_parents"][0]["children"][0]
    return dice.pick(
        (
            (payer, "relevant_other_children", 1001),
            (payer, "other_arrangement_children", 1001),
            (child, "nights", 367),
            (child, "local_authority_nights", 367),
        )
    )


def bad_count(dice, good):
    place, key, too_many = count_place(dice, good)
    place[key] = dice.pick(BAD_COUNTS + (too_many, too_many, too_many))


def number_form(dice, good):
    place, key, _ = count_place(dice, good)
    place[key] = "@number@"
    return _compact(good).replace('"@number@"', dice.pick(NUMBER_FORMS)).encode()


def bad_choice(dice, good):
    payer = good["paying_parent"]
    parent = good["receiving_parents"][0]
    place, key, near = dice.pick(
        (
            (payer, "circumstance", ("Child", "student", "none ")),
            (payer, "benefit", ("Own", "partner", "yes")),
            (parent, "day_to_day_care", ("equal", "greater", "Lesser")),
            (good["variations"][1], "ground", ("asset", "Assets", "none")),
        )
    )
    if key == "benefit":
        del payer["benefit_weekly"]
    place[key] = dice.pick(near + ("",) + WRONG_FOR_TEXT)


def bad_bool(dice, good):
    place, key = dice.pick(
        ((good, "default_decision"), (good["paying_parent"], "partner_also_liable"))
    )
    place[key] = dice.pick((0, 1, "true", "false", "", None, [], {}, 0.0))


def bad_id(dice, good):
    parent = good["receiving_parents"][0]
    place = dice.pick((good, parent, parent["children"][0]))
    if dice.chance(20):
        place["id"] = "a@z"
        escape = dice.pick(("\\ud800", "\\udc00", "\\ude00\\ud83d", "\\ud83d\\u0041"))
        return _compact(good).replace("a@z", escape).encode()
    place["id"] = dice.pick(WRONG_FOR_TEXT)


def missing(dice, good):
    parent = good["receiving_parents"][0]
    place, key = dice.pick(
        (
            (good, "effective_date"),
            (good, "receiving_parents"),
            (parent, "id"),
            (parent, "children"),
            (parent["children"][0], "id"),
            (good["variations"][0], "ground"),
        )
    )
    del place[key]


def income_missing(dice, good):
    payer = good["paying_parent"]
    for key in ("benefit", "partner_also_liable", "benefit_weekly"):
        del payer[key]
    if dice.chance(30):
        payer["benefit"] = "none"
    if dice.chance(50):
        del payer["circumstance"]
    payer["income"] = no_income(dice)
    kind = dice.below(10)
    if kind < 2:
        del payer["income"]
    elif kind < 3:
        good["paying_parent"] = {}
    elif kind < 4:
        del good["paying_parent"]
    if dice.chance(50):
        del good["default_decision"]


def weekly_and_more(dice, good):
    key = dice.pick(("historic_annual", "current_annual", "pension_contributions_annual"))
    value = dice.pick(("0", "20000.00"))
    if key != "pension_contributions_annual" and dice.chance(40):
        value = None
    pair = [("weekly", "400.00"), (key, value)]
    good["paying_parent"]["income"] = dict(dice.shuffled(pair))


def benefit_weekly_alone(dice, good):
    payer = good["paying_parent"]
    payer["income"] = {"weekly": "300"}
    payer["benefit_weekly"] = dice.pick(("0", "0.00", "80.00"))
    if dice.chance(50):
        payer["benefit"] = "none"
    else:
        del payer["benefit"]


def partner_without_benefit(dice, good):
    payer = good["paying_parent"]
    payer["partner_also_liable"] = True
    if dice.chance(50):
        payer["benefit"] = "own"
    else:
        del payer["benefit"], payer["benefit_weekly"]


def ground_twice(dice, good):
    first = good["variations"][dice.below(3)]
    again = dict(first)
    good["variations"].append(again)


def wrong_amount(dice, good):
    kind = dice.below(6)
    contact, assets, unearned = good["variations"]
    if kind == 0:
        del contact["weekly"]
    elif kind == 1:
        contact["annual"] = "600.00"
    elif kind == 2:
        contact["asset_value"] = contact.pop("weekly")
    elif kind == 3:
        assets[dice.pick(("weekly", "annual"))] = assets.pop("asset_value")
    elif kind == 4:
        unearned[dice.pick(("weekly", "asset_value"))] = unearned.pop("annual")
    else:
        unearned["weekly"] = "50"


def byte_order_mark(dice, good):
    return b"\xef\xbb\xbf" + _compact(good).encode()


def empty_line(dice, good):
    return dice.pick((b"", b" ", b"\t", b"\r", b"   \t \r"))


def not_json(dice, good):
    if dice.chance(30):
        text = _compact(good).encode()
        return text[: 1 + dice.below(len(text) - 1)]
    return dice.pick(NOT_JSON)


def not_an_object(dice, good):
    return dice.pick(NOT_OBJECTS)


def too_deep(dice, good):
    if dice.chance(30):
        return b"[" * (6 + dice.below(5000))
    levels = 6 + dice.below(100)
    opened, closed = dice.pick((("[", "]"), ('{"a":', "}")))
    inner = "" if opened == "[" else "1"
    good["effective_date"] = "@deep@"
    deep = opened * levels + inner + closed * levels
    return _compact(good).replace('"@deep@"', deep).encode()


INVALID = (
    unknown_key,
    unknown_key,
    wrong_container,
    wrong_container,
    duplicate_id,
    duplicate_key,
    bad_date,
    bad_date,
    bad_money,
    bad_money,
    bad_money,
    bad_count,
    number_form,
    bad_choice,
    bad_bool,
    bad_id,
    missing,
    income_missing,
    weekly_and_more,
    benefit_weekly_alone,
    partner_without_benefit,
    ground_twice,
    wrong_amount,
    byte_order_mark,
    empty_line,
    not_json,
    not_an_object,
    too_deep,
)


def invalid_line(seed, number):
    dice = Dice(seed, number)
    good = plain(dice, number)
    if dice.chance(5):
        del good["id"]
        spoil = dice.pick((bad_date, bad_money, bad_count, missing, income_missing))
    else:
        spoil = dice.pick(INVALID)
    text = spoil(dice, good)
    if text is None:
        text = _compact(good).encode()
    return text + b"\n"


def mixed_line(seed, number):
    if number % INVALID_EVERY == INVALID_EVERY - 1:
        return invalid_line(seed, number)
    return line(seed, number)


def main():
    parser = argparse.ArgumentParser(description="Write random cases, one on each line.")
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--start", type=int, default=0, help="number of the first case")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--invalid", action="store_true", help="wrong inputs")
    which.add_argument("--mixed", action="store_true", help="as compare.py uses them")
    args = parser.parse_args()
    make = invalid_line if args.invalid else mixed_line if args.mixed else line
    for number in range(args.start, args.start + args.count):
        sys.stdout.buffer.write(make(args.seed, number))
    return 0


if __name__ == "__main__":
    sys.exit(main())
