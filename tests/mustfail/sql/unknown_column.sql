-- fault 7: no such column: surname
-- a: one
-- in  pp:int
-- out name:text?
-- What it is for.
SELECT name FROM family
WHERE pp = :pp AND surname = 'x';
