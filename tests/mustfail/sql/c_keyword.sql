-- fault 3: case means something in C
-- a: one
-- in  case:text
-- out value:text
-- What it is for.
SELECT value FROM meta WHERE key = :case;
