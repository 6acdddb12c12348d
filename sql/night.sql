-- night.sql: the night's proof: control totals against rows.

-- book_insert: do
-- in  pp:int event:int day:date reason:int debit:int credit:int number:int amount:money
-- bulk
-- What a writing of ledger rows adds up to.
INSERT INTO book (pp, event, day, reason, debit, credit, number, amount)
VALUES (:pp, :event, :day, :reason, :debit, :credit, :number, :amount);

-- book_sums: many
-- in  from:date to:date
-- out day:date reason:int debit:int credit:int number:int amount:money
-- across: the proof is of the whole book
-- What the book says was written on days.
SELECT day, reason, debit, credit, sum(number) AS number, sum(amount) AS amount FROM book
WHERE day >= :from AND day <= :to GROUP BY day, reason, debit, credit
ORDER BY day, reason, debit, credit;

-- book_rows: many
-- in  from:date to:date
-- out day:date reason:int debit:int credit:int number:int amount:money
-- across: the proof is of the whole book
-- The ledger rows themselves that were written on days: of each family touched since, its last ones.
SELECT e.recorded AS day, e.reason, e.debit, e.credit, count(*) AS number, sum(e.amount) AS amount
FROM (SELECT f.pp, coalesce((SELECT x.id FROM entry x WHERE x.pp = f.pp AND x.recorded < :from
                             ORDER BY x.id DESC LIMIT 1), 0) AS before
      FROM family f WHERE f.day >= :from GROUP BY f.pp) t -- once a family: GROUP BY keeps it apart
CROSS JOIN entry e -- after the families: SQLite keeps the order of a CROSS JOIN
WHERE e.pp = t.pp AND e.id > t.before AND e.recorded >= :from AND e.recorded <= :to
GROUP BY e.recorded, e.reason, e.debit, e.credit
ORDER BY e.recorded, e.reason, e.debit, e.credit;

-- book_rows_all: many
-- out day:date reason:int debit:int credit:int number:int amount:money
-- across: the check is of the whole book
-- Every ledger row there is, added up by the day it was written.
SELECT recorded AS day, reason, debit, credit, count(*) AS number, sum(amount) AS amount FROM entry
GROUP BY recorded, reason, debit, credit ORDER BY recorded, reason, debit, credit;

-- night_clear: do
-- in  from:date to:date
-- Days that are proved once more.
DELETE FROM night WHERE day >= :from AND day <= :to;

-- night_put: do
-- in  from:date to:date
-- across: the book of proved days, added up
-- The book of days that were proved.
INSERT INTO night (day, debit, credit, amount)
SELECT day, debit, credit, sum(amount) FROM book WHERE day >= :from AND day <= :to
GROUP BY day, debit, credit;

-- night_totals: many
-- out debit:int credit:int amount:money
-- What moved between each two accounts up to the last proved day.
SELECT debit, credit, sum(amount) AS amount FROM night GROUP BY debit, credit
ORDER BY debit, credit;

-- family_touched: many
-- in  day:date
-- out pp:int
-- across: where a proof fails, the family is looked for
-- Families written to since a day.
SELECT pp FROM family WHERE day >= :day ORDER BY pp LIMIT 10000;

-- bank_statement_gaps: many
-- out account:text id:text before:text opening:money closing:money
-- Statements that do not begin where the one read before them ended.
SELECT b.account, b.id, a.id AS before, b.opening, a.closing
FROM bank_statement b JOIN bank_statement a ON a.account = b.account AND a.place = b.place - 1
WHERE b.opening <> a.closing ORDER BY b.account, b.place;
