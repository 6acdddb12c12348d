-- generate.sql: a caseload that is made up: its payments, and what was reached of what is published.

-- counter_next: one
-- in  name:text
-- out next:int
-- What the next number of a kind will be.
SELECT next FROM counter WHERE name = :name;

-- generate_asked: each
-- in  from:date until:date open:int
-- out pp:int key:text? ref:text due:date jurisdiction:int amount:money
-- across: a bank statement is of every family
-- The instalments of collection that fall due on some days, with the family each is of.
SELECT i.pp, e.key, p.ref, i.due, a.jurisdiction, i.amount
FROM instalment i
JOIN arrangement a ON a.pp = i.pp AND a.id = i.arrangement
JOIN person p ON p.pp = i.pp AND p.id = i.pp
JOIN event e ON e.pp = i.pp AND e.seq = 1
JOIN fact f ON f.pp = i.pp AND f.kind = 'service' AND f.subject = i.arrangement
AND f.known_to = :open AND f.valid_from <= i.due AND f.valid_to > i.due AND f.value = 'collect_and_pay'
WHERE i.known_to = :open AND i.due >= :from AND i.due < :until AND i.amount > 0
ORDER BY i.pp, i.due, i.id;
