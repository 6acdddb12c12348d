-- fault 2: `out` declares 1 columns, the SQL gives 2
-- a: one
-- in  pp:int
-- out id:int
-- What it is for.
SELECT id, born FROM family WHERE pp = :pp;
