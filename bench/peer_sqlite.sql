-- The simple part of the calculation in SQLite, law of 2026: sqlite3 FILE < peer_sqlite.sql, where
-- FILE has the table calc(id, income, benefit, children, others, band).  Whole numbers throughout:
-- amounts in parts of 140000 of a penny until the one rounding.
.timer on
SELECT sum(CASE WHEN benefit = 1 THEN iif(band > 0, 0, 700)
                WHEN income < 700 THEN 0
                WHEN income <= 10000 THEN 700
                ELSE max(700, (amount * CASE band WHEN 0 THEN 14 WHEN 1 THEN 12 WHEN 2 THEN 10
                                                  WHEN 3 THEN 8 ELSE 7 END + 70000) / 140000
                              - iif(band = 4, 700 * children, 0))
           END)
FROM (SELECT *, CASE WHEN income < 20000
                     THEN 7000000 + (income - 10000) * 10 *
                          CASE others * 4 + children
                              WHEN 1 THEN 170 WHEN 2 THEN 250 WHEN 3 THEN 310
                              WHEN 5 THEN 141 WHEN 6 THEN 212 WHEN 7 THEN 264
                              WHEN 9 THEN 132 WHEN 10 THEN 199 WHEN 11 THEN 249
                              WHEN 13 THEN 124 WHEN 14 THEN 189 ELSE 238 END
                     ELSE min(remaining, 8000000) * CASE children WHEN 1 THEN 12 WHEN 2 THEN 16 ELSE 19 END
                          + max(remaining - 8000000, 0)
                            * CASE children WHEN 1 THEN 9 WHEN 2 THEN 12 ELSE 15 END
                END AS amount
      FROM (SELECT *, min(income, 300000) * CASE others WHEN 0 THEN 100 WHEN 1 THEN 89
                                                        WHEN 2 THEN 86 ELSE 84 END AS remaining
            FROM calc));
