-- generate.sql: a caseload that is made up: its payments, and what was reached of what is published.

-- counter_next: one
-- in  name:text
-- out next:int
-- What the next number of a kind will be.
SELECT next FROM counter WHERE name = :name;

-- counter_put: do
-- in  name:text next:int
-- Goes past numbers that were taken all at once.
UPDATE counter SET next = :next WHERE name = :name;

-- generate_families: many
-- in  after:int most:int
-- out pp:int key:text?
-- across: what happens on the last day goes through the whole caseload
-- Families in the order they were made, with the key of their first application.
SELECT f.pp, e.key FROM family f JOIN event e ON e.pp = f.pp AND e.seq = 1
WHERE f.pp > :after ORDER BY f.pp LIMIT :most;

-- generate_asked: each
-- in  from:date until:date open:int
-- out pp:int key:text? ref:text arrangement:int due:date jurisdiction:int amount:money
-- across: a bank statement is of every family
-- The instalments of collection that fall due on some days, told before, with the family each is of;
-- not what the service collects itself, by Direct Debit.
SELECT i.pp, e.key, p.ref, i.arrangement, i.due, a.jurisdiction, i.amount
FROM instalment i
JOIN arrangement a ON a.pp = i.pp AND a.id = i.arrangement
JOIN person p ON p.pp = i.pp AND p.id = i.pp
JOIN event e ON e.pp = i.pp AND e.seq = 1
JOIN fact f ON f.pp = i.pp AND f.kind = 'service' AND f.subject = i.arrangement
AND f.known_to = :open AND f.valid_from <= i.due AND f.valid_to > i.due AND f.value = 'collect_and_pay'
WHERE i.known_to = :open AND i.due >= :from AND i.due < :until AND i.amount > 0
AND i.due >= i.planned
AND NOT EXISTS (SELECT 1 FROM instruction n WHERE n.pp = i.pp AND n.state = 'lodged' AND n.day <= i.due)
ORDER BY i.pp, i.due, i.id;

-- reach_arrangements: one
-- in  day:date from:date until:date year:date open:int northern:int
-- out all_of_them:int direct:int collected:int undecided:int northern:int applied:int payers:int switched:int abuse:int live_collected:int
-- across: a count of the whole caseload
-- Arrangements by service on the day, or the first to come, those without a decision apart; what came to collection in [from, until).
SELECT count(*) AS all_of_them,
       sum(CASE WHEN w.decided IS NOT NULL AND s.value = 'direct_pay' THEN 1 ELSE 0 END) AS direct,
       sum(CASE WHEN w.decided IS NOT NULL AND s.value = 'collect_and_pay' THEN 1 ELSE 0 END) AS collected,
       sum(CASE WHEN w.decided IS NULL THEN 1 ELSE 0 END) AS undecided,
       sum(CASE WHEN a.jurisdiction = :northern THEN 1 ELSE 0 END) AS northern,
       sum(CASE WHEN a.applied_on > :year AND a.applied_on <= :day THEN 1 ELSE 0 END) AS applied,
       count(DISTINCT a.pp) AS payers,
       sum(CASE WHEN s.value = 'collect_and_pay' AND s.valid_from >= :from AND s.valid_from < :until
                 AND b.value = 'direct_pay' THEN 1 ELSE 0 END) AS switched,
       sum(CASE WHEN x.value IS NULL THEN 0 ELSE 1 END) AS abuse,
       sum(CASE WHEN s.value = 'collect_and_pay' AND w.now > 0 THEN 1 ELSE 0 END) AS live_collected
FROM arrangement a
LEFT JOIN fact s ON s.pp = a.pp AND s.kind = 'service' AND s.subject = a.id AND s.known_to = :open
AND s.valid_to > :day
AND s.valid_from = (SELECT min(m.valid_from) FROM fact m WHERE m.pp = s.pp AND m.kind = 'service'
                    AND m.subject = s.subject AND m.known_to = :open AND m.valid_to > :day)
LEFT JOIN fact b ON b.pp = a.pp AND b.kind = 'service' AND b.subject = a.id AND b.known_to = :open
AND b.valid_to = s.valid_from
LEFT JOIN fact x ON x.pp = a.pp AND x.kind = 'domestic_abuse' AND x.subject = a.id
AND x.known_to = :open
LEFT JOIN (SELECT g.pp, g.arrangement, max(g.decision) AS decided,
                  max(CASE WHEN d.known_to = :open AND d.rate <> 'ended' THEN g.weekly ELSE 0 END) AS now
           FROM award g JOIN decision d ON d.pp = g.pp AND d.id = g.decision
           GROUP BY g.pp, g.arrangement) w ON w.pp = a.pp AND w.arrangement = a.id;

-- reach_children: many
-- in  day:date open:int
-- out service:text arrangements:int children:int
-- across: a count of the whole caseload
-- Arrangements with qualifying children, and the children, by service.
SELECT s.value AS service, count(*) AS arrangements, sum(c.number) AS children
FROM (SELECT f.pp, CAST(f.value AS INTEGER) AS arrangement, count(*) AS number FROM fact f
      WHERE f.kind = 'lives_with' AND f.known_to = :open AND f.valid_to > :day
      GROUP BY f.pp, f.value) c
JOIN fact s ON s.pp = c.pp AND s.kind = 'service' AND s.subject = c.arrangement
AND s.known_to = :open AND s.valid_to > :day
AND s.valid_from = (SELECT min(m.valid_from) FROM fact m WHERE m.pp = s.pp AND m.kind = 'service'
                    AND m.subject = s.subject AND m.known_to = :open AND m.valid_to > :day)
GROUP BY s.value ORDER BY s.value;

-- reach_payers: one
-- in  day:date open:int thirty:date fifty:date low:money
-- out payers:int one_child:int more_children:int one_arrangement:int aged:int known_income:int low_income:int benefit:int
-- across: a count of the whole caseload
-- Paying parents by children, arrangements, age and income; born after `fifty` and by `thirty`.
SELECT count(*) AS payers,
       sum(CASE WHEN c.number = 1 THEN 1 ELSE 0 END) AS one_child,
       sum(CASE WHEN c.number > 1 THEN 1 ELSE 0 END) AS more_children,
       sum(CASE WHEN c.number > 1 AND a.number = 1 THEN 1 ELSE 0 END) AS one_arrangement,
       sum(CASE WHEN p.born <= :thirty AND p.born > :fifty THEN 1 ELSE 0 END) AS aged,
       sum(CASE WHEN d.rate IS NOT NULL AND d.rate <> 'default' AND d.rate <> 'ended' THEN 1 ELSE 0 END) AS known_income,
       sum(CASE WHEN d.rate IS NOT NULL AND d.rate <> 'default' AND d.rate <> 'ended'
                 AND coalesce(d.income, 0) < :low THEN 1 ELSE 0 END) AS low_income,
       sum(CASE WHEN b.value IS NULL OR b.value = 'none' THEN 0 ELSE 1 END) AS benefit
FROM (SELECT pp, count(*) AS number FROM arrangement GROUP BY pp) a
JOIN person p ON p.pp = a.pp AND p.id = a.pp
LEFT JOIN (SELECT f.pp, count(*) AS number FROM fact f
           WHERE f.kind = 'lives_with' AND f.known_to = :open AND f.valid_to > :day
           GROUP BY f.pp) c ON c.pp = a.pp
LEFT JOIN decision d ON d.pp = a.pp AND d.known_to = :open
AND d.effective_from = (SELECT max(e.effective_from) FROM decision e
                        WHERE e.pp = a.pp AND e.known_to = :open AND e.effective_from <= :day)
LEFT JOIN fact b ON b.pp = a.pp AND b.kind = 'benefit' AND b.known_to = :open
AND b.valid_from <= :day AND b.valid_to > :day;

-- reach_quarter: many
-- in  from:date until:date open:int day:date charge:int opening:int increase:int decrease:int collected:int returned:int released:int
-- out method:text payers:int paid_none:int paid_some:int paid_over:int due:money paid:money
-- across: a count of the whole caseload
-- Paying parents with maintenance falling due to be collected in [from, until), by way of paying: who
-- was collected nothing from, up to nine tenths of it, more.
SELECT coalesce(m.value, '') AS method, count(*) AS payers,
       sum(CASE WHEN q.paid <= 0 THEN 1 ELSE 0 END) AS paid_none,
       sum(CASE WHEN q.paid > 0 AND q.paid * 10 <= q.due * 9 THEN 1 ELSE 0 END) AS paid_some,
       sum(CASE WHEN q.paid * 10 > q.due * 9 AND q.paid > 0 THEN 1 ELSE 0 END) AS paid_over,
       sum(q.due) AS due, sum(q.paid) AS paid
FROM (SELECT e.pp,
             sum(CASE WHEN e.reason = :charge OR e.reason = :opening OR e.reason = :increase THEN e.amount
                      WHEN e.reason = :decrease THEN -e.amount ELSE 0 END) AS due,
             sum(CASE WHEN e.reason = :collected THEN e.amount
                      WHEN e.reason = :returned OR e.reason = :released THEN -e.amount ELSE 0 END) AS paid
      FROM entry e WHERE e.day >= :from AND e.day < :until AND e.pp > 0 GROUP BY e.pp) q
LEFT JOIN fact m ON m.pp = q.pp AND m.kind = 'pay_method' AND m.known_to = :open
AND m.valid_from <= :day AND m.valid_to > :day
WHERE q.due > 0 GROUP BY m.value ORDER BY m.value;

-- reach_weekly: one
-- in  day:date open:int
-- out arrangements:int weekly:money
-- across: a sum over the whole caseload
-- What decisions in force give arrangements on Direct Pay.
SELECT count(*) AS arrangements, coalesce(sum(w.weekly), 0) AS weekly
FROM arrangement a
JOIN fact s ON s.pp = a.pp AND s.kind = 'service' AND s.subject = a.id AND s.known_to = :open
AND s.valid_to > :day AND s.value = 'direct_pay'
JOIN decision d ON d.pp = a.pp AND d.known_to = :open
AND d.effective_from = (SELECT max(e.effective_from) FROM decision e
                        WHERE e.pp = a.pp AND e.known_to = :open AND e.effective_from <= :day)
JOIN award w ON w.pp = a.pp AND w.decision = d.id AND w.arrangement = a.id;

-- reach_owed: one
-- in  account:int
-- out owed:money
-- across: a sum over the whole caseload
-- What is owed on an account that stands in debit.
SELECT coalesce(sum(CASE WHEN debit = :account THEN amount ELSE -amount END), 0) AS owed
FROM entry WHERE debit = :account OR credit = :account;

-- reach_due: one
-- in  day:date open:int
-- out due:money
-- across: a sum over the whole caseload
-- All instalments that fell due by a day, whoever was to collect them.
SELECT coalesce(sum(amount), 0) AS due FROM instalment WHERE known_to = :open AND due <= :day;
