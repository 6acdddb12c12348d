-- fault 6: the SQL uses :day, but `in` does not declare it
-- a: one
-- in  pp:int
-- out id:int
-- What it is for.
SELECT id FROM family WHERE pp = :pp AND born = :day;
