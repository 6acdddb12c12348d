-- book.sql: the whole ledger, family by family, for those who read all of it.

-- family_page: many
-- in  after:int most:int
-- out pp:int
-- across: the ledger is read from end to end, a page of families at a time
-- The next families, by number, the service itself (0) first; after is -1 to begin.
SELECT pp FROM family WHERE pp > :after ORDER BY pp LIMIT :most;
