-- fault 4: a list (born) is given with `in`
-- a: many
-- in  pp:int
-- out born:ints
-- What it is for.
SELECT born FROM family WHERE pp = :pp ORDER BY born;
