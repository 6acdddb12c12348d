#!/usr/bin/env python3
"""The maintenance calculation, worked a second time from the rules alone.

This is the test oracle for `upkeep assess`. It follows the rule document (rule numbers A-1 to
A-143) and the interface contract (its "readings" 1 to 14); it shares nothing with the engine.
Read it beside those two documents: each piece names the rule it works.

As a module:   reply = assess(obj)          obj is one parsed input, reply has no `steps`
As a command:  assess.py < cases > replies  one JSON object on each line

How amounts are held. Every amount inside a case is a whole number of *grains*. A penny is cut into
so many grains that every division the rules can ask for in that case comes out whole:

    365 and 650   a year to a week (A-13), and 8% of an asset over 52 weeks (A-76: value / 650)
    100 * 100     the two percentages of A-44 to A-46 (and the tenths of a percent of A-43)
    14            the sevenths and the half of A-62 and A-66
    n_all, n      A-55 and A-50
    n_floor       the sharing of the floor of A-64 among the children it is for

`part` checks that nothing was left over, so an inexact step is an error, never a wrong penny.
"""

import datetime
import json
import re
import sys

# --- The dated parameters (rule document, section 13); money in pence -----------------------------

SCHEME_OPENS = "2012-12-10"
ALL_NEW_APPLICANTS = "2013-11-25"  # flat rate 7, new table T, A-77 "more than", floor of A-80
ASSETS_FROM = "2018-12-13"


class Dated:
    def __init__(self, flat, table, a77_includes_limit, a80_floor):
        self.flat = flat
        self.table = table
        self.a77_includes_limit = a77_includes_limit
        self.a80_floor = a80_floor


# tenths of a percent, by number of qualifying children (1, 2, 3+) and other children (0..3+).
BEFORE_2013_11_25 = Dated(
    flat=500,
    table=(None, (190, 164, 156, 152), (270, 235, 225, 219), (330, 288, 277, 269)),
    a77_includes_limit=True,
    a80_floor=False,
)
FROM_2013_11_25 = Dated(
    flat=700,
    table=(None, (170, 141, 132, 124), (250, 212, 199, 189), (310, 264, 249, 238)),
    a77_includes_limit=False,
    a80_floor=True,
)

REDUCTION = (0, 11, 14, 16)  # A-44, percent
BASIC = (None, 12, 16, 19)  # A-45, percent
PLUS = (None, 9, 12, 15)  # A-46, percent
DEFAULT_RATE = (None, 3900, 5100, 6400)
FLAT_LIMIT = 10000
REDUCED_LIMIT = 20000
BASIC_LIMIT = 80000
CAP = 300000
EXTRA_AT_175 = 700  # A-63; 7 at every date
EXPENSE_THRESHOLD = 1000  # A-72, a week
UNEARNED_THRESHOLD = 250000  # A-75, a year
ASSET_THRESHOLD = 3125000
A77_LIMIT = 10000  # a week
NOTHING_PAYABLE = 263  # A-66, local-authority nights

LARGEST_MONEY = 99999999999999  # pence
LARGEST_COUNT = 1000
MOST_NIGHTS = 366

WITH_THRESHOLD = frozenset(("contact_costs", "prior_debts", "boarding_school_fees", "mortgage"))
EXPENSES = WITH_THRESHOLD | {"illness_or_disability"}
GROUNDS = EXPENSES | {
    "unearned_income",
    "assets",
    "income_not_taken_into_account",
    "diverted_income",
}
CIRCUMSTANCES = frozenset(
    (
        "none",
        "child",
        "prisoner",
        "youth_trainee",
        "care_home_resident",
        "young_person_on_benefit",
    )
)
BENEFITS = frozenset(("none", "own", "own_or_partner"))
CARE = frozenset(("lesser", "equal_or_greater"))

# --- Reading the input ----------------------------------------------------------------------------


class InputError(Exception):
    """A wrong input. `also` lists other paths, and `any_id` says that either id, would be as right."""

    def __init__(self, code, path, message, also=(), any_id=False):
        super().__init__(message)
        self.code = code
        self.path = path
        self.message = message
        self.also = also
        self.any_id = any_id
        self.id = None

    def reply(self):
        return {
            "id": self.id,
            "error": {"code": self.code, "path": self.path, "message": self.message},
        }


class Twice(dict):
    """An object in which a key was given more than once; `.repeated` has those keys in order."""


class OtherNumber:
    """A number that is no count: with a point or an exponent, or too long to matter."""


OTHER_NUMBER = OtherNumber()


def _pairs(pairs):
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = Twice(found)
    seen = set()
    found.repeated = []
    for key, _ in pairs:
        if key in seen:
            found.repeated.append(key)
        seen.add(key)
    return found


def _integer(text):
    return int(text) if len(text) <= 10 else OTHER_NUMBER


def _constant(text):
    raise ValueError(text + " is not JSON")


_decode = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_int=_integer,
    parse_float=lambda text: OTHER_NUMBER,
    parse_constant=_constant,
).decode

_money = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?").fullmatch
_date = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})").fullmatch


def _pointer(key):
    return key.replace("~", "~0").replace("/", "~1")


def _is_text(value):
    """A string with no half of a surrogate pair in it."""
    if type(value) is not str:
        return False
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _object(value, path, allowed):
    if not isinstance(value, dict):
        raise InputError("wrong_type", path, "This must be an object.")
    if type(value) is Twice:
        where = path + "/" + _pointer(value.repeated[0])
        raise InputError("duplicate_key", where, "This key is given twice.")
    if not value.keys() <= allowed:
        for key in value:
            if key not in allowed:
                raise InputError("unknown_key", path + "/" + _pointer(key), "This key is unknown.")


def _array(value, path):
    if type(value) is not list:
        raise InputError("wrong_type", path, "This must be an array.")


def _identifier(value, path):
    if type(value) is not str:
        raise InputError("wrong_type", path, "An id must be a string.")
    if not _is_text(value):
        # Whoever reads the text first may refuse the line before it knows where it is.
        raise InputError("bad_text", path, "This is not valid text.", ("",), any_id=True)
    return value


def _bool(value, path):
    if type(value) is not bool:
        raise InputError("wrong_type", path, "This must be true or false.")
    return value


def _count(value, path, most=LARGEST_COUNT):
    if type(value) is not int or not 0 <= value <= most:
        raise InputError("bad_count", path, "This must be a whole number from 0 to %d." % most)
    return value


def _choice(value, path, choices):
    if type(value) is not str or value not in choices:
        raise InputError("bad_value", path, "This must be one of: %s." % ", ".join(sorted(choices)))
    return value


def _pence(value, path):
    match = type(value) is str and _money(value)
    if match:
        whole, part = match.groups()
        whole = whole.lstrip("0")
        if len(whole) <= 12:
            return int(whole or "0") * 100 + (int((part + "0")[:2]) if part else 0)
    raise InputError("bad_money", path, 'Money is written like "517.81", up to 999999999999.99.')


def _day(value, path):
    match = type(value) is str and _date(value)
    if match:
        try:
            datetime.date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
            return value
        except ValueError:
            pass
    raise InputError("bad_date", path, "This must be a day that exists, as YYYY-MM-DD.")


class Child:
    __slots__ = ("nights", "local_authority_nights")


class ReceivingParent:
    __slots__ = ("id", "liable", "children")


class Case:
    __slots__ = (
        "id",
        "date",
        "default_decision",
        "circumstance",
        "benefit",
        "partner_also_liable",
        "benefit_weekly",
        "weekly",
        "historic",
        "current",
        "contributions",
        "relevant_other_children",
        "other_arrangement_children",
        "receiving_parents",
        "variations",
    )


TOP_KEYS = frozenset(
    (
        "id",
        "effective_date",
        "default_decision",
        "paying_parent",
        "receiving_parents",
        "variations",
    )
)
PAYING_KEYS = frozenset(
    (
        "circumstance",
        "benefit",
        "partner_also_liable",
        "benefit_weekly",
        "income",
        "relevant_other_children",
        "other_arrangement_children",
    )
)
INCOME_KEYS = frozenset(
    ("weekly", "historic_annual", "current_annual", "pension_contributions_annual")
)
RECEIVING_KEYS = frozenset(("id", "day_to_day_care", "children"))
CHILD_KEYS = frozenset(("id", "nights", "local_authority_nights"))
VARIATION_KEYS = frozenset(("ground", "weekly", "annual", "asset_value"))


def read_case(obj):
    """Check one parsed input and return it as a Case; raise InputError (with its id) if wrong."""
    try:
        return _read_case(obj)
    except InputError as error:
        if isinstance(obj, dict) and "id" not in getattr(obj, "repeated", ()):
            if _is_text(obj.get("id")):
                error.id = obj["id"]
        if _too_deep(obj):
            error.also += ("",)  # refused for its depth alone, before anything was looked at
            error.any_id = True
        raise


def _too_deep(value, room=5):
    """Whether objects and arrays lie within one another deeper than the format needs."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return False
    return room == 0 or any(_too_deep(inner, room - 1) for inner in value)


def _read_case(obj):
    _object(obj, "", TOP_KEYS)
    case = Case()
    case.id = _identifier(obj["id"], "/id") if "id" in obj else None
    if "effective_date" not in obj:
        raise InputError("missing", "/effective_date", "The effective date is missing.")
    case.date = _day(obj["effective_date"], "/effective_date")
    if case.date < SCHEME_OPENS:
        raise InputError("bad_date", "/effective_date", "The scheme opened on 2012-12-10.")
    case.default_decision = False
    if "default_decision" in obj:
        case.default_decision = _bool(obj["default_decision"], "/default_decision")
    _read_paying_parent(case, obj.get("paying_parent", {}))
    if "receiving_parents" not in obj:
        raise InputError("missing", "/receiving_parents", "The receiving parents are missing.")
    _read_receiving_parents(case, obj["receiving_parents"])
    case.variations = {}
    if "variations" in obj:
        _read_variations(case, obj["variations"])

    # Reading 2; a default decision is the law's answer to no information, so it needs none.
    if not (
        case.default_decision
        or case.weekly is not None
        or case.historic is not None
        or case.current is not None
        or case.benefit != "none"
        or case.circumstance != "none"
    ):
        raise InputError(
            "income_missing",
            "/paying_parent/income",
            "Give an income, or ask for a default decision.",
            () if "paying_parent" in obj else ("/paying_parent",),
        )
    return case


def _read_paying_parent(case, payer):
    path = "/paying_parent"
    _object(payer, path, PAYING_KEYS)
    case.circumstance = "none"
    if "circumstance" in payer:
        case.circumstance = _choice(payer["circumstance"], path + "/circumstance", CIRCUMSTANCES)
    case.benefit = "none"
    if "benefit" in payer:
        case.benefit = _choice(payer["benefit"], path + "/benefit", BENEFITS)
    case.partner_also_liable = False
    if "partner_also_liable" in payer:
        where = path + "/partner_also_liable"
        case.partner_also_liable = _bool(payer["partner_also_liable"], where)
        if case.partner_also_liable and case.benefit != "own_or_partner":
            raise InputError(
                "not_allowed", where, "This goes with own_or_partner only.", (path + "/benefit",)
            )
    case.benefit_weekly = None
    if "benefit_weekly" in payer:
        where = path + "/benefit_weekly"
        case.benefit_weekly = _pence(payer["benefit_weekly"], where)
        if case.benefit == "none":
            raise InputError(
                "not_allowed", where, "This goes with a benefit only.", (path + "/benefit",)
            )
    case.relevant_other_children = 0
    if "relevant_other_children" in payer:
        case.relevant_other_children = _count(
            payer["relevant_other_children"], path + "/relevant_other_children"
        )
    case.other_arrangement_children = 0
    if "other_arrangement_children" in payer:
        case.other_arrangement_children = _count(
            payer["other_arrangement_children"], path + "/other_arrangement_children"
        )

    case.weekly = case.historic = case.current = None
    case.contributions = 0
    if "income" not in payer:
        return
    income = payer["income"]
    path += "/income"
    _object(income, path, INCOME_KEYS)
    if "weekly" in income:
        case.weekly = _pence(income["weekly"], path + "/weekly")
        others = [path + "/" + key for key in income if key != "weekly"]
        if others:
            raise InputError(
                "not_allowed",
                others[0],
                "With a weekly income no other income key may be given.",
                tuple(others[1:]) + (path, path + "/weekly"),
            )
    if income.get("historic_annual") is not None:
        case.historic = _pence(income["historic_annual"], path + "/historic_annual")
    if income.get("current_annual") is not None:
        case.current = _pence(income["current_annual"], path + "/current_annual")
    if "pension_contributions_annual" in income:
        case.contributions = _pence(
            income["pension_contributions_annual"], path + "/pension_contributions_annual"
        )


def _read_receiving_parents(case, parents):
    _array(parents, "/receiving_parents")
    if not parents:
        raise InputError("empty", "/receiving_parents", "Give at least one receiving parent.")
    case.receiving_parents = []
    parent_ids = set()
    child_ids = set()
    for i, given in enumerate(parents):
        path = "/receiving_parents/%d" % i
        _object(given, path, RECEIVING_KEYS)
        parent = ReceivingParent()
        if "id" not in given:
            raise InputError("missing", path + "/id", "The receiving parent's id is missing.")
        parent.id = _identifier(given["id"], path + "/id")
        if parent.id in parent_ids:
            raise InputError("duplicate_id", path + "/id", "This id is given twice.")
        parent_ids.add(parent.id)
        parent.liable = True
        if "day_to_day_care" in given:
            care = _choice(given["day_to_day_care"], path + "/day_to_day_care", CARE)
            parent.liable = care == "lesser"
        if "children" not in given:
            raise InputError("missing", path + "/children", "The children are missing.")
        children = given["children"]
        path += "/children"
        _array(children, path)
        if not children:
            raise InputError("empty", path, "Give at least one child.")
        parent.children = []
        for j, child_given in enumerate(children):
            where = "%s/%d" % (path, j)
            _object(child_given, where, CHILD_KEYS)
            child = Child()
            if "id" not in child_given:
                raise InputError("missing", where + "/id", "The child's id is missing.")
            child_id = _identifier(child_given["id"], where + "/id")
            if child_id in child_ids:
                raise InputError("duplicate_id", where + "/id", "This id is given twice.")
            child_ids.add(child_id)
            child.nights = 0
            if "nights" in child_given:
                child.nights = _count(child_given["nights"], where + "/nights", MOST_NIGHTS)
            child.local_authority_nights = 0
            if "local_authority_nights" in child_given:
                child.local_authority_nights = _count(
                    child_given["local_authority_nights"],
                    where + "/local_authority_nights",
                    MOST_NIGHTS,
                )
            parent.children.append(child)
        case.receiving_parents.append(parent)


def _read_variations(case, variations):
    _array(variations, "/variations")
    for i, given in enumerate(variations):
        path = "/variations/%d" % i
        _object(given, path, VARIATION_KEYS)
        if "ground" not in given:
            raise InputError("missing", path + "/ground", "The ground is missing.")
        ground = _choice(given["ground"], path + "/ground", GROUNDS)
        if ground in case.variations:
            raise InputError(
                "duplicate_ground", path + "/ground", "A ground is given at most once.", (path,)
            )
        amounts = {}
        for key in ("weekly", "annual", "asset_value"):
            if key in given:
                amounts[key] = _pence(given[key], path + "/" + key)
        if ground == "assets":
            allowed = ("asset_value",)
        elif ground == "unearned_income":
            allowed = ("annual",)
        else:
            allowed = ("weekly", "annual")
        wrong = [key for key in amounts if key not in allowed]
        if len(amounts) != 1 or wrong:
            named = [path + "/" + key for key in wrong + list(amounts) + list(allowed)]
            raise InputError(
                "wrong_amount",
                named[0],
                "Exactly one amount belongs to a ground.",
                tuple(named[1:]) + (path,),
            )
        case.variations[ground] = amounts.popitem()


def read_line(line):
    """One line (bytes) to a Case; raise InputError if the line is wrong."""
    line = line[:-1] if line.endswith(b"\n") else line
    try:
        obj = _decode(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise InputError("not_json", "", "This line is not one JSON object.") from None
    return read_case(obj)


# --- The calculation ------------------------------------------------------------------------------


def part(amount, numerator, denominator):
    """amount * numerator / denominator, which must come out whole (see the top of this file)."""
    result, left = divmod(amount * numerator, denominator)
    if left:
        raise ArithmeticError("the grain is too coarse for %d/%d" % (numerator, denominator))
    return result


class Frame:
    """What stays the same while one case is worked: the parameters, the counts and the grain."""

    __slots__ = ("dated", "case", "counted", "n", "n_all", "n_floor", "penny", "flat")

    def __init__(self, case):
        self.case = case
        self.dated = BEFORE_2013_11_25 if case.date < ALL_NEW_APPLICANTS else FROM_2013_11_25
        # nobody owes anything to a parent who does not care more than the payer does.
        self.counted = [parent for parent in case.receiving_parents if parent.liable]
        self.n = sum(len(parent.children) for parent in self.counted)
        self.n_all = self.n + case.other_arrangement_children
        # Reading 10: the children who share the floor of A-64.
        self.n_floor = sum(_floor_children(parent) for parent in self.counted)
        grain = 47450 * 100 * 100 * 14  # 47450 is the least multiple of 365 and 650
        self.penny = grain * (self.n or 1) * (self.n_all or 1) * (self.n_floor or 1)
        self.flat = self.dated.flat * self.penny


def _floor_children(parent):
    return sum(1 for child in parent.children if child.local_authority_nights < NOTHING_PAYABLE)


def income_in_use(case):
    """A-10 to A-13, A-17, readings 2 and 4: (basis, pence, 'weekly' or 'annual')."""
    if case.weekly is not None:
        return "given", case.weekly, "weekly"
    historic = case.historic
    current = case.current
    if historic is not None:
        historic = max(0, historic - case.contributions)
    if current is not None:
        current = max(0, current - case.contributions)
    if historic is None and current is None:
        return "none", 0, "weekly"
    if current is None:
        return "historic", historic, "annual"
    if historic is None:
        return "current", current, "annual"
    if historic > 0:
        use_current = abs(current - historic) * 4 >= historic
    else:
        use_current = current > 0
    return ("current", current, "annual") if use_current else ("historic", historic, "annual")


def weekly_grains(frame, pence, period):
    """A weekly amount in grains from an amount in pence (A-13)."""
    amount = pence * frame.penny
    return part(amount, 7, 365) if period == "annual" else amount


def other_children_reduction(frame, income):
    """A-44."""
    r = min(frame.case.relevant_other_children, 3)
    return part(income, 100 - REDUCTION[r], 100)


def kind_by_income(frame, income):
    """A-30 without benefits and circumstances: nil, flat, reduced, basic or basic_plus (A-34)."""
    penny = frame.penny
    if income < frame.flat:
        return "nil"
    if income <= FLAT_LIMIT * penny:
        return "flat"
    if income < REDUCED_LIMIT * penny:
        return "reduced"
    if other_children_reduction(frame, income) > BASIC_LIMIT * penny:
        return "basic_plus"
    return "basic"


def kind_of_rate(frame, income):
    """A-30 to A-32 but for circumstances. A flat rate from a benefit is 'flat_benefit'."""
    case = frame.case
    if case.benefit == "none":
        return kind_by_income(frame, income)
    # A-21 and reading 1: the benefit counts for the nil test, or passes it when not given.
    if case.benefit_weekly is not None:
        if income + case.benefit_weekly * frame.penny < frame.flat:
            return "nil"
    return "flat_benefit"


def formula(frame, kind, income):
    """The amount at the reduced, basic and basic plus rates (A-43 to A-46), scaled by A-55."""
    penny = frame.penny
    q = min(frame.n_all, 3)
    if kind == "reduced":
        r = min(frame.case.relevant_other_children, 3)
        over = income - FLAT_LIMIT * penny
        rate = frame.flat + part(over, frame.dated.table[q][r], 1000)
    else:
        reduced = other_children_reduction(frame, income)
        limit = BASIC_LIMIT * penny
        if kind == "basic":
            rate = part(reduced, BASIC[q], 100)
        else:
            rate = part(limit, BASIC[q], 100) + part(reduced - limit, PLUS[q], 100)
    return max(frame.flat, part(rate, frame.n, frame.n_all))


def schedule_1(frame, income):
    """(kind, amount) from an income alone: no benefit, no circumstance (reading 6)."""
    income = min(income, CAP * frame.penny)
    kind = kind_by_income(frame, income)
    if kind == "nil":
        return kind, 0
    if kind == "flat":
        return kind, frame.flat
    return kind, formula(frame, kind, income)


def variations_in_effect(frame, position):
    """A-70 to A-77 and reading 3: (special expenses, additions), a week, of the effective grounds.

    `position` is the kind of rate before any variation, 'nil_circumstance' among them."""
    case = frame.case
    penny = frame.penny
    expenses = additions = 0
    # A-70, reading 6.
    if position == "flat_benefit" and case.benefit == "own_or_partner":
        return 0, 0
    if case.circumstance == "young_person_on_benefit":
        return 0, 0
    for ground, (period, pence) in case.variations.items():
        if ground in EXPENSES:
            if position not in ("reduced", "basic", "basic_plus"):
                continue
            weekly = weekly_grains(frame, pence, period)
            if ground in WITH_THRESHOLD and weekly < EXPENSE_THRESHOLD * penny:
                continue
            expenses += weekly
        elif ground == "unearned_income":
            if pence >= UNEARNED_THRESHOLD:
                additions += weekly_grains(frame, pence, "annual")
        elif ground == "assets":
            if case.date >= ASSETS_FROM and pence > ASSET_THRESHOLD:
                additions += part(pence * penny, 8, 100 * 52)
        elif ground == "income_not_taken_into_account":
            right_position = position == "nil_circumstance" or (
                position == "flat_benefit" and case.benefit == "own"
            )
            weekly = weekly_grains(frame, pence, period)
            limit = A77_LIMIT * penny
            enough = weekly >= limit if frame.dated.a77_includes_limit else weekly > limit
            if right_position and enough:
                additions += weekly
        else:  # diverted_income
            additions += weekly_grains(frame, pence, period)
    return expenses, additions


def apportion(frame, amount):
    """A-50."""
    return [part(amount, len(parent.children), frame.n) for parent in frame.counted]


def shared_care_off(nights):
    """A-62, in fourteenths so that a half is whole."""
    if nights >= 175:
        return 7
    if nights >= 156:
        return 6
    if nights >= 104:
        return 4
    if nights >= 52:
        return 2
    return 0


def local_authority_off(nights):
    """A-66, in fourteenths."""
    if nights >= NOTHING_PAYABLE:
        return 14
    if nights >= 260:
        return 10
    if nights >= 208:
        return 8
    if nights >= 156:
        return 6
    if nights >= 104:
        return 4
    if nights >= 52:
        return 2
    return 0


def after_care(frame, amount):
    """A-50, A-63, A-66 and the floor of A-64 (reading 10)."""
    shares = []
    for parent in frame.counted:
        kept = 0
        extra = 0
        for child in parent.children:
            off = shared_care_off(child.nights)
            off += local_authority_off(child.local_authority_nights)
            kept += 14 - min(off, 14)
            if child.nights >= 175:
                extra += EXTRA_AT_175 * frame.penny
        shares.append(max(0, part(amount, kept, 14 * frame.n) - extra))
    if sum(shares) >= frame.flat:
        return shares
    if frame.n_floor == 0:
        return [0] * len(shares)
    return [
        part(frame.flat, _floor_children(parent), frame.n_floor) for parent in frame.counted
    ]


def flat_from_benefit(frame):
    """A-32(b),(c), A-33 and A-65."""
    amount = frame.flat
    if frame.case.partner_also_liable:
        amount = part(amount, 1, 2)
    shares = apportion(frame, amount)
    for i, parent in enumerate(frame.counted):
        if any(child.nights >= 52 for child in parent.children):
            shares[i] = 0
    return shares


def in_pence(shares, penny):
    """A-90, A-91, reading 11: (total, parts) in whole pence."""
    parts = []
    order = []
    for i, share in enumerate(shares):
        whole, left = divmod(share, penny)
        parts.append(whole)
        order.append((-left, i))
    total = half_up(sum(shares), penny)
    order.sort()
    for _, i in order[: total - sum(parts)]:
        parts[i] += 1
    return total, parts


def half_up(amount, penny):
    return (2 * amount + penny) // (2 * penny)


def pounds(pence):
    return "%d.%02d" % divmod(pence, 100)


def work(frame, actual):
    """Section 7, A-92 steps 3 to 9: (gross weekly income, rate, share of each counted parent)."""
    case = frame.case
    nobody = not frame.counted
    cap = CAP * frame.penny
    if case.circumstance != "none":
        position = "nil_circumstance"
    else:
        position = kind_of_rate(frame, min(actual, cap))
    expenses, additions = variations_in_effect(frame, position)
    income = min(max(actual - expenses + additions, 0), cap)  # reading 5
    if nobody:
        return income, "no_liability", []

    nothing = [0] * len(frame.counted)
    if position == "nil_circumstance":
        # Readings 6 and 7: only an addition counts, and by itself.
        kind, amount = schedule_1(frame, additions)
        return income, kind, nothing if kind == "nil" else after_care(frame, amount)
    if position in ("flat", "flat_benefit") and additions:
        # A-79, readings 6 and 7.
        amount = frame.flat + schedule_1(frame, additions)[1]
        return income, "flat", after_care(frame, amount)

    kind = kind_of_rate(frame, income)
    rate = kind
    if kind == "nil":
        shares = nothing
    elif kind == "flat_benefit":
        rate = "flat"
        shares = flat_from_benefit(frame)
    elif kind == "flat":
        shares = apportion(frame, frame.flat)
    else:
        shares = after_care(frame, formula(frame, kind, income))
    # A-80 and reading 8. Only special expenses can reduce a liability.
    if expenses and frame.dated.a80_floor and frame.n_floor and sum(shares) < frame.flat:
        rate = "flat"
        shares = apportion(frame, frame.flat)
    return income, rate, shares


def assess_case(case):
    frame = Frame(case)
    if case.default_decision:
        # A-85, reading 12.
        basis = "default"
        gross = None
        rate = "default" if frame.counted else "no_liability"
        shares = []
        if frame.counted:
            shares = apportion(frame, DEFAULT_RATE[min(frame.n, 3)] * frame.penny)
    else:
        basis, pence, period = income_in_use(case)
        income, rate, shares = work(frame, weekly_grains(frame, pence, period))
        gross = pounds(half_up(income, frame.penny))
    total, parts = in_pence(shares, frame.penny)
    pay = iter(parts)
    return {
        "id": case.id,
        "income_basis": basis,
        "gross_weekly_income": gross,
        "rate": rate,
        "weekly_total": pounds(total),
        "receiving_parents": [
            {"id": parent.id, "weekly": pounds(next(pay) if parent.liable else 0)}
            for parent in case.receiving_parents
        ],
    }


def assess(obj):
    """The reply to one parsed input: the assessment, or the error object."""
    try:
        return assess_case(read_case(obj))
    except InputError as error:
        return error.reply()


def assess_line(line):
    """The reply to one line of input (bytes)."""
    try:
        return assess_case(read_line(line))
    except InputError as error:
        return error.reply()


def main():
    refused = False
    write = sys.stdout.write
    for line in sys.stdin.buffer:
        reply = assess_line(line)
        refused = refused or "error" in reply
        write(json.dumps(reply) + "\n")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
