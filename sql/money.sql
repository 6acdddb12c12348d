-- money.sql: instalments, entries, receipts, missed payments.

-- instalment_insert: do
-- in  pp:int id:int event:int known_to:int planned:date arrangement:int plan_from:date due:date cover_from:date cover_to:date amount:money
-- bulk
-- A payment is planned.
INSERT INTO instalment (pp, id, event, known_to, planned, arrangement, plan_from, due, cover_from,
                        cover_to, amount)
VALUES (:pp, :id, :event, :known_to, :planned, :arrangement, :plan_from, :due, :cover_from, :cover_to, :amount);

-- instalment_close: do
-- in  pp:int id:int event:int
-- bulk
-- A planned payment that was never charged is planned anew.
UPDATE instalment SET known_to = :event WHERE pp = :pp AND id = :id;

-- instalment_list: many
-- in  pps:ints known:int whole:int
-- out pp:int id:int event:int planned:date arrangement:int plan_from:date due:date cover_from:date cover_to:date amount:money
-- The payments planned as known at an event, with the day each was planned; without the closed ones
-- unless whole is 1.
SELECT i.pp, i.id, i.event, i.planned, i.arrangement, i.plan_from, i.due, i.cover_from, i.cover_to,
       i.amount
FROM family f JOIN instalment i
  ON i.pp = f.pp + 0 AND i.id > CASE WHEN :whole = 1 THEN 0 ELSE f.instalment_closed END
WHERE f.pp IN (:pps) AND i.event <= :known AND i.known_to > :known
ORDER BY i.pp, i.id;

-- entry_insert: do
-- row entry_list
-- bulk
-- A pair of bookings.
INSERT INTO entry (pp, id, event, recorded, day, debit, credit, arrangement, amount, reason,
                   instalment, receipt, decision)
VALUES (:pp, :id, :event, :recorded, :day, :debit, :credit, :arrangement, :amount, :reason, :instalment,
        :receipt, :decision);

-- entry_list: many
-- in  pps:ints known:int whole:int
-- out pp:int id:int event:int recorded:date day:date debit:int credit:int arrangement:int amount:money reason:int instalment:int receipt:int decision:int
-- The bookings of families as known at an event, with the day each was recorded; without the closed
-- ones unless whole is 1.
SELECT e.pp, e.id, e.event, e.recorded, e.day, e.debit, e.credit, e.arrangement, e.amount, e.reason,
       e.instalment, e.receipt, e.decision
FROM family f JOIN entry e
  ON e.pp = f.pp + 0 AND e.id > CASE WHEN :whole = 1 THEN 0 ELSE f.entry_closed END
WHERE f.pp IN (:pps) AND e.event <= :known ORDER BY e.pp, e.id;

-- carried_list: many
-- in  pps:ints
-- out pp:int known:date day:date debit:int credit:int arrangement:int amount:money reason:int instalment:int receipt:int
-- What was carried forward when the books of families were closed.
SELECT c.pp, c.known, c.day, c.debit, c.credit, c.arrangement, c.amount, c.reason, c.instalment, c.receipt
FROM family f JOIN carried c ON c.pp = f.pp + 0
WHERE f.pp IN (:pps) AND f.entry_closed > 0 ORDER BY c.pp, c.id;

-- carried_insert: do
-- in  pp:int id:int known:date day:date debit:int credit:int arrangement:int amount:money reason:int instalment:int receipt:int
-- bulk
-- A family's books were closed.
INSERT INTO carried (pp, id, known, day, debit, credit, arrangement, amount, reason, instalment, receipt)
VALUES (:pp, :id, :known, :day, :debit, :credit, :arrangement, :amount, :reason, :instalment, :receipt);

-- carried_delete: do
-- in  pps:ints
-- They are closed anew.
DELETE FROM carried WHERE pp IN (:pps);

-- entry_sums: many
-- out debit:int credit:int amount:money
-- across: the trial balance is of the whole book
-- What moved between each two accounts.
SELECT debit, credit, sum(amount) FROM entry GROUP BY debit, credit ORDER BY debit, credit;

-- receipt_insert: do
-- in  pp:int id:int event:int bank_ref:text booked:date amount:money payer_name:text payer_account:text remittance:text matched_by:text origin:int returns:int
-- bulk
-- first receipt_line
-- Money came in.
INSERT INTO receipt (pp, id, event, bank_ref, booked, amount, payer_name, payer_account, remittance,
                     matched_by, origin, returns)
VALUES (:pp, :id, :event, :bank_ref, :booked, :amount, :payer_name, :payer_account, :remittance,
        :matched_by, :origin, :returns);

-- receipt_line: do
-- in  pp:int id:int bank_ref:text amount:money
-- bulk
-- A line of a bank statement is recorded, once only.
INSERT INTO bank_line (bank_ref, pp, receipt, amount) VALUES (:bank_ref, :pp, :id, :amount);

-- receipt_by_bank_ref: one
-- in  bank_ref:text
-- out pp:int id:int amount:money
-- across: the bank's reference is all a statement gives
-- Whether a line of a bank statement was recorded before.
SELECT pp, receipt AS id, amount FROM bank_line WHERE bank_ref = :bank_ref;

-- receipt_list: many
-- in  pp:int known:int
-- out id:int event:int bank_ref:text booked:date amount:money payer_name:text payer_account:text remittance:text matched_by:text origin:int returns:int
-- A family's receipts as known at an event.
SELECT id, event, bank_ref, booked, amount, payer_name, payer_account, remittance, matched_by,
       origin, returns
FROM receipt WHERE pp = :pp AND event <= :known ORDER BY id;

-- receipt_suspense: many
-- out id:int booked:date amount:money payer_name:text payer_account:text remittance:text bank_ref:text came_back:bool
-- across: money nobody has claimed belongs to no family yet
-- The suspense list: receipts not matched yet, by the clocks that run for them, oldest first.
-- came_back: not paid by a parent, but a payment of ours that the bank says came back.
SELECT r.id, r.booked, r.amount, r.payer_name, r.payer_account, r.remittance, r.bank_ref,
       CASE WHEN r.matched_by = 'came back' THEN 1 ELSE 0 END AS came_back
FROM clock c JOIN receipt r ON r.pp = c.pp AND r.id = c.subject
WHERE c.pp = 0 AND c.kind = 'suspense' AND c.gone = 0 ORDER BY r.booked, r.id;

-- receipt_payer: many
-- in  accounts:texts
-- out payer_account:text pp:int
-- across: a known bank account tells whose money it is
-- The families that money from bank accounts was matched to before.  An employer's account is
-- nobody's: what came from it and was known by a number of the employee does not count.
SELECT DISTINCT payer_account, pp FROM receipt
WHERE payer_account IN (:accounts) AND payer_account <> '' AND pp <> 0
  AND matched_by NOT IN ('number', 'employee', 'schedule') ORDER BY payer_account, pp;

-- receipt_match_insert: do
-- in  pp:int receipt:int event:int to_pp:int
-- bulk
-- A suspense receipt is found to be a family's.
INSERT INTO receipt_match (pp, receipt, event, to_pp) VALUES (:pp, :receipt, :event, :to_pp);

-- missed_insert: do
-- row missed_list
-- bulk
-- A payment was missed.
INSERT INTO missed (pp, instalment, event, found_on, amount)
VALUES (:pp, :instalment, :event, :found_on, :amount);

-- missed_list: many
-- in  pps:ints known:int
-- out pp:int instalment:int event:int found_on:date amount:money
-- A family's missed payments.
SELECT pp, instalment, event, found_on, amount FROM missed
WHERE pp IN (:pps) AND event <= :known ORDER BY pp, found_on, instalment;


-- entry_scan: each
-- in  whole:int
-- out pp:int part:int id:int known:date day:date debit:int credit:int arrangement:int amount:money reason:int instalment:int receipt:int
-- across: what all cases come to
-- Every booking by family in the order of writing; unless whole is 1 what was carried forward stands
-- for those before.  Each half comes in the order of a key, so nothing is sorted.
SELECT f.pp, 0 AS part, c.id, c.known, c.day, c.debit, c.credit, c.arrangement, c.amount, c.reason,
       c.instalment, c.receipt
FROM family f CROSS JOIN carried c
WHERE c.pp = f.pp AND f.entry_closed > 0 AND :whole = 0
UNION ALL
SELECT f.pp, 1 AS part, e.id, e.recorded, e.day, e.debit, e.credit, e.arrangement, e.amount, e.reason,
       e.instalment, e.receipt
FROM family f CROSS JOIN entry e
WHERE e.pp = f.pp AND e.id > CASE WHEN :whole = 1 THEN 0 ELSE f.entry_closed END
ORDER BY 1, 2, 3;

-- bank_lines_known: many
-- in  refs:texts
-- out bank_ref:text pp:int receipt:int amount:money booked:date payer_name:text payer_account:text matched_by:text
-- across: the bank's reference is all a statement gives
-- Which lines of a bank statement were recorded before, and as what.
SELECT l.bank_ref, r.pp, r.id AS receipt, r.amount, r.booked, r.payer_name, r.payer_account, r.matched_by
FROM bank_line l JOIN receipt r ON r.pp = l.pp AND r.id = l.receipt
WHERE l.bank_ref IN (:refs) ORDER BY l.bank_ref;
