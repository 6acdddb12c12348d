-- fault 6: name may be NULL: order it NULLS FIRST or NULLS LAST
-- a: many
-- in  pp:int
-- out name:text?
-- What it is for.
SELECT name FROM family WHERE pp = :pp ORDER BY name;
