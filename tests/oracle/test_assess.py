#!/usr/bin/env python3
"""Cases worked by hand from the rule document, to trust the oracle by. Run: python3 test_assess.py

GUK, SAU, SAA, NAC, TPT and HIS numbers name published examples in the case list beside the rules.
"""

import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import assess  # noqa: E402
import generate  # noqa: E402

BEFORE = "2013-11-24"
AFTER = "2013-11-25"
TODAY = "2026-11-21"
OWN = {"benefit": "own"}
PARTNER = {"benefit": "own_or_partner"}
ONE = [[0]]
TWO = [[0, 0]]
THREE = [[0, 0, 0]]


def family(parents):
    """Receiving parents from lists of nights; a pair is (nights, local-authority nights)."""
    out = []
    number = 0
    for i, nights in enumerate(parents):
        children = []
        for one in nights:
            own, authority = one if isinstance(one, tuple) else (one, 0)
            child = {"id": "c%d" % number, "nights": own, "local_authority_nights": authority}
            children.append(child)
            number += 1
        out.append({"id": "r%d" % i, "children": children})
    return out


def given(weekly=None, parents=ONE, date=TODAY, payer=None, grounds=None, **annual):
    paying = dict(payer or {})
    income = dict(annual)
    if weekly is not None:
        income["weekly"] = weekly
    if income:
        paying["income"] = income
    obj = {
        "id": "t",
        "effective_date": date,
        "paying_parent": paying,
        "receiving_parents": family(parents),
    }
    if grounds:
        obj["variations"] = grounds
    return obj


def ground(name, **amount):
    return dict(amount, ground=name)


class Worked(unittest.TestCase):
    def check(self, obj, rate, total, parts=None, gross=None, basis=None):
        reply = assess.assess(obj)
        self.assertNotIn("error", reply)
        got = [reply["rate"], reply["weekly_total"]]
        self.assertEqual(got, [rate, total])
        if parts is not None:
            self.assertEqual([one["weekly"] for one in reply["receiving_parents"]], parts)
        if gross is not None:
            self.assertEqual(reply["gross_weekly_income"], gross)
        if basis is not None:
            self.assertEqual(reply["income_basis"], basis)


class Amounts(Worked):
    def test_worked_checks_of_a_47(self):
        self.check(given("600", TWO), "basic", "96.00")
        self.check(given("1000", TWO), "basic_plus", "152.00")
        one_other = {"relevant_other_children": 1}
        two_others = {"relevant_other_children": 2}
        self.check(given("173", TWO, payer=one_other), "reduced", "22.48")
        self.check(given("1000", ONE, payer=two_others), "basic_plus", "101.40")  # NAC-02

    def test_at_the_cap(self):
        for parents, total in ((ONE, "294.00"), (TWO, "392.00"), (THREE, "482.00")):
            self.check(given("3000", parents), "basic_plus", total, gross="3000.00")
            self.check(given("999999999999.99", parents), "basic_plus", total, gross="3000.00")
        self.check(given("2999.99"), "basic_plus", "294.00", gross="2999.99")  # 293.9991

    def test_limits_belong_to_the_right_rate(self):
        self.check(given("6.99"), "nil", "0.00")
        self.check(given("7"), "flat", "7.00")  # SAU-03
        self.check(given("100"), "flat", "7.00")  # GUK-39
        self.check(given("100.01"), "reduced", "7.00")  # 7.0017
        self.check(given("199.99"), "reduced", "24.00")  # 7 + 16.9983
        self.check(given("200"), "basic", "24.00")
        self.check(given("800"), "basic", "96.00")  # SAU-05
        self.check(given("800.01"), "basic_plus", "96.00")

    def test_before_25_november_2013(self):
        self.check(given("4.99", date=BEFORE), "nil", "0.00")
        self.check(given("5.00", [[0] * 4], BEFORE), "flat", "5.00")  # HIS-01
        self.check(given("5.00", [[0] * 4], AFTER), "nil", "0.00")  # SAU-01
        other = {"relevant_other_children": 1}
        self.check(given("173", TWO, "2012-12-20", other), "reduced", "22.16")  # HIS-07, 22.155
        self.check(given("126", TWO, "2012-12-20"), "reduced", "12.02")  # 5 + 26 * 27%

    def test_rate_is_chosen_before_the_reduction(self):
        def annual(amount, parents, others):
            payer = {"relevant_other_children": others}
            return given(parents=parents, payer=payer, historic_annual=amount)

        self.check(annual("11716.85", ONE, 1), "basic", "24.00")  # TPT-25; 224.71 * 89% * 12%
        self.check(annual("48504.98", TWO, 2), "basic", "128.00")  # TPT-29
        self.check(annual("49659.85", THREE, 3), "basic", "152.00")  # TPT-30
        self.check(annual("41714.28", ONE, 0), "basic", "96.00", gross="800.00")  # TPT-14
        self.check(annual("41714.81", ONE, 0), "basic_plus", "96.00", gross="800.01")  # TPT-19
        self.check(annual("5214.28", ONE, 0), "flat", "7.00", gross="100.00")  # TPT-05
        self.check(annual("5214.29", ONE, 0), "reduced", "7.00", gross="100.00")

    def test_three_or_more(self):
        self.check(given("500", [[0] * 9]), "basic", "95.00")
        payer = {"relevant_other_children": 8}
        self.check(given("150", THREE, payer=payer), "reduced", "18.90")  # 7 + 50 * 23.8%


class Income(Worked):
    def test_25_percent_counts_at_exactly_25_percent(self):
        def both(historic, current, taken="0"):
            return given(
                historic_annual=historic,
                current_annual=current,
                pension_contributions_annual=taken,
            )

        def basis(obj):
            return assess.assess(obj)["income_basis"]

        self.assertEqual(basis(both("10000", "12500")), "current")  # GUK-01
        self.assertEqual(basis(both("10000", "12499.99")), "historic")
        self.assertEqual(basis(both("10000", "7500")), "current")
        self.assertEqual(basis(both("10000", "7500.01")), "historic")
        # Contributions come off both sides: 8,000 and 10,000.
        self.assertEqual(basis(both("10000", "12000", "2000")), "current")
        self.assertEqual(basis(both("10000", "11999.99", "2000")), "historic")
        # Historic nil, at every date.
        self.assertEqual(basis(both("0", "0.01")), "current")
        self.assertEqual(basis(both("0", "0")), "historic")
        self.assertEqual(basis(both("1000", "5000", "2000")), "current")
        self.assertEqual(basis(both("1000", "1500", "2000")), "historic")

    def test_conversion_and_null(self):
        year = given(historic_annual="21000", current_annual=None)
        self.check(year, "basic", "48.33", gross="402.74", basis="historic")
        year = given(historic_annual=None, current_annual="27000")
        self.check(year, "basic", "62.14", gross="517.81", basis="current")

    def test_no_income(self):
        self.check(given(payer=OWN), "flat", "7.00", gross="0.00", basis="none")
        prisoner = {"circumstance": "prisoner"}
        nothing = given(payer=prisoner, historic_annual=None, pension_contributions_annual="5")
        self.check(nothing, "nil", "0.00", gross="0.00", basis="none")


class FlatAndNil(Worked):
    def test_nil_test_and_benefit(self):
        def benefit(amount, weekly="2.00", kind="own"):
            return given(weekly, payer={"benefit": kind, "benefit_weekly": amount})

        self.check(benefit("5.00"), "flat", "7.00")
        self.check(benefit("4.99"), "nil", "0.00")
        self.check(benefit("0"), "nil", "0.00")
        self.check(benefit("0", "2000"), "flat", "7.00")
        self.check(given("0", payer=OWN), "flat", "7.00")

    def test_half_the_flat_rate(self):
        couple = dict(PARTNER, partner_also_liable=True)
        self.check(given("300", payer=couple), "flat", "3.50")
        self.check(given("300", payer=couple, date=BEFORE), "flat", "2.50")
        self.check(given("300", [[0], [0, 52]], payer=couple), "flat", "1.17", ["1.17", "0.00"])

    def test_circumstances(self):
        for circumstance in assess.CIRCUMSTANCES - {"none"}:
            payer = dict(OWN, circumstance=circumstance)
            self.check(given("900", payer=payer), "nil", "0.00", gross="900.00")

    def test_shared_care_at_the_flat_rate(self):
        # from a benefit, 52 nights take the whole share; from income, nothing.
        self.check(given("300", [[0, 52], [51]], payer=OWN), "flat", "2.33", ["0.00", "2.33"])
        self.check(given("300", [[52]], payer=PARTNER), "flat", "0.00", ["0.00"])
        self.check(given("90", [[366]]), "flat", "7.00")
        # Local-authority nights are ignored.
        self.check(given("90", [[(0, 366)]]), "flat", "7.00")
        self.check(given("90", [[(0, 366)]], payer=OWN), "flat", "7.00")


class SharedCare(Worked):
    def test_stephen(self):  # GUK-13: exactly 26.3342 and 36.8679
        payer = {"relevant_other_children": 1}
        case = given(parents=[[115], [0]], payer=payer, historic_annual="27000")
        self.check(case, "basic", "63.20", ["26.33", "36.87"], gross="517.81")

    def test_bands(self):
        for nights, total in (
            (51, "84.00"),
            (52, "72.00"),
            (103, "72.00"),
            (104, "60.00"),
            (155, "60.00"),
            (156, "48.00"),
            (174, "48.00"),
            (175, "35.00"),
            (366, "35.00"),
        ):
            self.check(given("700", [[nights]]), "basic", total)

    def test_local_authority_bands(self):
        for nights, total in (
            (51, "84.00"),
            (52, "72.00"),
            (104, "60.00"),
            (156, "48.00"),
            (207, "48.00"),
            (208, "36.00"),
            (259, "36.00"),
            (260, "24.00"),
            (262, "24.00"),
            (263, "0.00"),
        ):
            self.check(given("700", [[(0, nights)]]), "basic", total)

    def test_published(self):
        payer = {"relevant_other_children": 3}
        self.check(given("1000", [[175]], payer=payer), "basic_plus", "42.80")  # SAA-017
        self.check(given("1000", [[175, 175]], payer=payer), "basic_plus", "52.40")  # SAA-034
        self.check(given("150", [[52]], payer=payer), "reduced", "11.31")  # SAA-004
        self.check(given("150", [[175, 175]], payer=payer), "reduced", "7.00")  # SAA-075

    def test_both_kinds_add_up(self):
        self.check(given("700", [[(104, 52)]]), "basic", "48.00")
        self.check(given("700", [[(175, 52)]]), "basic", "23.00")  # 84 * 5/14 - 7
        self.check(given("700", [[(174, 208)]]), "basic", "7.00")  # 3/7 + 4/7: the floor
        # A child wholly with the authority still takes the 7 off the other's share.
        self.check(given("700", [[(175, 263), 0]]), "basic", "49.00")  # 112/2 - 7

    def test_floor(self):
        self.check(given("110", [[175], [0]]), "reduced", "7.00", ["3.50", "3.50"])
        # A share below 0 counts as 0: 38 / 3 each, and half of that less 7 twice.
        case = given("200", [[175], [175], [0]])
        self.check(case, "basic", "12.67", ["0.00", "0.00", "12.67"])
        # The floor is 5 before 25 November 2013, the extra per child 7 all the same.
        self.check(given("200", [[175]], BEFORE), "basic", "5.00")
        self.check(given("240", [[175]], BEFORE), "basic", "7.40")
        # Children wholly with the authority take no part in it.
        case = given("110", [[(0, 263)], [366, 366], [(0, 52)]])
        self.check(case, "reduced", "7.00", ["0.00", "4.67", "2.33"])
        self.check(given("110", [[(0, 263)], [(0, 366)]]), "reduced", "0.00", ["0.00", "0.00"])


class Several(Worked):
    def test_apportioned(self):
        self.check(given("300", [[0, 0], [0]]), "basic", "57.00", ["38.00", "19.00"])  # GUK-14

    def test_odd_pennies(self):
        self.check(given("50", [[0], [0], [0]]), "flat", "7.00", ["2.34", "2.33", "2.33"])
        self.check(given("50", [[0], [0, 0]]), "flat", "7.00", ["2.33", "4.67"])
        # Seven children: 1.00 each; three parents of 200.05 * 19% = 38.0095.
        self.check(given("50", [[0] * 3, [0] * 4]), "flat", "7.00", ["3.00", "4.00"])
        case = given("200.05", [[0], [0], [0]])
        self.check(case, "basic", "38.01", ["12.67", "12.67", "12.67"])
        case = given("200.20", [[0], [0], [0]])  # 38.038: 12.679 each, two pennies missing
        self.check(case, "basic", "38.04", ["12.68", "12.68", "12.68"])

    def test_equal_care(self):
        case = given("300", [[0, 0], [0]])
        case["receiving_parents"][0]["day_to_day_care"] = "equal_or_greater"
        self.check(case, "basic", "36.00", ["0.00", "36.00"])  # one child counts
        case["receiving_parents"][1]["day_to_day_care"] = "equal_or_greater"
        self.check(case, "no_liability", "0.00", ["0.00", "0.00"], gross="300.00")

    def test_other_arrangements(self):
        payer = {"other_arrangement_children": 1}
        self.check(given("600", TWO, payer=payer), "basic", "76.00")  # 600 * 19% * 2/3
        self.check(given("50", TWO, payer=payer), "flat", "7.00")
        self.check(given("1000", ONE, payer=payer), "basic_plus", "76.00")  # (128 + 24) / 2
        many = {"other_arrangement_children": 9}
        self.check(given("300", ONE, payer=many), "basic", "7.00")  # 5.70
        self.check(given("300", ONE, BEFORE, many), "basic", "5.70")
        self.check(given("300", [[0], [52]], payer=many), "basic", "9.62")  # 57*2/11: 5.18 + 4.44

    def test_default_decision(self):
        for parents, parts in ((ONE, ["39.00"]), ([[0], [175]], ["25.50", "25.50"])):
            case = given(parents=parents, payer={"relevant_other_children": 2})
            case["default_decision"] = True
            total = "39.00" if len(parents) == 1 else "51.00"
            self.check(case, "default", total, parts, basis="default")
            self.assertIsNone(assess.assess(case)["gross_weekly_income"])
        case = given(parents=[[0], [0, 0], [0]])
        case["default_decision"] = True
        self.check(case, "default", "64.00", ["16.00", "32.00", "16.00"])
        for parent in case["receiving_parents"]:
            parent["day_to_day_care"] = "equal_or_greater"
        self.check(case, "no_liability", "0.00", ["0.00"] * 3, basis="default")


class Expenses(Worked):
    def test_threshold_of_each_ground(self):
        for name in ("contact_costs", "prior_debts", "boarding_school_fees", "mortgage"):
            self.check(given("300", grounds=[ground(name, weekly="9.99")]), "basic", "36.00")
            self.check(given("300", grounds=[ground(name, weekly="10")]), "basic", "34.80")
            self.check(given("300", grounds=[ground(name, annual="521.42")]), "basic", "36.00")
            self.check(given("300", grounds=[ground(name, annual="521.43")]), "basic", "34.80")
        illness = [ground("illness_or_disability", weekly="5")]
        self.check(given("300", grounds=illness), "basic", "35.40", gross="295.00")

    def test_capped_income(self):
        costs = [ground("contact_costs", weekly="100")]
        self.check(given("3050", grounds=costs), "basic_plus", "289.50", gross="2950.00")
        self.check(given("3100", grounds=costs), "basic_plus", "294.00", gross="3000.00")

    def test_no_effect_at_flat_and_nil(self):
        costs = [ground("contact_costs", weekly="50")]
        self.check(given("100", grounds=costs), "flat", "7.00", gross="100.00")
        self.check(given("400", grounds=costs, payer=OWN), "flat", "7.00", gross="400.00")
        prisoner = {"circumstance": "prisoner"}
        self.check(given("400", grounds=costs, payer=prisoner), "nil", "0.00", gross="400.00")

    def test_floor_of_a_80(self):
        costs = [ground("mortgage", weekly="500")]
        self.check(given("400", [[0], [0]], grounds=costs), "flat", "7.00", ["3.50", "3.50"], "0.00")
        self.check(given("400", date=BEFORE, grounds=costs), "nil", "0.00", gross="0.00")
        # Shared among all children, unless all are wholly with the authority.
        case = given("400", [[(0, 263)], [175]], grounds=costs)
        self.check(case, "flat", "7.00", ["3.50", "3.50"])
        self.check(given("400", [[(0, 263)], [(0, 300)]], grounds=costs), "nil", "0.00")
        # Down to a flat rate from income, shared care is ignored.
        case = given("400", [[366]], grounds=[ground("mortgage", weekly="300")])
        self.check(case, "flat", "7.00", gross="100.00")


class Additions(Worked):
    def test_unearned_income(self):
        low = [ground("unearned_income", annual="2499.99")]
        met = [ground("unearned_income", annual="2500")]
        self.check(given("300", grounds=low), "basic", "36.00", gross="300.00")
        self.check(given("300", grounds=met), "basic", "41.75", gross="347.95")

    def test_assets(self):
        at = [ground("assets", asset_value="31250")]
        over = [ground("assets", asset_value="32500")]
        self.check(given("300", grounds=at), "basic", "36.00")
        self.check(given("300", date="2018-12-12", grounds=over), "basic", "36.00")
        self.check(given("300", date="2018-12-13", grounds=over), "basic", "42.00", gross="350.00")

    def test_flat_rate_and_an_addition(self):
        def extra(weekly):
            return [ground("diverted_income", weekly=weekly)]

        self.check(given("90", grounds=extra("6.99")), "flat", "7.00", gross="96.99")
        self.check(given("90", grounds=extra("7")), "flat", "14.00", gross="97.00")
        self.check(given("90", grounds=extra("150")), "flat", "22.50", gross="240.00")  # 7 + 15.5
        self.check(given("90", grounds=extra("9000")), "flat", "301.00", gross="3000.00")
        self.check(given("90", date=BEFORE, grounds=extra("5")), "flat", "10.00")
        # Shared care on the whole: (7 + 24) / 2 - 7; the 52 nights of A-65 do not count.
        self.check(given("90", [[175]], grounds=extra("200")), "flat", "8.50")
        self.check(given("90", [[52]], payer=OWN, grounds=extra("200")), "flat", "26.57")
        self.check(given("90", [[(0, 260)]], payer=OWN, grounds=extra("200")), "flat", "8.86")
        self.check(given("90", [[(0, 263)]], payer=OWN, grounds=extra("200")), "flat", "0.00")

    def test_rejected(self):
        extra = [ground("diverted_income", weekly="200"), ground("assets", asset_value="90000")]
        self.check(given("90", payer=PARTNER, grounds=extra), "flat", "7.00", gross="90.00")
        young = {"circumstance": "young_person_on_benefit"}
        self.check(given("90", payer=young, grounds=extra), "nil", "0.00", gross="90.00")

    def test_nil_by_circumstance(self):
        child = {"circumstance": "child"}

        def extra(weekly):
            return [ground("income_not_taken_into_account", weekly=weekly)]

        self.check(given("500", payer=child, grounds=extra("100")), "nil", "0.00")
        self.check(given("500", payer=child, grounds=extra("100.01")), "reduced", "7.00")
        self.check(given("500", payer=child, grounds=extra("300")), "basic", "36.00", gross="800.00")
        case = given("500", date=BEFORE, payer=child, grounds=extra("100"))
        self.check(case, "flat", "5.00", gross="600.00")
        self.check(given("500", payer=OWN, grounds=extra("300")), "flat", "43.00")
        # Only for the positions which A-77 names.
        self.check(given("500", grounds=extra("300")), "basic", "60.00")
        self.check(given("50", grounds=extra("300")), "flat", "7.00")
        self.check(given("5", grounds=extra("300")), "nil", "0.00")

    def test_nil_by_income_is_worked_again(self):
        extra = [ground("diverted_income", weekly="3")]
        self.check(given("4", grounds=extra), "flat", "7.00", gross="7.00")
        self.check(given("3.99", grounds=extra), "nil", "0.00", gross="6.99")
        extra = [ground("diverted_income", weekly="400")]
        self.check(given("0", grounds=extra), "basic", "48.00", gross="400.00")

    def test_many_together(self):
        grounds = [
            ground("contact_costs", weekly="60"),
            ground("illness_or_disability", weekly="1"),
            ground("prior_debts", weekly="9"),
            ground("assets", asset_value="65000"),
            ground("diverted_income", annual="3650"),
        ]
        # 500 - 61 + 100 + 70
        self.check(given("500", grounds=grounds), "basic", "73.08", gross="609.00")


class Refused(unittest.TestCase):
    def check(self, obj, path, code=None):
        reply = assess.assess(obj)
        self.assertIn("error", reply)
        self.assertEqual((reply["id"], reply["error"]["path"]), ("t", path))
        if code:
            self.assertEqual(reply["error"]["code"], code)

    def test_no_information(self):
        self.check(given(), "/paying_parent/income", "income_missing")
        nothing = given(historic_annual=None, current_annual=None)
        self.check(nothing, "/paying_parent/income", "income_missing")

    def test_together(self):
        path = "/paying_parent/income/current_annual"
        self.check(given("1", current_annual=None), path)
        payer = {"benefit_weekly": "0"}
        self.check(given("1", payer=payer), "/paying_parent/benefit_weekly")
        payer = dict(OWN, partner_also_liable=True)
        self.check(given("1", payer=payer), "/paying_parent/partner_also_liable")

    def test_dates(self):
        for date in ("2012-12-09", "2013-02-29", "2013-2-1", "20130201", "", None, 5):
            self.check(given("1", date=date), "/effective_date")

    def test_money(self):
        path = "/paying_parent/income/weekly"
        for bad in ("-1", "1.", ".1", "1.234", "1e2", "", "1000000000000", 5, True, {}):
            self.check(given(bad), path)

    def test_lines(self):
        def path_of(line):
            reply = assess.assess_line(line)
            return reply["id"], reply["error"]["path"]

        self.assertEqual(path_of(b"\n"), (None, ""))
        self.assertEqual(path_of(b"[]\n"), (None, ""))
        good = json.dumps(given("1")).encode()
        self.assertNotIn("error", assess.assess_line(good))
        self.assertEqual(path_of(b"\xef\xbb\xbf" + good), (None, ""))
        twice = good[:-1] + b',"effective_date":"2020-01-01"}'
        self.assertEqual(path_of(twice), ("t", "/effective_date"))
        point = good.replace(b'"nights": 0', b'"nights": 0.0')
        path = "/receiving_parents/0/children/0/nights"
        self.assertEqual(path_of(point), ("t", path))


class Generated(unittest.TestCase):
    """Properties which hold for every case, and the two modes of the generator."""

    def test_good_cases(self):
        for number in range(3000):
            line = generate.line(7, number)
            reply = assess.assess_line(line)
            self.assertNotIn("error", reply, line)
            parts = [pence(one["weekly"]) for one in reply["receiving_parents"]]
            self.assertEqual(sum(parts), pence(reply["weekly_total"]), line)

    def test_wrong_cases(self):
        for number in range(3000):
            line = generate.invalid_line(7, number)
            self.assertEqual(line.count(b"\n"), 1)
            self.assertIn("error", assess.assess_line(line), line)

    def test_same_seed_same_bytes(self):
        def run(*arguments):
            command = [sys.executable, os.path.join(HERE, "generate.py")] + list(arguments)
            return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout

        whole = run("3", "100", "--mixed")
        self.assertEqual(whole, run("3", "100", "--mixed"))
        self.assertEqual(whole.split(b"\n")[49], run("3", "1", "--start", "49", "--mixed")[:-1])


def pence(text):
    return int(text.replace(".", ""))


if __name__ == "__main__":
    unittest.main()
