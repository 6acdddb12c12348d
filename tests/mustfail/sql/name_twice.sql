-- fault 8: a is the name of another statement already
-- a: one
-- in  key:text
-- out value:text
-- What it is for.
SELECT value FROM meta WHERE key = :key;

-- a: do
-- in  key:text
-- What it is for.
DELETE FROM meta WHERE key = :key;
