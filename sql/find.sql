-- find.sql: looking for cases in the whole caseload.

-- find_cases: many
-- in  text:text first:int most:int
-- out pp:int
-- across: a caseworker looks for a name in the whole caseload
-- Paying parents of whose family a name has the text in it, or a reference is it, by name.
SELECT p.id AS pp FROM person p
WHERE p.pp = p.id AND EXISTS (SELECT 1 FROM arrangement a WHERE a.pp = p.id)
  AND (:text = '' OR p.id IN (
      SELECT a.pp FROM arrangement a WHERE a.ref = :text
      UNION SELECT a.pp FROM arrangement a JOIN person q ON q.id = a.pp
            WHERE q.ref = :text OR lower(q.given || ' ' || q.family) LIKE '%' || lower(:text) || '%'
      UNION SELECT a.pp FROM arrangement a JOIN person q ON q.id = a.rp
            WHERE q.ref = :text OR lower(q.given || ' ' || q.family) LIKE '%' || lower(:text) || '%'
      UNION SELECT f.pp FROM fact f JOIN person q ON q.id = f.subject
            WHERE f.kind = 'lives_with' AND (q.ref = :text
               OR lower(q.given || ' ' || q.family) LIKE '%' || lower(:text) || '%')))
ORDER BY p.family, p.given, p.id LIMIT :most OFFSET :first;

-- find_count: one
-- in  text:text
-- out number:int
-- across: a caseworker looks for a name in the whole caseload
-- How many find_cases would find.
SELECT count(*) AS number FROM person p
WHERE p.pp = p.id AND EXISTS (SELECT 1 FROM arrangement a WHERE a.pp = p.id)
  AND (:text = '' OR p.id IN (
      SELECT a.pp FROM arrangement a WHERE a.ref = :text
      UNION SELECT a.pp FROM arrangement a JOIN person q ON q.id = a.pp
            WHERE q.ref = :text OR lower(q.given || ' ' || q.family) LIKE '%' || lower(:text) || '%'
      UNION SELECT a.pp FROM arrangement a JOIN person q ON q.id = a.rp
            WHERE q.ref = :text OR lower(q.given || ' ' || q.family) LIKE '%' || lower(:text) || '%'
      UNION SELECT f.pp FROM fact f JOIN person q ON q.id = f.subject
            WHERE f.kind = 'lives_with' AND (q.ref = :text
               OR lower(q.given || ' ' || q.family) LIKE '%' || lower(:text) || '%')));

-- find_missed: many
-- in  since:date
-- out pp:int found:date number:int amount:money
-- across: the caseload's newest missed payments
-- Families in which a payment was found missed since a day, the newest first.
SELECT pp, max(found_on) AS found, count(*) AS number, sum(amount) AS amount FROM missed
WHERE found_on >= :since GROUP BY pp ORDER BY found DESC, pp LIMIT 1000;

-- find_suspense: one
-- out number:int
-- across: money nobody has claimed belongs to no family yet
-- How many receipts are in suspense.
SELECT count(*) AS number FROM receipt r WHERE r.pp = 0 AND r.amount > 0
  AND NOT EXISTS (SELECT 1 FROM receipt_match m WHERE m.pp = 0 AND m.receipt = r.id)
  AND NOT EXISTS (SELECT 1 FROM receipt b WHERE b.pp = 0 AND b.returns = r.id);
