-- fault 5: no such table: families
-- a: many
-- out id:int
-- What it is for.
SELECT id FROM families ORDER BY id;
