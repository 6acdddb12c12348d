-- book.sql: the whole ledger, family by family, for those who read all of it.

-- family_page: many
-- in  after:int most:int
-- out pp:int
-- across: the ledger is read from end to end, a page of families at a time
-- The next families, by number, the service itself (0) first; after is -1 to begin.
SELECT pp FROM family WHERE pp > :after ORDER BY pp LIMIT :most;

-- payer_by_name: many
-- in  family:text given:text given_end:text most:int
-- out pp:int ref:text given:text family:text
-- across: money nobody has claimed may be anybody's of that name
-- The first few paying parents with a family name whose first names are from :given up to before
-- :given_end: one range of an index.
SELECT p.pp, p.ref, p.given, p.family FROM person p
WHERE p.family = :family AND p.given >= :given AND p.given < :given_end AND p.pp = p.id
  AND EXISTS (SELECT 1 FROM arrangement a WHERE a.pp = p.id)
ORDER BY p.given, p.pp LIMIT :most;

-- payer_by_reference: one
-- in  ref:text
-- out pp:int ref:text given:text family:text
-- across: a reference alone names somebody
-- The paying parent that a reference, their own or an arrangement's, leads to.
SELECT p.pp, p.ref, p.given, p.family FROM reference r
JOIN person p ON p.pp = r.pp AND p.id = r.pp WHERE r.ref = :ref;
