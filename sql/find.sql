-- find.sql: looking for cases in the whole caseload.

-- find_cases: many
-- in  ref:text one:text one_end:text two:text two_end:text three:text three_end:text most:int
-- out pp:int
-- across: a caseworker looks for a name in the whole caseload
-- Paying parents, by name, of whose family a reference (a person's, an arrangement's) is, or one
-- person's name has words from :one up to before :one_end, and from the two others.
SELECT p.id AS pp FROM person p
WHERE p.pp = p.id AND p.id IN (
    SELECT r.pp FROM reference r WHERE r.ref = :ref
    UNION SELECT q.pp FROM reference r JOIN person q ON q.id = r.person WHERE r.ref = :ref
    UNION SELECT s.pp FROM (
        SELECT DISTINCT n.pp FROM name_word n WHERE n.word >= :one AND n.word < :one_end
          AND EXISTS (SELECT 1 FROM name_word m WHERE m.pp = n.pp AND m.person = n.person
                      AND m.word >= :two AND m.word < :two_end)
          AND EXISTS (SELECT 1 FROM name_word m WHERE m.pp = n.pp AND m.person = n.person
                      AND m.word >= :three AND m.word < :three_end)
        LIMIT :most) s)
ORDER BY p.family, p.given, p.id;

-- find_all: many
-- in  first:int most:int
-- out pp:int
-- across: a caseworker reads through the whole caseload
-- Every paying parent, by name.
SELECT p.id AS pp FROM person p
WHERE p.pp = p.id AND EXISTS (SELECT 1 FROM arrangement a WHERE a.pp = p.id)
ORDER BY p.family, p.given, p.id LIMIT :most OFFSET :first;

-- find_missed: many
-- in  since:date latest:int
-- out pp:int found:date number:int amount:money
-- across: the caseload's newest missed payments
-- Families of the latest missed payments that were found since a day, the newest first; of each, all
-- that were found since then.
SELECT m.pp, max(m.found_on) AS found, count(*) AS number, sum(m.amount) AS amount FROM missed m
WHERE m.pp IN (SELECT n.pp FROM (SELECT pp FROM missed WHERE found_on >= :since
                                 ORDER BY found_on DESC LIMIT :latest) n)
  AND +m.found_on >= :since
GROUP BY m.pp ORDER BY found DESC, m.pp;

-- find_suspense: one
-- out number:int
-- across: money nobody has claimed belongs to no family yet
-- How many receipts are in suspense, by the clocks that run for them.
SELECT count(*) AS number FROM clock c WHERE c.pp = 0 AND c.kind = 'suspense' AND c.gone = 0;
