"""The simple part of the calculation with numpy: whole columns, 64-bit integers, law of 2026.

Usage: peer_numpy.py CALC_BIN.  Prints "M calculations a second, sum in pence"; processor time, the
best of a few rounds.  Amounts are in parts of 140000 of a penny, so that every step is exact.
"""

import sys
import time

import numpy as np

RECORD = np.dtype([("income", "<i4"), ("benefit", "u1"), ("children", "u1"), ("others", "u1"),
                   ("band", "u1")])
LEFT = np.array([100, 89, 86, 84])  # percent of income left for other children
BASIC = np.array([0, 12, 16, 19])  # percent up to 800 a week, by children
PLUS = np.array([0, 9, 12, 15])
REDUCED = np.array([[0, 170, 250, 310], [0, 141, 212, 264], [0, 132, 199, 249],
                    [0, 124, 189, 238]])  # thousandths above 100 a week, by others and children
FOURTEENTHS = np.array([14, 12, 10, 8, 7])  # left after shared care
ROUNDS = 7


def weekly(income, benefit, children, others, band):
    income = np.minimum(income, 300000)
    left = income * LEFT[others]
    basic = np.minimum(left, 8000000) * BASIC[children]
    basic += np.maximum(left - 8000000, 0) * PLUS[children]
    reduced = 700 * 10000 + (income - 10000) * REDUCED[others, children] * 10
    amount = np.where(income < 20000, reduced, basic) * FOURTEENTHS[band]
    amount = (amount + 70000) // 140000 - np.where(band == 4, 700 * children, 0)
    amount = np.where(income > 10000, np.maximum(amount, 700), np.where(income < 700, 0, 700))
    return np.where(benefit == 1, np.where(band > 0, 0, 700), amount)


def main():
    raw = np.fromfile(sys.argv[1], dtype=RECORD)
    columns = [raw[name].astype(np.int64) for name in RECORD.names]
    best = None
    for _ in range(ROUNDS):
        start = time.process_time()
        total = int(weekly(*columns).sum())
        took = time.process_time() - start
        best = took if best is None else min(best, took)
    print("%.2f %d" % (len(raw) / best / 1e6, total))


if __name__ == "__main__":
    main()
