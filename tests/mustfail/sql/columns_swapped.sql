-- fault 2: column 1 is id in the SQL and born in `out`
-- a: one
-- in  pp:int
-- out born:date id:int
-- What it is for.
SELECT id, born FROM family WHERE pp = :pp;
