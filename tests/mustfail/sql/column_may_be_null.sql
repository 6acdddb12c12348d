-- fault 2: family.name may be NULL; write name:text?
-- a: one
-- in  pp:int
-- out name:text
-- What it is for.
SELECT name FROM family WHERE pp = :pp;
