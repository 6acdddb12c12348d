-- fault 2: value is TEXT in the schema; `out` says int
-- a: one
-- in  key:text
-- out value:int
-- What it is for.
SELECT value FROM meta WHERE key = :key;
