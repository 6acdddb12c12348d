-- peer_ages.sql: how old unpaid maintenance is on 2026-10-02 (day 20728), in plain SQL over the whole
-- ledger: the oldest debt is taken as paid first.  Account 4 is maintenance (ledger/entry.h).  For
-- SQLite and PostgreSQL; beside `upkeep balance --total`, whose maintenance must be the same sum.
WITH paid AS (
    SELECT pp, arrangement, sum(amount) AS amount FROM entry
    WHERE credit = 4 AND day <= 20728 GROUP BY pp, arrangement),
charged AS (
    SELECT pp, arrangement, day, amount,
           sum(amount) OVER (PARTITION BY pp, arrangement ORDER BY day, id ROWS UNBOUNDED PRECEDING)
               AS upto
    FROM entry WHERE debit = 4 AND day <= 20728),
owed AS (
    SELECT 20728 - c.day AS age,
           CASE WHEN c.upto <= coalesce(p.amount, 0) THEN 0
                WHEN c.upto - coalesce(p.amount, 0) < c.amount THEN c.upto - coalesce(p.amount, 0)
                ELSE c.amount END AS amount
    FROM charged c LEFT JOIN paid p ON p.pp = c.pp AND p.arrangement = c.arrangement)
SELECT sum(CASE WHEN age <= 30 THEN amount ELSE 0 END), sum(CASE WHEN age BETWEEN 31 AND 90 THEN amount ELSE 0 END),
       sum(CASE WHEN age BETWEEN 91 AND 365 THEN amount ELSE 0 END), sum(CASE WHEN age > 365 THEN amount ELSE 0 END),
       sum(amount)
FROM owed;
