-- announced.sql: deductions from earnings and benefits that a file announced.

-- announced_insert: do
-- in  pp:int id:int event:int source:text sender:text batch:text period:text day:date asked:money? net:money? amount:money reason:text due:date
-- bulk
-- A deduction is announced.
INSERT INTO announced (pp, id, event, source, sender, batch, period, day, asked, net, amount, reason,
                       due)
VALUES (:pp, :id, :event, :source, :sender, :batch, :period, :day, :asked, :net, :amount, :reason,
        :due);

-- announced_paid_insert: do
-- in  pp:int announced:int receipt:int event:int
-- bulk
-- An announced deduction has arrived.
INSERT INTO announced_paid (pp, announced, receipt, event)
VALUES (:pp, :announced, :receipt, :event);

-- announced_list: many
-- in  pps:ints
-- out pp:int id:int source:text sender:text batch:text period:text day:date asked:money? net:money? amount:money reason:text due:date paid:int
-- What was announced for families, with the receipt in which it arrived and was not taken back (0:
-- not yet).
SELECT a.pp, a.id, a.source, a.sender, a.batch, a.period, a.day, a.asked, a.net, a.amount, a.reason, a.due,
       coalesce((SELECT max(x.receipt) FROM announced_paid x
                 WHERE x.pp = a.pp AND x.announced = a.id AND NOT EXISTS (
                     SELECT 1 FROM receipt b WHERE b.pp = x.pp AND b.returns = x.receipt)), 0) AS paid
FROM announced a WHERE a.pp IN (:pps) ORDER BY a.pp, a.day, a.id;

-- announced_by_sender: many
-- in  senders:texts
-- out sender:text pp:int batch:text id:int amount:money
-- across: one payment of an employer may be for many employees
-- What senders announced and have not paid yet, batch by batch.
SELECT a.sender, a.pp, a.batch, a.id, a.amount FROM announced a
WHERE a.sender IN (:senders) AND a.amount > 0 AND NOT EXISTS (
    SELECT 1 FROM announced_paid x WHERE x.pp = a.pp AND x.announced = a.id AND NOT EXISTS (
        SELECT 1 FROM receipt b WHERE b.pp = x.pp AND b.returns = x.receipt))
ORDER BY a.sender, a.batch, a.pp, a.id;

-- announced_between: many
-- in  pps:ints first:date last:date
-- out pp:int source:text sender:text period:text day:date amount:money reason:text
-- What was announced for families, of some days.
SELECT pp, source, sender, period, day, amount, reason FROM announced
WHERE pp IN (:pps) AND day >= :first AND day <= :last ORDER BY pp, day, id;

-- announced_last: many
-- in  pps:ints
-- out pp:int id:int
-- The last number of what was announced for families; 0: nothing was.
SELECT f.pp, coalesce((SELECT max(a.id) FROM announced a WHERE a.pp = f.pp), 0) AS id
FROM family f WHERE f.pp IN (:pps) ORDER BY f.pp;

-- owner_by_nino: many
-- in  numbers:texts open:int
-- out value:text pp:int
-- across: a payment may name a person by National Insurance number alone
-- Paying parents who are believed to have National Insurance numbers.
SELECT DISTINCT value, pp FROM fact
WHERE kind = 'national_insurance_number' AND value IN (:numbers) AND known_to = :open
  AND subject = pp
ORDER BY value, pp;

-- owner_by_employee: many
-- in  refs:texts open:int first:date last:date
-- out value:text pp:int valid_from:date valid_to:date
-- across: a payment may name a person by an employee's reference alone
-- Paying parents with employee's references, and when; in an order: from the first day to the last.
SELECT value, pp, valid_from, valid_to FROM fact
WHERE kind = 'employee_reference' AND value IN (:refs) AND known_to = :open
UNION
SELECT employee, pp, :first, :last FROM earnings_order WHERE employee IN (:refs)
ORDER BY value, pp, valid_from;

-- receipt_split: one
-- in  pp:int receipt:int
-- out to_pp:int
-- Where a suspense receipt went; 0: to several families.
SELECT to_pp FROM receipt_match WHERE pp = :pp AND receipt = :receipt;

-- announced_waiting: many
-- out source:text sender:text batch:text due:date people:int lines:int amount:money
-- across: employers and benefit offices pay for many families at once
-- What was announced and has not arrived, by the clocks that run for it, batch by batch; the oldest
-- comes before.
SELECT a.source, a.sender, a.batch, min(a.due) AS due, count(DISTINCT a.pp) AS people,
       count(*) AS lines, sum(a.amount) AS amount
FROM clock c
CROSS JOIN announced a -- after what is open: SQLite keeps the order of a CROSS JOIN
WHERE c.kind = 'announced' AND c.gone = 0 AND a.pp = c.pp AND a.id = c.subject
GROUP BY a.source, a.sender, a.batch ORDER BY due, a.sender, a.batch;

-- announced_silent: many
-- in  month:text first:date last:date
-- out employer:text pp:int weekly:money
-- across: an employer answers for many families
-- Orders that held all of a month for which the employer announced nothing about that family.
SELECT o.employer, o.pp, o.maintenance + o.fee + o.arrears + o.fees AS weekly
FROM earnings_order o
WHERE o.ended = 0 AND o.starts <= :last AND EXISTS (
    SELECT 1 FROM earnings_order f WHERE f.pp = o.pp AND f.id = o.id AND f.starts <= :first)
  AND NOT EXISTS (
    SELECT 1 FROM earnings_order n WHERE n.pp = o.pp AND n.id = o.id AND n.starts <= :last
      AND (n.starts > o.starts OR (n.starts = o.starts AND n.event > o.event)))
  AND NOT EXISTS (
    SELECT 1 FROM announced a WHERE a.pp = o.pp AND a.sender = o.employer AND a.batch = :month)
ORDER BY o.employer, o.pp, o.id;

-- silent_list: many
-- out employer:text month:text due:date people:int amount:money
-- Employers that announced nothing for a month, as the last day's run found it.
SELECT employer, month, due, people, amount FROM silent_month ORDER BY due, employer;

-- silent_clear: do
-- What was found by the run before.
DELETE FROM silent_month;

-- silent_insert: do
-- row silent_list
-- bulk
-- An employer announced nothing for a month.
INSERT INTO silent_month (employer, month, due, people, amount)
VALUES (:employer, :month, :due, :people, :amount);

-- announced_of_sender: many
-- in  sender:text most:int
-- out pp:int id:int source:text batch:text period:text day:date asked:money? net:money? amount:money reason:text due:date paid:int
-- across: an employer answers for many families
-- What a sender announced, the newest first.
SELECT a.pp, a.id, a.source, a.batch, a.period, a.day, a.asked, a.net, a.amount, a.reason, a.due,
       coalesce((SELECT max(x.receipt) FROM announced_paid x
                 WHERE x.pp = a.pp AND x.announced = a.id AND NOT EXISTS (
                     SELECT 1 FROM receipt b WHERE b.pp = x.pp AND b.returns = x.receipt)), 0) AS paid
FROM announced a WHERE a.sender = :sender ORDER BY a.day DESC, a.pp, a.id LIMIT :most;

-- announced_late: one
-- in  since:date day:date
-- out months:int amount:money
-- across: an employer pays for many families at once
-- Months of employers of which money was due since a day, before another day, and has not arrived.
SELECT count(*) AS months, coalesce(sum(m.amount), 0) AS amount FROM (
    SELECT a.sender, a.batch, sum(a.amount) AS amount
    FROM clock c CROSS JOIN announced a
    WHERE c.kind = 'announced' AND c.gone = 0 AND a.pp = c.pp AND a.id = c.subject
      AND a.due >= :since AND a.due < :day AND a.source = 'employer'
    GROUP BY a.sender, a.batch) m;
