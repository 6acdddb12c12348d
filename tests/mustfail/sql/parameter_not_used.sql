-- fault 2: `in` declares day, but the SQL does not use it
-- a: one
-- in  pp:int day:date
-- out id:int
-- What it is for.
SELECT id FROM family WHERE pp = :pp;
